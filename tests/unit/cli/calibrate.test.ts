import { describe, expect, test } from 'vitest';
import { run, usage } from '../../../src/cli/commands/calibrate.ts';
import { specialDays } from '../../../src/cli/calibration-days.ts';
import { UsageError } from '../../../src/cli/output.ts';
import { hotcard } from '../../support/command.ts';
import { tempDir } from '../../support/temp.ts';

describe('hotcard calibrate', () => {
	test.each([
		['no lane', []],
		['a lane that cannot be', ['--lane', 'nowhere']],
		['a share that is no number', ['--lane', 'live', '--holdout', 'some']],
		['more held out than left', ['--lane', 'live', '--holdout', '0.6']],
		['a negative share', ['--lane', 'live', '--holdout=-0.1']],
		['a seed that is a word', ['--lane', 'live', '--seed', 'one']],
		['a zone nobody knows', ['--lane', 'live', '--zone', 'Atlantis']],
		['a calendar nobody has', ['--lane', 'live', '--calendar', 'mars']]
	])('refuses %s', async (_, args) => {
		await expect(run(args)).rejects.toThrow(UsageError);
	});

	test('ends with exit code 2 where an option is unknown, and with 1 where there is no data folder', async () => {
		expect((await hotcard(['calibrate', '--lane', 'live', '--speed', '3'])).code).toBe(2);
		const missing = await hotcard(['calibrate', '--lane', 'live', '--data', `${await tempDir()}/none`, '--json']);
		expect(missing.code).toBe(1);
		expect((JSON.parse(missing.out) as { error: { message: string } }).error.message).toContain('none');
	});

	test('takes the days off of the calendar that has the zone, or of none', async () => {
		const here = await specialDays(await tempDir(), 'Asia/Shanghai', undefined, usage);
		expect(here.calendar).toBe('cn');
		expect(here.days.holidays).toContain('2025-01-30');
		expect(here.days.workdays).toContain('2025-01-26');
		const rome = await specialDays(await tempDir(), 'Europe/Rome', undefined, usage);
		expect(rome).toEqual({ days: { holidays: [], workdays: [] }, calendar: null });
	});
});
