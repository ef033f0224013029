import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import type { Application } from '../../../src/lib/server/application.ts';
import { composed } from './composed.ts';
import { eventually, folder } from './support.ts';

/** Thirty days of 200 branches, as `npm start` writes them. */

let dir: Awaited<ReturnType<typeof folder>>;
let app: Application | undefined;
let said: string[] = [];
beforeAll(async () => {
	dir = await folder('takeover');
});
afterEach(async () => {
	await app?.close();
	app = undefined;
});
afterAll(() => dir.remove());

/** Opens the application and waits until its demo lane lives. */
async function open(): Promise<Application> {
	const opened = await composed(dir.path, { demo: true });
	({ app, said } = opened);
	await eventually(() => said.some((line) => line.includes('history stands')));
	return opened.app;
}

const laneFile = () => join(dir.path, 'lane-demo.json');
const runOf = async () => (JSON.parse(await readFile(laneFile(), 'utf8')) as { run: string }).run;
const rows = async (of: Application, sql: string) => (await of.query(sql, 1_000_000)).rows;
const openCases = async (of: Application) =>
	(await rows(of, "SELECT case_id FROM cases WHERE lane = 'demo' AND NOT closed")).map((row) => String(row['case_id']));
const shellOf = async (of: Application) => (await of.views.read('shell', { lane: 'demo' }, PEOPLE[0]!)).view;

describe('a demo lane whose file names the run of another bank', () => {
	let left: string[] = [];
	let before = { run: '', toldUntil: 0, violations: 0 };

	const violations = async (of: Application) =>
		Number((await rows(of, "SELECT count(*) AS n FROM violations WHERE lane = 'demo'"))[0]?.['n']);

	test('had a bank with open cases', async () => {
		const first = await open();
		left = await openCases(first);
		expect(left.length).toBeGreaterThan(100);
		const { laneNow, newest } = await shellOf(first);
		// The present runs a little before the newest event; a restart goes on from what was told.
		before = { run: await runOf(), toldUntil: laneNow - newest!, violations: await violations(first) };
		expect(said.join('\n')).not.toContain('cannot go on');
	});

	test('says so, ends the open cases of that bank and has a new one take over where it stopped', async () => {
		const known = await readFile(laneFile(), 'utf8');
		await writeFile(laneFile(), known.replace(before.run, 'another-run'));
		const second = await open();

		const told = said.filter((line) => line.includes('cannot go on'));
		expect(told).toHaveLength(1);
		expect(told[0]).toContain('its profile is another now');
		const counted = Number(/Its (\d+) open cases/.exec(told[0]!)?.[1]);
		expect(counted).toBeGreaterThan(100);

		// They all end at one moment: that at which their bank stopped.
		const [ended] = await rows(
			second,
			"SELECT count(*) AS n FROM events WHERE lane = 'demo' AND type = 'case.cancelled' GROUP BY occurred_at ORDER BY n DESC LIMIT 1"
		);
		expect(ended).toEqual({ n: counted });
		const still = new Set(await openCases(second));
		expect(left.filter((caseId) => still.has(caseId))).toEqual([]);
		// None of the old ones was over already, and the new ones break no order of steps.
		expect(await violations(second)).toBe(before.violations);

		const run = await runOf();
		expect(run).not.toBe(before.run);
		expect(run).not.toBe('another-run');
		const now = await shellOf(second);
		expect(now.laneNow).toBeGreaterThanOrEqual(before.toldUntil);
		const fresh = await eventually(async () => {
			const cases = await openCases(second);
			return cases.length > 20 && cases;
		});
		expect(fresh.filter((caseId) => left.includes(caseId))).toEqual([]);
		expect((await second.verify()).ok).toBe(true);
		expect((await second.health()).status).toBe('ready');
	});

	test('is continued by the new bank after the next restart, and nobody takes over again', async () => {
		const run = await runOf();
		const third = await open();
		expect(said.join('\n')).not.toContain('cannot go on');
		expect(await runOf()).toBe(run);
		expect((await openCases(third)).length).toBeGreaterThan(20);
		expect(await violations(third)).toBe(before.violations);
	});
});
