/** Why something was refused: in English, and in Chinese where the server said it so. */
export interface Refused {
	code: string;
	detail: string;
	remedy: string;
	detailZh?: string | undefined;
	remedyZh?: string | undefined;
}

/** What came of something that was asked of the server. */
export type Outcome<T> = { ok: true; value: T } | ({ ok: false } & Refused);

/** Sends a request; expected failures (problem+json) and a lost connection are outcomes, not exceptions. */
export async function ask<T>(url: string, options: RequestInit = {}): Promise<Outcome<T>> {
	try {
		const response = await fetch(url, options);
		const text = await response.text();
		if (response.ok) return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
		return { ok: false, ...problem(text, response.status) };
	} catch (cause) {
		return {
			ok: false,
			code: 'unreachable',
			detail: cause instanceof Error ? cause.message : String(cause),
			remedy: ''
		};
	}
}

/** Sends a JSON document. */
export function post<T>(url: string, body: unknown): Promise<Outcome<T>> {
	return ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Reads a problem document; an answer that is none is told by its status. */
export function problem(text: string, status: number): Refused {
	try {
		const { code, title, detail, remedy, detailZh, remedyZh } = JSON.parse(text) as Record<string, string | undefined>;
		const said = { detail: detail ?? title ?? String(status), remedy: remedy ?? '' };
		return { code: code ?? String(status), ...said, detailZh, remedyZh };
	} catch {
		return { code: String(status), detail: `HTTP ${status}`, remedy: '' };
	}
}
