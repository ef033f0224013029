import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { DAY, HOUR } from '#lib/domain/time.ts';
import type { OverviewView } from '#lib/protocol/views.ts';
import { diff, merge } from '#lib/protocol/patch.ts';
import { Engine } from '#lib/server/live/engine.ts';
import { memoryLog } from '#lib/server/log/memory.ts';
import { append, HandClock, NOON, POLICY } from './bank.ts';
import { histories } from '../../property/live/histories.ts';

const viewer: Actor = { id: 'v', name: { zh: '看', en: 'viewer' }, role: 'viewer', scope: '*' };

test('memory and projections agree on any history, and a view carried by deltas is the view computed anew', async () => {
	await fc.assert(
		fc.asyncProperty(histories, async (entries) => {
			const clock = new HandClock();
			const log = memoryLog(clock);
			const faults: unknown[] = [];
			const onFault = (error: unknown): void => void faults.push(error);
			const engine = new Engine({ file: ':memory:', policy: POLICY, clock, log, onFault });
			try {
				await engine.recover();
				log.onCommit((batch) => engine.apply(batch));
				let view: OverviewView | undefined;
				let held: unknown;
				for (const { lane, event } of entries) {
					await append(log, lane, [event]);
					clock.moveTo(clock.now() + HOUR / 7);
					const next = (await engine.view('overview', { lane: 'live' }, viewer)).view;
					const patch = diff(view, next);
					held = merge(held, patch === undefined ? undefined : JSON.parse(JSON.stringify(patch)));
					view = next;
				}
				const anew = (await engine.view('overview', { lane: 'live' }, viewer)).view;
				expect(held).toEqual(anew);
				expect(await engine.selfCheck()).toMatchObject({ ok: true });
				const day = { lane: 'live' as const, from: NOON - DAY, to: NOON + DAY };
				const memory = (await engine.view('overview', day, viewer)).view;
				const stored = (await engine.view('overview', { ...day, to: NOON + 2 * DAY }, viewer)).view;
				for (const stage of Object.keys(memory.stages)) {
					const { entered, dwell } = memory.stages[stage] ?? {};
					expect([stage, stored.stages[stage]?.entered]).toEqual([stage, entered]);
					expect([stage, stored.stages[stage]?.dwell?.n]).toEqual([stage, dwell?.n]);
				}
				expect(stored).toMatchObject({ attainment: memory.attainment, closed: memory.closed });
				expect(faults).toEqual([]);
			} finally {
				await engine.close();
			}
		}),
		{ numRuns: 8 }
	);
});
