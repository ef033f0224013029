import { describe, expect, test } from 'vitest';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import type { Clock } from '../../../src/lib/domain/time.ts';
import { GroupCommit } from '../../../src/lib/server/log/group-commit.ts';
import type { StoreHost } from '../../../src/lib/server/log/host.ts';
import { Listeners } from '../../../src/lib/server/log/listeners.ts';
import { entries } from '../../contract/log-contract.ts';

/** A log on a store that fails with the given codes, one after the other; `tick` lets the next timer fire. */
function failing(codes: string[]) {
	const timers: (() => void)[] = [];
	const clock: Clock = { now: () => 0, after: (_, callback) => (timers.push(callback), () => undefined) };
	const host: StoreHost = {
		head: 0,
		broken: () => undefined,
		request: async (request) => {
			const code = codes.shift();
			if (code !== undefined) throw new HotcardError(code, code);
			return request.kind !== 'commit' ? [] : request.parts.map(({ lines }) => ({ first: 0, duplicates: [], lines }));
		}
	};
	const log = new GroupCommit(host, clock, new Listeners(), undefined);
	const tick = async () => {
		timers.shift()?.();
		for (let turn = 0; turn < 10; turn++) await Promise.resolve();
	};
	return { log, tick, timers };
}

describe('a log that could not write', () => {
	test.each(['log-full', 'data-locked', 'data-readonly', 'log-broken'])(
		'for %s tries every second and takes events again once that has passed',
		async (code) => {
			const { log, tick } = failing([code, code]);
			await expect(log.append('live', entries(0, 1))).rejects.toMatchObject({ code });
			expect(log.health().ok).toBe(false);
			await tick();
			expect(log.health().ok).toBe(false);
			await tick();
			expect(log.health().ok).toBe(true);
			expect(await log.append('live', entries(0, 1))).toMatchObject({ accepted: 1 });
		}
	);

	test('stays shut where its file is damaged', async () => {
		const { log, timers } = failing(['log-corrupt']);
		await expect(log.append('live', entries(0, 1))).rejects.toMatchObject({ code: 'log-corrupt' });
		expect([log.health().ok, timers]).toEqual([false, []]);
	});
});
