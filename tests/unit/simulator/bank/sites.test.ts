import { describe, expect, test } from 'vitest';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { readFaults } from '../../../../simulator/faults/read-faults.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import { HOUR, MINUTE } from '../../../../src/lib/domain/time.ts';
import { fault, profile, run, START, type Run, within } from '../faults/support.ts';

/** Which site took the reports of each branch. */
function sitesOf(told: Run['told']): Map<unknown, Set<unknown>> {
	const sites = new Map<unknown, Set<unknown>>();
	for (const { name, data } of told)
		if (name === 'case.reported')
			sites.set(data['branchId'], (sites.get(data['branchId']) ?? new Set()).add(data['site']));
	return sites;
}

/** What a day of forty branches of this profile tells while these faults are up. */
function reportsOf(of: typeof profile, text: string): Pick<Run, 'told' | 'named'> {
	const branches = createNetwork(1, 40, of);
	const ground = { start: START, branches, sites: of.sites.names, products: of.stock.products };
	const faults = readFaults(text, 'test.yaml', ground);
	const told = createBank({ seed: 1, profile: of, start: START, branches: 40, faults })
		.advance(START + 24 * HOUR)
		.map((event) => ({
			name: nameOf(event.type) as string,
			at: Date.parse(event.time),
			data: event.data as Record<string, unknown>,
			event
		}));
	return { told, named: (name) => told.filter((each) => each.name === name) };
}

describe('two active sites', () => {
	const plain = run(null, { branches: 40, days: 2 });

	test('share the branches, each of which is always served by the same one', () => {
		const sites = [...sitesOf(plain.told).values()];
		expect(sites.every((each) => each.size === 1)).toBe(true);
		const first = sites.filter((each) => each.has(profile.sites.names[0])).length;
		expect(first / sites.length).toBeGreaterThan(0.25);
		expect(first / sites.length).toBeLessThan(0.75);
	});

	test.each(profile.sites.names)(
		'lose %s and go on: its branches wait until they are moved, the others do not',
		(site) => {
			// It takes long to move, for many reports to come meanwhile.
			const slow = { ...profile, sites: { ...profile.sites, failover: { mean: 10 * MINUTE, cv: 0.1 } } };
			const reports = reportsOf(
				slow,
				`faults:\n  - { kind: surge, start: 9 h, end: 13 h, strength: 20 }\n` +
					`  - { kind: site-loss, start: 10 h, end: 12 h, scope: { site: ${site} } }\n`
			);
			const home = sitesOf(reports.told.filter(({ at }) => at < START + 10 * HOUR));
			const [started, back] = reports.named('site.failover_started');
			const [moved, returned] = reports.named('site.failover_completed');
			expect([started?.data['from'], moved?.data['to'] === site, returned?.data['to']]).toEqual([site, false, site]);
			const between = (from: number, to: number): Run['told'] =>
				reports.named('case.reported').filter(({ at }) => at >= from && at < to);
			const mine = ({ data }: Run['told'][number]): boolean => home.get(data['branchId'])?.has(site) ?? false;
			const waiting = between(START + 10 * HOUR, Number(moved?.at));
			expect(waiting.length).toBeGreaterThan(10);
			expect(waiting.filter(mine)).toEqual([]);
			const meanwhile = between(Number(moved?.at), Number(back?.at));
			expect(meanwhile.filter(mine).length).toBeGreaterThan(50);
			expect(meanwhile.every(({ data }) => data['site'] !== site)).toBe(true);
			const after = between(Number(returned?.at) + 1, START + 24 * HOUR).filter(mine);
			expect(after.length).toBeGreaterThan(50);
			expect(after.every(({ data }) => data['site'] === site)).toBe(true);
		}
	);

	test('are known to be lost only after some missed checks, and the watch says so before anything is moved', () => {
		const { every, inRow } = profile.sites.check;
		const hit = run(fault('site-loss', 10.0003, 12, 'scope: { site: hefei }'), { branches: 8, days: 1 });
		const down = hit
			.named('site.health')
			.find(({ data, at }) => at >= START + 10 * HOUR && data['site'] === 'hefei' && data['status'] === 'down');
		const [started, back] = hit.named('site.failover_started').map(({ at }) => at);
		const lost = START + Math.round(10.0003 * HOUR);
		expect(Number(started) - lost).toBeGreaterThan((inRow - 1) * every);
		expect(Number(started) - lost).toBeLessThanOrEqual(inRow * every);
		expect(down?.at).toBeLessThanOrEqual(Number(started));
		expect(hit.told.indexOf(down as never)).toBeLessThan(
			hit.told.findIndex(({ name }) => name === 'site.failover_started')
		);
		const up = hit
			.named('site.health')
			.find(({ data, at }) => at >= START + 12 * HOUR && data['site'] === 'hefei' && data['status'] === 'up');
		expect(up?.at).toBeLessThanOrEqual(Number(back));
	});

	test('do not move for what is over before it is noticed', () => {
		const hit = run('faults:\n  - { kind: site-loss, start: 600 min, end: 36004 s, scope: { site: hefei } }\n', {
			branches: 8,
			days: 1
		});
		expect(hit.named('site.failover_started')).toEqual([]);
	});
});

test('sites that fail often of themselves lose no report and always come back', () => {
	const frail = { ...profile, sites: { ...profile.sites, betweenFailures: 5 * HOUR } };
	const told = (of: typeof profile, undisturbedUntil = -Infinity) =>
		createBank({ seed: 2, profile: of, start: START, branches: 10, undisturbedUntil })
			.advance(START + 72 * HOUR)
			.map(({ id: _, ...event }) => event.time + JSON.stringify(event));
	const told1 = told(frail);
	const count = (lines: string[], name: string): number => lines.filter((line) => line.includes(`.${name}.`)).length;
	expect(count(told1, 'failover_completed')).toBeGreaterThan(10);
	expect(Math.abs(count(told1, 'failover_completed') - count(told1, 'failover_started'))).toBeLessThan(2);
	expect(count(told1, 'case.reported')).toBe(count(told(profile), 'case.reported'));
	// Who serves is part of what a case that runs ahead must not know beforehand.
	expect(told(frail, START + 72 * HOUR).sort()).toEqual(told1.sort());
});

test('a slow component is found with the latency that the profile gives it', () => {
	const { latency } = profile.sites.health;
	const seen = run(null, { branches: 4, days: 2 })
		.named('site.health')
		.filter(({ data }) => data['status'] === 'up' && data['component'] === 'core')
		.filter(within(0, 48))
		.map(({ data }) => Number(data['latencyMs']));
	const mean = seen.reduce((sum, each) => sum + each, 0) / seen.length;
	expect(Math.abs(mean - latency.core)).toBeLessThan(1.5);
});
