import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../../src/lib/domain/time.ts';
import { cases, fault, health, run, START, within } from './support.ts';

const plain = run(null);

describe('a lost site', () => {
	const hit = run(fault('site-loss', 10, 12, 'scope: { site: shanghai }'));

	test('is taken over within 30 s, loses no case, and has its work back afterwards', () => {
		const took = hit.named('site.failover_completed').map(({ data, at }) => [data['to'], at - START]);
		expect(took.map(([to]) => to)).toEqual(['hefei', 'shanghai']);
		expect(Number(took[0]?.[1]) - 10 * HOUR).toBeLessThanOrEqual(30_000);
		expect(Number(took[1]?.[1]) - 12 * HOUR).toBeLessThanOrEqual(30_000);
		expect(cases(hit).sort()).toEqual(cases(plain).sort());
	});

	test('is seen by the watch from soon after its start until soon after its end', () => {
		const down = health(hit, 'shanghai', 'database').filter(({ data }) => data['status'] === 'down');
		expect(Math.min(...down.map(({ at }) => at)) - START - 10 * HOUR).toBeLessThanOrEqual(10_000);
		expect(down.every(within(10, 12))).toBe(true);
		const after = health(hit, 'shanghai', 'database').find(({ at }) => at >= START + 12 * HOUR);
		expect([after?.data['status'], (after?.at ?? 0) - START - 12 * HOUR <= 10_000]).toEqual(['up', true]);
	});

	test('together with the other one stops every report until one is back, and windows go over to paper', () => {
		const both = run(
			`faults:\n  - { kind: site-loss, start: 10 h, end: 12 h, scope: { site: shanghai } }\n` +
				`  - { kind: database-crash, start: 10 h, end: 12 h, scope: { site: hefei } }\n`
		);
		expect(both.named('case.reported').filter(within(10.01, 12))).toEqual([]);
		expect(both.named('case.paper_captured').length).toBeGreaterThan(0);
		const twins = both.truth.filter(({ name }) => name === 'paper.twice').map(({ data }) => data['duplicate']);
		expect(cases(both).sort()).toEqual([...cases(plain), ...twins].sort());
	});
});

test('the regions of a large bank live through one loss of a site, told once', () => {
	const hit = run(fault('site-loss', 9, 10, 'scope: { site: shanghai }'), { branches: 450, days: 1 });
	expect(hit.named('site.failover_completed').map(({ data }) => data['to'])).toEqual(['hefei', 'shanghai']);
	const told = hit.truth.filter(({ name }) => name.startsWith('fault.')).map(({ name }) => name);
	expect(told).toEqual(['fault.started', 'fault.ended']);
	const sites = new Set(
		hit
			.named('case.reported')
			.filter(within(9.1, 10))
			.map(({ data }) => data['site'])
	);
	expect([...sites]).toEqual(['hefei']);
});
