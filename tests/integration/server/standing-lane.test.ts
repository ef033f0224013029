import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lane } from '../../../src/lib/domain/lane.ts';
import { MINUTE } from '../../../src/lib/domain/time.ts';
import type { Application } from '../../../src/lib/server/application.ts';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { composed } from './composed.ts';
import { BATCH, eventually, type Fact, folder, report } from './support.ts';

const MAPPING = 'case: Ticket\nactivity: Step\ntime: When\n';

let dir: Awaited<ReturnType<typeof folder>>;
let app: Application;
beforeEach(async () => {
	dir = await folder('standing');
	({ app } = await composed(join(dir.path, 'data')));
});
afterEach(async () => {
	await app.close();
	await dir.remove();
});

async function restart(): Promise<void> {
	await app.close();
	({ app } = await composed(join(dir.path, 'data')));
}

async function bringIn(month: string, lane: Lane) {
	const file = join(dir.path, `${month}.csv`);
	await writeFile(file, `Ticket,Step,When\n${month},Open,2024-${month}-10T09:00:00Z\n`);
	return app.imports.run(file, MAPPING, { lane });
}

const send = (lane: Lane, events: readonly Fact[]) =>
	app.ingest.accept({
		lane,
		contentType: BATCH,
		headers: {},
		body: new TextEncoder().encode(JSON.stringify(events)),
		origin: 'http'
	});

const presentOf = async (lane: Lane) => (await app.views.read('shell', { lane }, PEOPLE[0]!)).view.laneNow;

describe('a lane that nobody drives', () => {
	test('takes the file of the next month after that of the month before, and stands at its end', async () => {
		expect(await bringIn('01', 'whatif:a')).toMatchObject({ events: 1, rejected: 0 });
		expect(await bringIn('02', 'whatif:a')).toMatchObject({ events: 1, rejected: 0 });
		expect(await presentOf('whatif:a')).toBe(Date.UTC(2024, 1, 10, 9));
		await restart();
		expect(await bringIn('03', 'whatif:a')).toMatchObject({ events: 1, rejected: 0 });
		expect(await presentOf('whatif:a')).toBe(Date.UTC(2024, 2, 10, 9));
	});

	test('takes what comes after a restart though it is later than all before, and goes on to it', async () => {
		expect(await send('drill:x', [report('D-1', { ago: 30 * MINUTE })])).toMatchObject({ status: 202, accepted: 1 });
		await restart();
		const late = report('D-2', { ago: 2 * MINUTE });
		expect(await presentOf('drill:x')).toBeLessThan(Date.parse(late.time) - 20 * MINUTE);
		expect(await send('drill:x', [late])).toMatchObject({ status: 202, accepted: 1 });
		await eventually(async () => (await presentOf('drill:x')) === Date.parse(late.time));
	});
});
