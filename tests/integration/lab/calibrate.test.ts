import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simulateProcess } from '../../../simulator/process/simulate.ts';
import { DESK } from '../../unit/simulator/process/profiles.ts';
import { hotcard } from '../../support/command.ts';
import { tempDir } from '../../support/temp.ts';

const MAPPING = 'case: case\nactivity: activity\ntime: time\nresource: who\nbranch: branch\n';

/** A folder with an imported log of so many days of the desk, as a file from elsewhere. */
async function imported(length: number): Promise<string> {
	const dir = await tempDir();
	const lines = [...simulateProcess(DESK, { from: '2026-01-01', days: length, seed: 9 })]
		.flat()
		.map(({ time, data }) => {
			return [data.caseId, data.activity, time, data.resource ?? '', data.branchId ?? ''].join(',');
		});
	await writeFile(join(dir, 'log.csv'), ['case,activity,time,who,branch', ...lines].join('\n'));
	await writeFile(join(dir, 'm.yaml'), MAPPING);
	const args = [
		'import',
		join(dir, 'log.csv'),
		'--mapping',
		join(dir, 'm.yaml'),
		'--data',
		join(dir, 'data'),
		'--lane',
		'whatif:desk'
	];
	expect((await hotcard(args)).code).toBe(0);
	return dir;
}

interface Told {
	lane: string;
	cases: number;
	events: number;
	profile: string;
	arrivals: { family: string; n: number; aic: number; ks: number };
	routing: { order: number };
	durations: { activity: string | null; family: string; n: number; aic?: number; ks?: number }[];
	fidelity: Record<'cycleTime' | 'arrivals' | 'stages', { emd: number; baseline: number; n: number }>;
	seconds: number;
}

describe('hotcard calibrate on an imported log', () => {
	test('writes a profile that the simulator runs, and tells how near it comes', async () => {
		const dir = await imported(150);
		const calibrate = (out: string, more: string[] = []) =>
			hotcard([
				...['calibrate', '--lane', 'whatif:desk', '--data', join(dir, 'data'), '--zone', 'Europe/Rome', '--seed', '2'],
				...['--out', join(dir, out), '--json', ...more]
			]);
		const done = await calibrate('a.yaml');
		expect(done.code, done.err).toBe(0);
		const told = JSON.parse(done.out) as Told;
		const text = await readFile(join(dir, 'a.yaml'), 'utf8');
		const log = await readFile(join(dir, 'log.csv'), 'utf8');
		expect(told).toMatchObject({
			lane: 'whatif:desk',
			events: log.split('\n').length - 1,
			profile: join(dir, 'a.yaml')
		});
		expect(told.cases).toBeGreaterThan(500);
		expect(told.arrivals).toMatchObject({ family: 'poisson-gamma' });
		expect(told.routing.order).toBeGreaterThanOrEqual(2);
		expect(told.durations.find(({ activity }) => activity === 'yes')).toMatchObject({ family: 'gamma' });
		for (const part of ['cycleTime', 'arrivals', 'stages'] as const) {
			const { emd, baseline, n } = told.fidelity[part];
			expect(n).toBeGreaterThan(20);
			expect(emd, part).toBeLessThan(baseline * 4);
		}
		await calibrate('b.yaml', ['--holdout', '0']);
		expect(await readFile(join(dir, 'b.yaml'), 'utf8')).toBe(text);

		const simulate = (out: string, more: string[] = []) =>
			hotcard([
				...['simulate', '--profile', join(dir, 'a.yaml'), '--from', '2026-06-01', '--days', '30', '--seed', '1'],
				...['--out', join(dir, out), '--json', ...more]
			]);
		const one = await simulate('one');
		expect(one.code, one.err).toBe(0);
		const { files, cases } = JSON.parse(one.out) as { files: string[]; cases: number };
		expect(cases).toBeGreaterThan(100);
		expect(files.length).toBeGreaterThan(20);
		await simulate('two');
		for (const file of files)
			expect(await readFile(join(dir, 'two', file), 'utf8')).toBe(await readFile(join(dir, 'one', file), 'utf8'));
		expect(await simulate('three', ['--branches', '5'])).toMatchObject({ code: 2 });
		await writeFile(join(dir, 'a.yaml'), text.replace('dispersion: ', 'dispersion: -'));
		const wrong = await simulate('four');
		expect(wrong.code).toBe(2);
		expect(wrong.err).toMatch(/a\.yaml:\d+:\d+ \/arrivals\/dispersion/);
	});

	test('says how much it needs where there is too little, and which lanes there are', async () => {
		const dir = await imported(10);
		const ask = (lane: string) => hotcard(['calibrate', '--lane', lane, '--data', join(dir, 'data'), '--json']);
		const little = await ask('whatif:desk');
		expect(little.code).toBe(2);
		expect(JSON.parse(little.out)).toMatchObject({ error: { code: 'calibration-too-little' } });
		expect(little.err).toMatch(/needs at least 100 cases over 7 days/);
		const unknown = await ask('whatif:none');
		expect(unknown.code).toBe(2);
		expect(unknown.err).toContain('lanes with events: whatif:desk');
	});
});
