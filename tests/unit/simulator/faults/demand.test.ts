import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../../simulator/faults/board.ts';
import { KINDS } from '../../../../simulator/faults/kinds.ts';
import { MoreReports } from '../../../../simulator/faults/more-reports.ts';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import type { World } from '../../../../simulator/bank/world.ts';
import { readFaults } from '../../../../simulator/faults/read-faults.ts';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { profile } from './support.ts';

const STRENGTH = 4;
/** Busy branches, so that a day's luck does not hide what is measured. */
const busy = { ...profile, arrivals: { ...profile.arrivals, casesPerBranchDay: 40 } };

/** Reports of one day by branch, those that come anyway and those beside them, of a bank that lives through a surge all day. */
function surgeOn(date: string, of = busy, branches = 36) {
	const start = Date.parse(`${date}T00:00:00+08:00`);
	const network = createNetwork(1, branches, of);
	const ground = { start, branches: network, sites: of.sites.names, products: of.stock.products };
	const text = `faults:\n  - { kind: surge, start: 0 h, end: 1 d, strength: ${STRENGTH} }\n`;
	const bank = { seed: 1, profile: of, start, branches };
	const reports = (faults: ReturnType<typeof readFaults>) =>
		createBank({ ...bank, faults })
			.advance(start + DAY)
			.filter(({ type, subject }) => nameOf(type) === 'case.reported' && !subject?.endsWith('-2'));
	const plain = reports([]);
	const usual = new Set(plain.map(({ subject }) => subject));
	const all = reports(readFaults(text, 'test.yaml', ground));
	const count = (of: typeof all) => Map.groupBy(of, ({ source }) => (source.match(/B\d+/) ?? [''])[0]);
	const kept = all.filter(({ subject }) => usual.has(subject));
	const more = all.filter(({ subject }) => !usual.has(subject));
	return { network, usual, kept, more, usualBy: count(plain), moreBy: count(more) };
}

describe('a surge', () => {
	test.each([
		['a Sunday', '2026-11-08'],
		['a holiday', '2026-10-01'],
		['the day of the pensions', '2026-10-15'],
		['the end of a month', '2026-09-30']
	])('brings so many times as many reports as are usual on %s, and changes none of those', (_, date) => {
		const { usual, kept, more } = surgeOn(date);
		expect(new Set(kept.map(({ subject }) => subject))).toEqual(usual);
		expect(usual.size).toBeGreaterThan(1_000);
		const ratio = (usual.size + more.length) / usual.size;
		// Given the day's mean μ both numbers are Poisson: of the ratio that is a standard deviation of √((k−1)/μ + (k−1)²/μ).
		const deviation = Math.sqrt(((STRENGTH - 1) * STRENGTH) / usual.size);
		expect(Math.abs(ratio - STRENGTH)).toBeLessThan(3 * deviation);
	});

	test('multiplies the luck that a branch has with its day', () => {
		const wild = { ...profile, arrivals: { ...profile.arrivals, casesPerBranchDay: 20, dailyVariance: 1 } };
		const { network, usualBy, moreBy } = surgeOn('2026-11-12', wild, 24);
		const luck = (by: typeof moreBy) => network.map(({ id, size }) => (by.get(id)?.length ?? 0) / size);
		expect(correlation(luck(usualBy), luck(moreBy))).toBeGreaterThan(0.9);
	});
});

describe('additional reports', () => {
	test('stand in the calendar one at a time, however many there are', () => {
		const env = new Environment(0);
		let told = 0;
		const world = {
			env,
			faults: new FaultBoard(env),
			stream: (entity: string, purpose: string) => deriveStream(1, entity, purpose),
			report: () => void told++
		} as unknown as World;
		const waiting: number[] = [];
		const { call } = env;
		let open = 0;
		env.call = (delay, entry, priority) => {
			waiting.push(++open);
			const act = entry as () => void;
			call.call(
				env,
				delay,
				() => {
					open--;
					act();
				},
				priority
			);
		};
		const branch = createNetwork(1, 1, profile)[0]!;
		new MoreReports(world, { name: 'f', start: 0, end: 2 * HOUR, ramp: 0 }, branch, { perHour: () => 5_000 });
		env.run(3 * HOUR);
		expect(Math.max(...waiting)).toBe(1);
		expect(Math.abs(told - 10_000)).toBeLessThan(400);
	});

	test('are foreseen as far as the profile tells: by hours and branches, or times what is usual', () => {
		const branches = createNetwork(1, 40, profile);
		const size = branches.reduce((sum, branch) => sum + branch.size, 0);
		const span = { name: 'f', start: 0, end: 12 * HOUR, ramp: 0, scope: {} };
		const wave = { ...span, kind: 'fraud-wave' as const, reportsPerBranchHour: 5, devices: 3 };
		const surge = { ...span, kind: 'surge' as const, strength: 11 };
		expect(KINDS['fraud-wave'].brings?.(wave, { branches, profile })).toBe(5 * 12 * 40);
		const usual = (profile.arrivals.casesPerBranchDay * size) / 2;
		expect(KINDS.surge.brings?.(surge, { branches, profile })).toBeCloseTo(10 * usual, 6);
	});
});

function correlation(a: readonly number[], b: readonly number[]): number {
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [ma, mb] = [mean(a), mean(b)];
	const product = mean(a.map((value, at) => (value - ma) * ((b[at] as number) - mb)));
	const spread = (values: readonly number[], m: number) => Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
	return product / (spread(a, ma) * spread(b, mb));
}
