import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hotcard } from '../support/command.ts';
import { median, round } from './statistics.ts';

const ACTIVITIES = [
	'A_SUBMITTED',
	'A_PARTLYSUBMITTED',
	'W_Completeren aanvraag',
	'A_PREACCEPTED',
	'W_Nabellen offertes',
	'O_SENT',
	'O_SENT_BACK',
	'A_APPROVED'
];
const EVENTS_PER_CASE = 20;

/** A CSV of the size and shape of the BPI 2012 log (262,200 events, 13,110 cases), imported by the command; whole process in seconds. */
export async function benchImport({
	events = 262_200,
	runs = 5
}: {
	events?: number;
	runs?: number;
}): Promise<Record<string, number>> {
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-bench-'));
	try {
		const file = join(dir, 'log.csv');
		const mapping = join(dir, 'log.yaml');
		await writeFile(file, csv(events));
		await writeFile(
			mapping,
			'apiVersion: hotcard/v1\nkind: Mapping\ncase: case\nactivity: activity\ntime: time\nresource: resource\nlifecycle: lifecycle\n'
		);
		const inside: number[] = [];
		const whole: number[] = [];
		for (let run = 0; run < runs; run++) {
			const began = performance.now();
			const done = await hotcard(['import', file, '--mapping', mapping, '--data', join(dir, `data-${run}`), '--json']);
			whole.push((performance.now() - began) / 1_000);
			if (done.code !== 0) throw new Error(done.err);
			inside.push((JSON.parse(done.out) as { seconds: number }).seconds);
		}
		return { events, runs, seconds: round(median(inside)), wholeProcessSeconds: round(median(whole)) };
	} finally {
		await rm(dir, { recursive: true, force: true });
	}
}

function csv(events: number): string {
	const start = Date.parse('2011-10-01T00:00:00Z');
	const lines = ['case,activity,time,resource,lifecycle,amount,product'];
	for (let index = 0; index < events; index++) {
		const number = Math.floor(index / EVENTS_PER_CASE);
		const position = index % EVENTS_PER_CASE;
		const time = new Date(start + number * 600_000 + position * 1_800_000 + (number % 977)).toISOString();
		const activity = ACTIVITIES[(position + (number % 3)) % ACTIVITIES.length];
		lines.push(
			`${173_688 + number},${activity},${time},${112 + (index % 60)},${position % 2 ? 'COMPLETE' : 'START'},${5_000 + (number % 400) * 50},loan`
		);
	}
	return `${lines.join('\n')}\n`;
}
