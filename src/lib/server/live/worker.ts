import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { openSqliteLog } from '../log/sqlite.ts';
import { checkpointOf, type Found, readCheckpoint } from './checkpoint.ts';
import { Engine } from './engine.ts';
import { policyOf } from './policy-source.ts';
import { partsHere } from './project/project-in-parts.ts';
import { projectInThread } from './project/project-in-thread.ts';
import { type CallName, type Calls, faultOf, type FromWorker, type ToWorker } from './rpc.ts';
import type { WorkerData } from './engine-thread.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only.');

const tell = (message: FromWorker): void => port.postMessage(message);
const { logDir, file, policy, limits, gate } = workerData as WorkerData;

// The thread gets ready while the log is being opened elsewhere; the gate opens when it is there.
let early: Found | undefined = readCheckpoint(checkpointOf(file));
Atomics.wait(gate, 0, 0);
// The log's writer lives on the main thread; this is a second, reading connection to the same file.
const log = await openSqliteLog(logDir, systemClock, { readOnly: true });
const read = policyOf(policy);
const { hash: policyHash } = read;
const engine = new Engine({
	...limits,
	file,
	policy: read,
	clock: systemClock,
	log,
	checkpoint() {
		const found = early ?? { reason: 'It was taken already.' };
		early = undefined;
		return found;
	},
	...(partsHere() > 1
		? { projectInParts: (to, until) => projectInThread({ file: to, options: { logDir, policy, policyHash }, until }) }
		: {}),
	onApplied: (offset) => tell({ kind: 'applied', offset }),
	onFirings: (firings) => tell({ kind: 'firings', firings }),
	onFault: (error) => tell({ kind: 'fault', fault: faultOf(error) })
});
const stops = new Map<number, () => void>();

type Handlers = { [N in CallName]: (...args: Calls[N]['args']) => Promise<Calls[N]['answer']> };

const handlers: Handlers = {
	view: (topic, params, actor) => engine.view(topic, params, actor),
	async follow(id, topic, params, actor) {
		const listener = (view: (FromWorker & { kind: 'view' })['view'], version: number, offset: number): void =>
			tell({ kind: 'view', id, view, version, offset });
		// Given up while it was opening: nobody is told any more.
		let gone = false;
		stops.set(id, () => (gone = true));
		const { snapshot, stop } = await engine.follow(topic, params, actor, listener);
		if (gone) stop();
		else stops.set(id, stop);
		return snapshot;
	},
	query: async (sql, limit) => engine.query(sql, limit),
	commit: () => engine.commit(),
	selfCheck: () => engine.selfCheck(),
	verify: () => engine.verify(),
	rebuild: () => engine.rebuild(),
	stats: async () => engine.stats(),
	async close() {
		await engine.close();
		await log.close();
	}
};

async function answer(id: number, name: CallName, args: unknown[]): Promise<void> {
	try {
		const handler = handlers[name] as (...given: unknown[]) => Promise<unknown>;
		tell({ kind: 'answer', id, answer: await handler(...args) });
	} catch (error) {
		tell({ kind: 'refused', id, fault: faultOf(error) });
	}
}

port.on('message', (message: ToWorker) => {
	switch (message.kind) {
		case 'apply':
			return engine.apply(message.batch);
		case 'laneTime':
			return engine.setLaneTime(message.lane, message.time);
		case 'surroundings':
			return engine.setSurroundings(message.surroundings);
		case 'unfollow':
			stops.get(message.id)?.();
			stops.delete(message.id);
			return;
		case 'call':
			void answer(message.id, message.name, message.args);
	}
});

try {
	const stats = await engine.recover();
	tell({ kind: 'ready', stats });
} catch (error) {
	tell({ kind: 'failed', fault: faultOf(error) });
}
