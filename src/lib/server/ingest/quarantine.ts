import { findPan, hasPan, maskPans } from '../../domain/events/pan.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';
import type { QuarantineRow, QuarantineView } from '../../protocol/views.ts';

export type QuarantineStatus = QuarantineRow['status'];
export type Refused = Omit<QuarantineRow, 'id' | 'status'>;

export interface QuarantineQuestion {
	lane: Lane;
	code?: string;
	/** `all` asks for the same as none. */
	status?: string;
	offset?: number;
	limit?: number;
}

/** Where refused events wait, with the reason, until a person repairs or dismisses them. */
export interface Quarantine {
	/**
	 * Durable when it returns. Card numbers in `body` and `detail` are masked, the body is cut at 4 kB. Rows that are known
	 * already are left out: the same line of the same origin, refused for the same reason, whatever became of it. Answers
	 * the ids of the others.
	 */
	addNew(refused: readonly Refused[]): number[];
	/** Newest first; `codes` counts what matches lane and status, whatever its code. At most 500 rows. */
	list(question: QuarantineQuestion): QuarantineView;
	get(id: number): QuarantineRow | undefined;
	/** Only an open row can be marked; false when it is not open any more. */
	mark(id: number, status: Exclude<QuarantineStatus, 'open'>, by: string, at: Millis): boolean;
	/** How many rows of a lane are open. */
	open(lane: Lane): number;
	close(): void;
}

const BODY_BYTES = 4096;
const MOST_ROWS = 500;

export const pageOf = ({ offset = 0, limit = 50 }: QuarantineQuestion) => ({
	offset: Math.max(0, Math.trunc(offset) || 0),
	limit: Math.min(MOST_ROWS, Math.max(1, Math.trunc(limit) || 50))
});

export const statusOf = ({ status }: QuarantineQuestion): string | undefined => (status === 'all' ? undefined : status);

/** Digits written as JSON escapes, as digits: text that is no JSON has nobody else to undo them. */
export const unescapeDigits = (text: string): string =>
	text.replace(/\\u(?:003|ff1)([0-9])/gi, (_, digit: string) => digit);

/** A refused value as text. Numbers that may be card numbers are cut here: as rounded numbers nobody would know them later. */
export function textOf(value: unknown): string {
	const text = JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'number' && findPan(part) !== undefined ? `${String(part).slice(0, 6)}******` : part
	) as string | undefined;
	return text ?? '';
}

/** What may be kept of a refused event: no full card number, not more than 4 kB. */
export function keepable(refused: Refused): Refused {
	const plain = unescapeDigits(refused.body);
	const masked = hasPan(plain) ? maskPans(plain) : refused.body;
	const bytes = Buffer.from(masked);
	const body =
		bytes.length <= BODY_BYTES
			? masked
			: bytes
					.subarray(0, BODY_BYTES)
					.toString()
					.replace(/\ufffd+$/, '');
	const detailZh = refused.detailZh == null ? null : maskPans(refused.detailZh);
	return { ...refused, detail: maskPans(refused.detail), detailZh, origin: maskPans(refused.origin), body };
}

/** A quarantine that ends with the process: for tests and for rehearsals without a disk. */
export function memoryQuarantine(): Quarantine {
	const rows: QuarantineRow[] = [];
	const matching = (question: QuarantineQuestion) => {
		const { lane } = question;
		const status = statusOf(question);
		return rows.filter((row) => row.lane === lane && (status === undefined || row.status === status));
	};
	const known = (refused: Refused): boolean => {
		const { lane, origin, line, code, body } = keepable(refused);
		return rows.some(
			(row) => row.lane === lane && row.origin === origin && row.line === line && row.code === code && row.body === body
		);
	};
	return {
		addNew: (refused) =>
			refused.flatMap((one) =>
				known(one) ? [] : [rows.push({ ...keepable(one), id: rows.length + 1, status: 'open' })]
			),
		list(question) {
			const all = matching(question);
			const codes: Record<string, number> = {};
			for (const { code } of all) codes[code] = (codes[code] ?? 0) + 1;
			const wanted = all.filter(({ code }) => question.code === undefined || code === question.code).reverse();
			const { offset, limit } = pageOf(question);
			return { total: wanted.length, rows: wanted.slice(offset, offset + limit), codes };
		},
		get: (id) => rows[id - 1],
		mark(id, status) {
			const row = rows[id - 1];
			if (row?.status !== 'open') return false;
			row.status = status;
			return true;
		},
		open: (lane) => matching({ lane, status: 'open' }).length,
		close() {}
	};
}
