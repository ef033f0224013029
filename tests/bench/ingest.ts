import { Agent, request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../support/command.ts';
import { batchBody } from './cases.ts';
import { quantile, round } from './statistics.ts';
import { usageOf } from './usage.ts';

export interface IngestBench {
	events: number;
	eventsPerSecond: number;
	ackP50: number;
	ackP99: number;
	ackMax: number;
	cpuCores: number;
	rssMb: number;
	projectedSeconds: number;
}

export interface IngestOptions {
	events: number;
	batch: number;
	connections: number;
	/** Events per second to send; 0 = as fast as answers come. */
	rate: number;
}

/** Batches over HTTP against a server of its own: throughput and time to acknowledgement (ms), CPU and memory of the server. */
export async function benchIngest(options: IngestOptions): Promise<IngestBench> {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	const server = await serve(dir);
	try {
		const start = Date.parse('2026-11-01T00:00:00Z');
		const bodies: string[] = [];
		for (let from = 0; from < options.events; from += options.batch)
			bodies.push(batchBody('b', from, options.batch, start));
		const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
		const latencies: number[] = [];
		let next = 0;
		const before = usageOf(server.child.pid ?? 0);
		const began = performance.now();
		const due = (index: number) => (options.rate === 0 ? 0 : began + (index * options.batch * 1_000) / options.rate);
		async function sender(): Promise<void> {
			for (;;) {
				const index = next++;
				const body = bodies[index];
				if (body === undefined) return;
				const delay = due(index) - performance.now();
				if (delay > 0) await wait(delay);
				const sent = performance.now();
				const status = await post(`${server.url}/api/v1/events`, body, agent);
				if (status !== 202) throw new Error(`answered ${status}`);
				latencies.push(performance.now() - sent);
			}
		}
		await Promise.all(Array.from({ length: options.connections }, sender));
		const seconds = (performance.now() - began) / 1_000;
		const after = usageOf(server.child.pid ?? 0);
		await projected(server.url);
		const projectedSeconds = (performance.now() - began) / 1_000;
		agent.destroy();
		return {
			events: options.events,
			eventsPerSecond: Math.round(options.events / seconds),
			ackP50: round(quantile(latencies, 0.5)),
			ackP99: round(quantile(latencies, 0.99)),
			ackMax: round(Math.max(...latencies)),
			cpuCores: round((after.cpuSeconds - before.cpuSeconds) / seconds),
			rssMb: Math.round(after.peakRssMb),
			projectedSeconds: round(projectedSeconds)
		};
	} finally {
		await server.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

async function projected(url: string): Promise<void> {
	for (;;) {
		const health = (await (await fetch(`${url}/readyz`)).json()) as { checks: Record<string, { lagEvents?: number }> };
		if ((health.checks['projection']?.lagEvents ?? 0) === 0) return;
		await wait(20);
	}
}

function post(url: string, body: string, agent: Agent): Promise<number> {
	return new Promise((resolve, reject) => {
		const headers = { 'content-type': 'application/cloudevents-batch+json', 'content-length': Buffer.byteLength(body) };
		request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		})
			.once('error', reject)
			.end(body);
	});
}
