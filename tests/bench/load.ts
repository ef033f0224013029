import { setTimeout as wait } from 'node:timers/promises';
import { batchBody } from './cases.ts';

const STEP = 100;

/** Sends events at a rate until told to stop; `start` is when the first of their cases began. */
export async function keepSending(url: string, rate: number, start: number, signal: AbortSignal): Promise<void> {
	const began = performance.now();
	for (let sent = 0; rate > 0 && !signal.aborted; sent += STEP) {
		await send(url, batchBody('load', sent, STEP, start));
		const delay = began + ((sent + STEP) * 1_000) / rate - performance.now();
		if (delay > 0) await wait(delay);
	}
}

/** Sends one batch and waits until it is on disk. */
export async function send(url: string, body: string): Promise<void> {
	const headers = { 'content-type': 'application/cloudevents-batch+json' };
	const response = await fetch(`${url}/api/v1/events`, { method: 'POST', headers, body });
	await response.arrayBuffer();
	if (response.status !== 202) throw new Error(`answered ${response.status}`);
}
