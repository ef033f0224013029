import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../../../src/lib/domain/time.ts';
import { profile, run, type Run, START, type Told, within } from './support.ts';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { readFaults } from '../../../../simulator/faults/read-faults.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';

const SIZE = { branches: 60, days: 2 };
const absent = (scope: string, strength: number): Run =>
	run(`faults:\n  - { kind: staff-absence, start: 9 h, end: 19 h, scope: ${scope}, strength: ${strength} }\n`, SIZE);
const plain = run(null, SIZE);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** From one event to another of the same kind of thing, minutes, for those that began within some hours. */
function minutes(of: Run, [from, to]: [string, string], key: string, hours = within(9.5, 19)): number[] {
	const ends = new Map<unknown, number>();
	for (const { data, at } of of.named(to)) if (!ends.has(data[key])) ends.set(data[key], at);
	return of
		.named(from)
		.filter(hours)
		.flatMap(({ data, at }) => {
			const end = ends.get(data[key]);
			return end === undefined ? [] : [(end - at) / MINUTE];
		});
}

describe('people who do not come', () => {
	test('to the phones leave callers waiting and hanging up, until they are back', () => {
		const hit = absent('{ groups: [phone] }', 0.9);
		const lost = (of: Run, from: number, to: number): number =>
			of.named('call.abandoned').filter(within(from, to)).length;
		expect(lost(hit, 9, 19)).toBeGreaterThan(3 * lost(plain, 9, 19) + 10);
		expect(lost(hit, 21, 48)).toBeLessThanOrEqual(lost(plain, 21, 48) + 3);
		const windows = (of: Run) => of.named('branch.windows_changed').map(({ data, at }) => [at, data]);
		expect(windows(hit)).toEqual(windows(plain));
	});

	test('to the desks of approvers leave requests lying, and as many are decided when they are back', () => {
		const hit = absent('{ groups: [approvers] }', 1);
		const decided = (of: Run): Told[] => of.named('case.approval_given');
		expect(decided(plain).filter(within(9.5, 19)).length).toBeGreaterThan(20);
		expect(decided(hit).filter(within(9.5, 19))).toEqual([]);
		const waits = (of: Run): number => mean(minutes(of, ['case.approval_requested', 'case.approval_given'], 'caseId'));
		expect(waits(hit)).toBeGreaterThan(waits(plain) + 60);
		const asked = new Set(
			hit
				.named('case.approval_requested')
				.filter(within(0, 24))
				.map(({ data }) => data['caseId'])
		);
		const done = new Set([...decided(hit), ...hit.named('case.rejected')].map(({ data }) => data['caseId']));
		expect([...asked].filter((caseId) => !done.has(caseId))).toEqual([]);
	});

	test('in one province leave the requests of the others alone', () => {
		const { branches } = createBank({ seed: 1, profile, start: START, branches: SIZE.branches });
		const provinces = [...Map.groupBy(branches, ({ province }) => province)].sort((a, b) => b[1].length - a[1].length);
		const [province, hitBranches] = provinces[0]!;
		const hit = absent(`{ groups: [approvers], provinces: [${province}] }`, 1);
		const at = new Set(hitBranches.map(({ source }) => source));
		const own = (of: Run, there: boolean): Told[] =>
			of
				.named('case.approval_given')
				.filter(within(9.5, 17.9))
				.filter(({ event, data }) => at.has(event.source) === there && data['level'] !== 'head_office');
		expect(own(plain, true).length).toBeGreaterThan(2);
		expect(own(hit, true)).toEqual([]);
		expect(own(hit, false).length).toBe(own(plain, false).length);
	});

	test('to the video desk leave customers unseen until they give up', () => {
		const hit = absent('{ groups: [video] }', 1);
		const talks = (of: Run, from: number, to: number): number =>
			of.named('video.connected').filter(within(from, to)).length;
		expect(talks(plain, 9, 19)).toBeGreaterThan(0);
		expect(talks(hit, 9.25, 19)).toBe(0);
		expect(talks(hit, 19, 48)).toBeGreaterThan(0);
	});

	test('of several groups are missing in each of them, and the tellers only where they are named', () => {
		const hit = absent('{ groups: [tellers, phone] }', 0.9);
		const closed = hit.named('branch.windows_changed').filter(({ data }) => data['reason'] === 'staff_absence');
		expect(closed.length).toBeGreaterThan(SIZE.branches / 2);
		expect(hit.named('call.abandoned').length).toBeGreaterThan(plain.named('call.abandoned').length + 10);
	});

	test('change nothing before they stay away, and are told alike by a bank that runs ahead', () => {
		const network = createNetwork(1, 12, profile);
		const ground = { start: START, branches: network, sites: profile.sites.names, products: profile.stock.products };
		const text =
			'faults:\n  - { kind: staff-absence, start: 30 h, end: 40 h, ramp: 2 h, scope: { groups: [phone, approvers, video, tellers] }, strength: 0.7 }\n';
		const given = { seed: 1, profile, start: START, branches: 12 };
		const told = (more: object): string[] =>
			createBank({ ...given, ...more })
				.advance(START + 3 * DAY)
				.map(({ id: _, ...event }) => event.time + JSON.stringify(event))
				.sort();
		const faults = readFaults(text, 'test.yaml', ground);
		const hit = told({ faults });
		expect(told({ faults, undisturbedUntil: START + 3 * DAY })).toEqual(hit);
		const before = (all: string[]) => all.filter((event) => Date.parse(event.slice(0, 29)) < START + 30 * HOUR);
		expect(before(hit)).toEqual(before(told({})));
		expect(hit).not.toEqual(told({}));
	});
});
