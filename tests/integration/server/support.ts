import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { EventData, EventName } from '../../../src/lib/domain/events/catalogue.ts';
import { typeOf } from '../../../src/lib/domain/events/catalogue.ts';
import type { Params, Snapshot, Topic, View } from '../../../src/lib/protocol/topics.ts';
import type { ClientToServer, ServerToClient } from '../../../src/lib/protocol/topics.ts';
import type { QueryAnswer } from '../../../src/lib/server/application.ts';

export const BATCH = 'application/cloudevents-batch+json';
export type Client = Socket<ServerToClient, ClientToServer>;

export interface Answer {
	status: number;
	retryAfter: string | null;
	body: {
		accepted: number;
		duplicates: number;
		rejected: { index: number; id?: string; code: string; pointer?: string; detail: string }[];
		code?: string;
		detail?: string;
		type?: string;
		events?: number;
	};
}

/** Asks again and again until `ask` answers something; the time limit of the test ends what never comes. */
export async function eventually<T>(ask: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		await pause(20);
	}
}

/** A folder for the tests of one file, and the way to remove it. */
export async function folder(name: string): Promise<{ path: string; remove(): Promise<void> }> {
	const path = await mkdtemp(join(tmpdir(), `hotcard-${name}-`));
	return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A CloudEvent of a case, `ago` ms before now. */
export function fact<N extends EventName>(
	name: N,
	caseId: string,
	data: Partial<EventData<N>> & Record<string, unknown> = {},
	{ id = `${name}/${caseId}`, ago = 0 }: { id?: string; ago?: number } = {}
) {
	return {
		specversion: '1.0',
		id,
		source: '/bank/test',
		type: typeOf(name) as string,
		subject: `case/${caseId}`,
		time: new Date(Date.now() - ago).toISOString(),
		data: { caseId, ...data }
	};
}

export type Fact = ReturnType<typeof fact>;

export function report(caseId: string, more: { id?: string; ago?: number; data?: Record<string, unknown> } = {}): Fact {
	const card = { token: 'tok_1', bin: '622848', last4: '6789', product: 'debit-std' };
	const data: Record<string, unknown> = {
		kind: 'formal',
		channel: 'branch',
		branchId: 'B001',
		customerRef: 'cst_1',
		card,
		...more.data
	};
	return fact('case.reported', caseId, data as Partial<EventData<'case.reported'>> & Record<string, unknown>, more);
}

async function answerOf(response: Response): Promise<Answer> {
	const text = await response.text();
	const body = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
	return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

export async function post(url: string, events: readonly unknown[], lane = 'live'): Promise<Answer> {
	const body = JSON.stringify(events);
	const headers = { 'content-type': BATCH };
	return answerOf(await fetch(`${url}/api/v1/events?lane=${lane}`, { method: 'POST', headers, body }));
}

/** Sends JSON as one of the demo people. */
export async function act(url: string, path: string, actor: string, body: unknown): Promise<Answer> {
	const headers = { 'content-type': 'application/json', cookie: `hc_actor=${actor}`, origin: url };
	return answerOf(await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** A view as the manager sees it, or undefined where there is none yet. */
export async function see<T extends Topic>(url: string, topic: T, params: Params<T>): Promise<View<T>> {
	const query = new URLSearchParams(
		Object.entries(params).map(([key, value]): [string, string] => [key, String(value)])
	);
	const response = await fetch(`${url}/api/v1/views/${topic}?${query}`);
	if (!response.ok) throw new Error(`${topic}: ${response.status} ${await response.text()}`);
	return ((await response.json()) as Snapshot<T>).view;
}

/** Rows of SQL, asked of the server as the command line does. */
export async function rows(url: string, dataDir: string, sql: string): Promise<Record<string, unknown>[]> {
	const { token } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8')) as { token: string };
	const response = await fetch(`${url}/api/v1/control/query`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		body: JSON.stringify({ sql, limit: 1_000_000 })
	});
	if (!response.ok) throw new Error(`${sql}: ${response.status} ${await response.text()}`);
	return ((await response.json()) as QueryAnswer).rows;
}

export interface Load {
	/** Cases whose report was acknowledged, in no order. */
	acknowledged: string[];
	/** Every answer but 202. */
	others: Answer[];
	/** Resolves when every client has lost its server. */
	ended: Promise<void>;
}

/** Clients that post batches, one after the other each, every report of a case of its own, until nobody answers any more. */
export function load(url: string, name: string, clients = 6, size = 25): Load {
	const acknowledged: string[] = [];
	const others: Answer[] = [];
	const client = async (no: number): Promise<void> => {
		for (let batch = 0; ; batch += 1) {
			const cases = Array.from({ length: size }, (_, at) => `${name}-${no}-${batch}-${at}`);
			const answer = await post(
				url,
				cases.map((caseId) => report(caseId))
			).catch(() => undefined);
			if (answer === undefined) return;
			if (answer.status === 202) acknowledged.push(...cases);
			else others.push(answer);
		}
	};
	const ended = Promise.all(Array.from({ length: clients }, (_, no) => client(no))).then(() => undefined);
	return { acknowledged, others, ended };
}

export function connect(url: string): Client {
	return io(url, { path: '/rt', transports: ['websocket'], reconnectionDelay: 100, reconnectionDelayMax: 2_000 });
}

export function follow<T extends Topic>(client: Client, topic: T, params: Params<T>): Promise<View<T>> {
	return new Promise((resolve, reject) => {
		client.emit('follow', topic, params, (answer) => {
			if ('problem' in answer) reject(new Error(answer.problem.detail));
			else resolve(answer.snapshot.view as View<T>);
		});
	});
}

/** Another process that is gone for certain: its number belongs to nobody for now. */
export function goneProcess(): number {
	return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}
