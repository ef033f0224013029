import { Worker } from 'node:worker_threads';
import { HotcardError } from '../../domain/error.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Millis } from '../../domain/time.ts';
import type { BankOptions } from '../../../../simulator/bank/bank.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';

export interface Batch {
	events: DomainEvent[];
	/** Everything before this moment has been produced. */
	upTo: Millis;
}

/** A bank that somebody else runs. One call at a time. */
export interface Producer {
	/** Name of the run, part of every event's id. */
	readonly run: string;
	/** Goes on towards `until`, at most about `limit` events at once: ask again while `upTo` is below `until`. */
	advance(until: Millis, limit: number): Promise<Batch>;
	/** Goes to a moment without telling what happens until then. */
	skip(until: Millis): Promise<void>;
	/** Has done at the bank's present what somebody wants; it must be the order's time. */
	obey(order: Order): Promise<void>;
	close(): Promise<void>;
}

export type Ask =
	{ kind: 'advance'; until: Millis; limit: number } | { kind: 'skip'; until: Millis } | { kind: 'obey'; order: Order };
/** Events travel as one JSON text: half the cost of cloning them object by object. */
export type Reply = { kind: 'open'; run: string } | { kind: 'batch'; text: string; upTo: Millis };

/** Runs a bank in a thread of its own, so that a fast history does not stop the server from answering. */
export async function openProducer(options: BankOptions): Promise<Producer> {
	const worker = new Worker(new URL('./bank-worker.ts', import.meta.url), { workerData: options });
	worker.unref();
	let settle: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
	let broken: Error | undefined;
	const fail = (cause: Error): void => {
		broken ??= new HotcardError('simulator-failed', `the simulator stopped: ${cause.message}`, { cause });
		settle?.reject(broken);
		settle = undefined;
	};
	worker.on('message', (reply: Reply) => {
		const waiting = settle;
		settle = undefined;
		waiting?.resolve(reply);
	});
	worker.on('error', fail);
	worker.on('exit', (code) => fail(new Error(`its thread ended with code ${code}`)));
	const next = (): Promise<Reply> =>
		new Promise((resolve, reject) => {
			if (broken) reject(broken);
			else settle = { resolve, reject };
		});
	const ask = async (question: Ask): Promise<Batch> => {
		const answer = next();
		worker.postMessage(question);
		const reply = await answer;
		if (reply.kind !== 'batch') throw new HotcardError('simulator-failed', 'the simulator answered out of turn');
		return { events: JSON.parse(reply.text) as DomainEvent[], upTo: reply.upTo };
	};
	const opened = await next();
	return {
		run: opened.kind === 'open' ? opened.run : '',
		advance: (until, limit) => ask({ kind: 'advance', until, limit }),
		async skip(until) {
			await ask({ kind: 'skip', until });
		},
		async obey(order) {
			await ask({ kind: 'obey', order });
		},
		async close() {
			await worker.terminate();
		}
	};
}
