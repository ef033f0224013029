import { problem, type Outcome } from './command.ts';

/** Sends a file as the raw body and tells how far it is (0…1). `fetch` cannot say that, so this is an XMLHttpRequest. */
export function upload<T>(url: string, file: File, onshare: (share: number) => void): Promise<Outcome<T>> {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open('POST', url);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.upload.onprogress = (event) => onshare(event.total === 0 ? 0 : event.loaded / event.total);
		request.onerror = () => resolve({ ok: false, code: 'unreachable', detail: 'unreachable', remedy: '' });
		request.onload = () => {
			const good = request.status >= 200 && request.status < 300;
			try {
				if (good) resolve({ ok: true, value: JSON.parse(request.responseText) as T });
				else resolve({ ok: false, ...problem(request.responseText, request.status) });
			} catch {
				resolve({ ok: false, code: String(request.status), detail: `HTTP ${request.status}`, remedy: '' });
			}
		};
		request.send(file);
	});
}
