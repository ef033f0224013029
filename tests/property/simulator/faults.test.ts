import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR } from '../../../src/lib/domain/time.ts';
import { type Run, run, START } from '../../unit/simulator/faults/support.ts';

const SIZE = { branches: 8, days: 6 };
/** Parcels under way, orders of cards, lists of approvers and deferred customers are worked off by then, hours. */
const DRAIN = 48;

const kinds = fc.constantFrom(
	'kind: site-loss, scope: { site: shanghai }',
	'kind: site-loss, scope: { site: hefei }',
	'kind: database-crash, scope: { site: shanghai }, strength: 2',
	'kind: network-cut',
	'kind: network-cut, scope: { branches: [B0001, B0005] }',
	'kind: site-link-cut',
	'kind: queue-lag, lag: 10 min',
	'kind: gateway-down, scope: { media: [sms, app] }',
	'kind: printer-failures, strength: 0.7',
	'kind: stock-loss',
	'kind: courier-strike, strength: 0.9',
	'kind: surge, strength: 8',
	'kind: fraud-wave, reportsPerBranchHour: 2',
	'kind: staff-absence, strength: 0.5',
	'kind: staff-absence, strength: 0.8, scope: { groups: [phone, approvers, video] }',
	'kind: registry-down',
	'kind: slow-core, strength: 5'
);
const faults = fc.array(
	fc.record({
		what: kinds,
		from: fc.integer({ min: 1, max: 30 }),
		hours: fc.integer({ min: 1, max: 18 }),
		ramped: fc.boolean()
	}),
	{ minLength: 1, maxLength: 3 }
);

const usual = new Map<number, Run>();
function without(seed: number): Run {
	let known = usual.get(seed);
	if (known === undefined) usual.set(seed, (known = run(null, { ...SIZE, seed })));
	return known;
}

/** Everything that happens to each case reported from a moment on, to the millisecond. */
function stories({ told }: Run, from: number): Map<unknown, string> {
	const stories = new Map<unknown, string[]>();
	for (const { name, at, data } of told) {
		if (name === 'case.reported' && at >= from) stories.set(data['caseId'], []);
		stories.get(data['caseId'])?.push(`${name} ${at}`);
	}
	return new Map([...stories].map(([caseId, events]) => [caseId, events.join('\n')]));
}

test('before its start a fault changes no byte, and when it has ended and its backlog is gone it has left nothing behind', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 4 }), faults, (seed, chosen) => {
			const lines = chosen.map(
				({ what, from, hours, ramped }) =>
					`  - { ${what}, start: ${from} h, end: ${from + hours} h${ramped ? `, ramp: ${hours / 2} h` : ''} }`
			);
			const hit = run(`faults:\n${lines.join('\n')}\n`, { ...SIZE, seed });
			const plain = without(seed);
			const start = START + Math.min(...chosen.map(({ from }) => from)) * HOUR;
			const before = ({ told }: Run): string => JSON.stringify(told.filter(({ at }) => at < start));
			expect(before(hit)).toBe(before(plain));

			const end = START + (Math.max(...chosen.map(({ from, hours }) => from + hours)) + DRAIN) * HOUR;
			const [there, here] = [stories(plain, end), stories(hit, end)];
			expect([...here.keys()].sort()).toEqual([...there.keys()].sort());
			expect(there.size).toBeGreaterThan(20);
			// Which of two free tellers serves may still differ by who served last: it moves a case by seconds.
			const same = [...there].filter(([caseId, story]) => here.get(caseId) === story).length;
			expect(same / there.size).toBeGreaterThan(0.9);
		}),
		{ numRuns: 8 }
	);
});
