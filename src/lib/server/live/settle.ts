import type { Clock } from '../../domain/time.ts';
import type { EngineHost } from './host.ts';

const LOOK_EVERY = 5;

/** Resolves once everything below `head` is in live views and in the projections; gives up when the engine stopped for good. */
export async function settled(engine: EngineHost, clock: Clock, head: number): Promise<void> {
	while (engine.applied() < head) {
		const { ok, reason } = engine.health();
		if (!ok) throw new Error(reason ?? 'the engine stopped');
		await new Promise<void>((resolve) => void clock.after(LOOK_EVERY, resolve));
	}
	await engine.commit();
}
