import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { HotcardError } from '../lib/domain/error.ts';
import type { Control } from '../lib/server/http/control-file.ts';

interface Problem {
	code?: string;
	detail?: string;
	detailZh?: string;
	remedy?: string;
	remedyZh?: string;
	place?: object;
}

/**
 * Has a running server do a command and answers its document. undefined where this server is not there any more: it was
 * killed and left its file behind, and its port may be another's by now.
 */
export async function askServer<T>(
	control: Control,
	command: string,
	args: Record<string, unknown>
): Promise<T | undefined> {
	const response = await post(control, command, JSON.stringify(args)).catch((cause: unknown) => {
		if ((cause as { code?: string }).code === 'ECONNREFUSED') return undefined;
		throw cause;
	});
	if (response === undefined) return undefined;
	// Another program has the port, or a server of another folder: neither knows our token. The lock of the folder decides.
	if (response.headers['x-hotcard-control'] !== 'yes') {
		response.destroy();
		return undefined;
	}
	const body = JSON.parse(await text(response)) as T & Problem;
	const status = response.statusCode ?? 0;
	if (status >= 200 && status < 300) return body;
	const { code = 'server-refused', detail, detailZh, remedy, remedyZh, place } = body;
	const where = `${control.url} (process ${control.pid})`;
	throw new HotcardError(code, detail ?? `the running server answered ${status}`, {
		...(place ? { place } : {}),
		remedy: remedy ?? `The server ${where} has this data folder open; stop it and repeat.`,
		zh: {
			message: detailZh ?? `运行中的服务返回 ${status}`,
			remedy: remedyZh ?? `服务 ${where} 正在使用此数据目录；请停止它后重试。`
		}
	});
}

/** Not `fetch`: that gives up after five minutes without an answer, and a large import or a proof takes longer. */
function post({ url, token }: Control, command: string, body: string): Promise<IncomingMessage> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
	return new Promise((resolve, reject) => {
		request(`${url}/api/v1/control/${command}`, { method: 'POST', headers, agent: false }, resolve)
			.once('error', reject)
			.end(body);
	});
}
