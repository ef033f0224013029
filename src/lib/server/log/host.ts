import { Worker } from 'node:worker_threads';
import type { HotcardError } from '../../domain/error.ts';
import { type Failure, fromFailure } from './errors.ts';
import type { Part } from './part.ts';
import { LogStore, type PartAnswer } from './store.ts';

export type Request =
	| { kind: 'commit'; parts: Part[]; recordedAt: number; maxBytes: number | undefined }
	| { kind: 'probe'; maxBytes: number | undefined }
	| { kind: 'close' };

export type Reply =
	| { kind: 'open'; head: number }
	| { kind: 'committed'; answers: PartAnswer[] }
	| { kind: 'done' }
	| { kind: 'failed'; failure: Failure };

/** Where the store runs. One request at a time; a failed one rejects with a HotcardError. */
export interface StoreHost {
	readonly head: number;
	/** Why it can do nothing any more, or undefined. */
	broken(): HotcardError | undefined;
	request(request: Request): Promise<PartAnswer[]>;
}

/** The store on a thread of its own: compression, id look-up and waiting for the disk cost the caller nothing. */
export async function threadHost(dir: string): Promise<StoreHost> {
	const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { dir } });
	let settle: { resolve: (reply: Reply) => void; reject: (error: unknown) => void } | undefined;
	let broken: Failure | undefined;
	const fail = (message: string) => {
		broken = {
			code: 'log-broken',
			message,
			remedy: 'Start the application again and look at the machine.',
			zh: { message: '写日志的线程已停止' }
		};
		settle?.reject(fromFailure(broken));
		settle = undefined;
	};
	worker.on('message', (reply: Reply) => {
		worker.unref();
		const waiting = settle;
		settle = undefined;
		if (reply.kind === 'failed') waiting?.reject(fromFailure(reply.failure));
		else waiting?.resolve(reply);
	});
	worker.on('error', (error) => fail(`The log's thread broke: ${error instanceof Error ? error.message : error}.`));
	worker.on('exit', () => fail("The log's thread has ended."));
	const reply = () =>
		new Promise<Reply>((resolve, reject) => {
			settle = { resolve, reject };
		});
	const opened = await reply();
	return {
		head: opened.kind === 'open' ? opened.head : 0,
		broken: () => (broken === undefined ? undefined : fromFailure(broken)),
		async request(request) {
			if (broken !== undefined) throw fromFailure(broken);
			worker.ref();
			const answer = reply();
			worker.postMessage(request, request.kind === 'commit' ? buffersOf(request.parts) : []);
			const got = await answer;
			return got.kind === 'committed' ? got.answers : [];
		}
	};
}

export const buffersOf = (parts: readonly { lines: Uint8Array<ArrayBuffer>; keys?: Float64Array<ArrayBuffer> }[]) =>
	parts.flatMap((part) => (part.keys === undefined ? [part.lines.buffer] : [part.lines.buffer, part.keys.buffer]));

/** The store on the caller's own thread: nothing to start, for short jobs and tests. */
export function directHost(dir: string): StoreHost {
	const store = new LogStore(dir);
	let open = true;
	let tidying = false;
	const tidy = () => {
		tidying = open && store.tidy();
		if (tidying) setImmediate(tidy).unref();
	};
	return {
		head: store.head(),
		broken: () => undefined,
		async request(request) {
			const answers = handle(store, request);
			if (request.kind === 'close') open = false;
			else if (store.urgent) store.tidy();
			else if (!tidying) {
				tidying = true;
				setImmediate(tidy).unref();
			}
			return answers;
		}
	};
}

/** Carries out one request on a store; shared by both hosts. */
export function handle(store: LogStore, request: Request): PartAnswer[] {
	if (request.kind === 'commit') return store.commit(request.parts, request.recordedAt, request.maxBytes);
	if (request.kind === 'probe') store.probe(request.maxBytes);
	else store.close();
	return [];
}
