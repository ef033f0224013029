import { describe, expect, test } from 'vitest';
import { caseLogOf, type LogRow } from '../../../../simulator/calibration/case-log.ts';
import { pairedSteps } from '../../../../simulator/calibration/life-cycle.ts';

const moment = (at: number, lifecycle: string, resource: string | undefined = 'ann', activity = 'look') => ({
	at,
	lifecycle,
	resource,
	activity
});

describe('moments of a case', () => {
	test('make steps with beginning and end, in the words of several logs', () => {
		const moments = [moment(1, 'START'), moment(2, 'suspend'), moment(3, 'resume'), moment(4, '完成')];
		expect(pairedSteps(moments)).toEqual([{ at: 4, activity: 'look', resource: 'ann', started: 1 }]);
	});

	test('pair the beginning of the same person first, else the earliest', () => {
		const moments = [moment(1, 'start', 'ann'), moment(2, 'start', 'bob'), moment(3, 'complete', 'bob')];
		expect(pairedSteps([...moments, moment(4, 'complete', 'cem')])).toEqual([
			{ at: 3, activity: 'look', resource: 'bob', started: 2 },
			{ at: 4, activity: 'look', resource: 'cem', started: 1 }
		]);
	});

	test('are no step without an end, and one without a beginning', () => {
		expect(pairedSteps([moment(1, 'start'), moment(2, 'complete', 'ann', 'say')])).toEqual([
			{ at: 2, activity: 'say', resource: 'ann' }
		]);
	});
});

describe('a log of ends alone', () => {
	test('keeps every row as a step, whatever its life cycle is called', () => {
		const base = { caseId: 'c', branch: undefined, channel: undefined, tier: undefined };
		const rows: LogRow[] = [
			{ ...base, ...moment(1, 'schedule') },
			{ ...base, ...moment(2, 'complete') }
		];
		expect(caseLogOf(rows).cases[0]!.steps).toHaveLength(2);
	});
});
