import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/lib/server/clock.ts';
import { serve } from '../support/command.ts';
import { keepSending } from './load.ts';
import { quantile, round } from './statistics.ts';
import { usageOf } from './usage.ts';

export interface SocketsOptions {
	viewers: number;
	/** Events per second meanwhile. */
	rate: number;
	seconds: number;
}

export interface SocketsBench {
	viewers: number;
	eventsPerSecond: number;
	seconds: number;
	delivered: number;
	/** From the moment the server made a delta to its arrival at a socket, over all sockets, ms. */
	deliveryP50: number;
	deliveryP99: number;
	cpuCores: number;
	rssMb: number;
}

const CROWD = fileURLToPath(new URL('./crowd.ts', import.meta.url));

/** Many sockets that follow the Overview in another process, while events come in. */
export async function benchSockets({ viewers, rate, seconds }: SocketsOptions): Promise<SocketsBench> {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	const server = await serve(dir);
	const crowd = spawn(process.execPath, [CROWD, server.url, String(viewers)], { stdio: ['ignore', 'pipe', 'inherit'] });
	const lines = createInterface({ input: crowd.stdout });
	try {
		await once(lines, 'line');
		const before = usageOf(server.child.pid ?? 0);
		const start = systemClock.now() - 40 * 3_600_000;
		const began = performance.now();
		await keepSending(server.url, rate, start, AbortSignal.timeout(seconds * 1_000));
		const took = (performance.now() - began) / 1_000;
		const after = usageOf(server.child.pid ?? 0);
		const told = once(lines, 'line') as Promise<[string]>;
		crowd.kill('SIGTERM');
		const { delivered, delays } = JSON.parse((await told)[0]) as { delivered: number; delays: number[] };
		return {
			viewers,
			eventsPerSecond: rate,
			seconds: round(took, 1),
			delivered,
			deliveryP50: round(quantile(delays, 0.5), 1),
			deliveryP99: round(quantile(delays, 0.99), 1),
			cpuCores: round((after.cpuSeconds - before.cpuSeconds) / took),
			rssMb: Math.round(after.peakRssMb)
		};
	} finally {
		crowd.kill('SIGKILL');
		await server.stop();
		await rm(dir, { recursive: true, force: true });
	}
}
