import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf, ChunkSink } from '../../../../../analytics/project/chunk-sink.ts';
import { applyToCase } from '../../../domain/case/apply.ts';
import { systemClock } from '../../clock.ts';
import { openSqliteLog } from '../../log/sqlite.ts';
import { policyOf } from '../policy-source.ts';
import { faultOf } from '../rpc.ts';
import { targetsOf } from '../targets.ts';
import type { FromShard, ShardData } from './messages.ts';
import { Shard } from './shard.ts';

/** Events between two messages, and messages that may wait for the owner. */
const EVENTS_PER_MESSAGE = 20_000;
const MOST_WAITING = 2;

const port = parentPort;
if (port === null) throw new Error('shard-worker.ts runs in a worker thread only.');
const { part, logDir, policy, layouts, until } = workerData as ShardData;

let waiting = 0;
port.on('message', () => (waiting -= 1));

async function send(sink: ChunkSink, upto: number, last: boolean): Promise<void> {
	const chunks = sink.drain(last);
	waiting += 1;
	port?.postMessage({ kind: 'rows', chunks, upto, last } satisfies FromShard, buffersOf(chunks));
	while (waiting > MOST_WAITING) await once(port!, 'message');
}

async function project(): Promise<void> {
	const log = await openSqliteLog(logDir, systemClock, { readOnly: true });
	try {
		const sink = new ChunkSink(layouts);
		const shard = new Shard(part, applyToCase, targetsOf(policyOf(policy)), sink);
		let sent = 0;
		for await (const batch of log.read(0, { until })) {
			shard.take(batch);
			const upto = batch.first + batch.count;
			if (upto - sent < EVENTS_PER_MESSAGE) continue;
			sent = upto;
			await send(sink, upto, false);
		}
		await send(sink, until, true);
	} finally {
		await log.close();
	}
}

try {
	await project();
} catch (error) {
	port.postMessage({ kind: 'failed', fault: faultOf(error) } satisfies FromShard);
} finally {
	port.unref();
}
