import { afterEach, expect, test, vi } from 'vitest';
import { LaneTime } from '../../../src/lib/components/lane-time.svelte.ts';
import type { ShellView } from '../../../src/lib/protocol/views.ts';

const LANE = Date.UTC(2026, 10, 23, 2);
afterEach(() => void vi.useRealTimers());

test('a clock that was set right, or slept, does not move the present of the lane away from what was reported last', () => {
	const shell = { laneNow: LANE, speed: 60 } as ShellView;
	vi.useFakeTimers({ toFake: ['Date'] });
	for (const off of [-3_600_000, 0, 3_600_000]) {
		vi.setSystemTime(performance.timeOrigin + performance.now() + off);
		expect(new LaneTime(() => shell).now).toBe(LANE);
	}
});
