import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyToCase } from '#lib/domain/case/apply.ts';
import type { EventName } from '#lib/domain/events/catalogue.ts';
import type { DomainEvent } from '#lib/domain/events/event.ts';
import { STAGES } from '#lib/domain/stage.ts';
import { HOUR, MINUTE, type Millis } from '#lib/domain/time.ts';
import type { CasesParams, CaseSort } from '#lib/protocol/views.ts';
import { packCheckpoint, unpackCheckpoint } from '#lib/server/live/checkpoint.ts';
import { Folds } from '#lib/server/live/folds.ts';
import type { Counts, OpenCounts, RunCounts } from '#lib/server/live/open/counts.ts';
import { targetsOf } from '#lib/server/live/targets.ts';
import { openPage } from '#lib/server/live/views/open-page.ts';
import { summarise } from '#lib/server/live/views/open-summary.ts';
import { event, NOON, POLICY, reported } from '../../integration/live/bank.ts';
import * as brute from './brute-force.ts';
import { batchesOf } from './histories.ts';

const targets = targetsOf(POLICY);
const TAGS = { policyHash: POLICY.hash, schemaHash: 's' };
const LANE = 'live';

const STEPS: readonly (readonly [EventName, object])[] = [
	['case.freeze_requested', { paymentChannels: ['unionpay'] }],
	['case.freeze_completed', {}],
	['case.verification_started', { methods: ['face'] }],
	['case.verified', {}],
	['case.risk_assessed', { score: 0.1, outcome: 'pass', decisionMs: 40, reasons: [] }],
	['case.authorised', { level: 'auto', automatic: true }],
	['case.card_activated', {}],
	['case.paused', { reason: 'customer' }],
	['case.resumed', {}],
	['case.assigned', { owner: 'anna' }],
	['case.assigned', { owner: 'ben' }],
	['case.closed', { outcome: 'completed' }],
	['case.cancelled', { reason: 'found' }]
];

/** What can happen to a lane: events (made at the moment they come), time, and a restart. */
type Act = { events: (now: Millis) => DomainEvent[] } | { minutes: number; firing: boolean } | 'restart' | 'catch up';

const caseId = fc.integer({ min: 1, max: 9 }).map((n) => `c${n}`);
const branchId = fc.constantFrom('b1', 'b2', 'b3');
const ago = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) }, fc.integer({ min: -30, max: 600 }));

const reports = fc
	.tuple(caseId, branchId, ago, fc.constantFrom('mobile', 'phone'), fc.option(fc.constantFrom('d1', 'd2')))
	.map(([id, branch, minutes, channel, deviceId]): Act => {
		const more = { branchId: branch, channel, ...(deviceId === null ? {} : { deviceId }) };
		return { events: (now) => [reported(id, now - minutes * MINUTE, more)] };
	});
const steps = fc
	.tuple(caseId, fc.array(fc.tuple(fc.constantFrom(...STEPS), ago), { minLength: 1, maxLength: 5 }))
	.map(([id, chosen]): Act => ({
		events: (now) =>
			chosen.map(([[name, data], minutes]) => event(name, now - minutes * MINUTE, { caseId: id, ...data }))
	}));
const traffic = fc
	.tuple(branchId, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 }))
	.map(([branch, hours, n]): Act => {
		const visit = (at: Millis, i: number): DomainEvent =>
			event('visit.ticket_taken', at, { visitId: `v${at}-${i}`, branchId: branch });
		return { events: (now) => Array.from({ length: n }, (_, i) => visit(now - hours * HOUR + i * MINUTE, i)) };
	});
const stock = fc
	.tuple(branchId, fc.constantFrom('counted', 'threshold', 'moved'), fc.integer({ min: 0, max: 9 }))
	.map(([branch, what, n]): Act => {
		const own = { branchId: branch, product: 'debit', quantity: n };
		const data = {
			counted: own,
			threshold: { ...own, threshold: n },
			moved: { from: branch, to: 'b1', product: 'debit', quantity: n, reason: 'use' }
		}[what];
		return { events: (now) => [event(`stock.${what}` as EventName, now, data)] };
	});
const time = fc
	.tuple(
		fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 90 }) }, fc.integer({ min: -400, max: 2_000 })),
		fc.boolean()
	)
	.map(([minutes, firing]): Act => ({ minutes, firing }));

const acts = fc.array(
	fc.oneof(
		{ weight: 5, arbitrary: reports },
		{ weight: 8, arbitrary: steps },
		{ weight: 2, arbitrary: traffic },
		{ weight: 2, arbitrary: stock },
		{ weight: 6, arbitrary: time },
		{ weight: 1, arbitrary: fc.constantFrom<Act>('restart', 'catch up') }
	),
	{ minLength: 1, maxLength: 40 }
);

const maybe = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, undefined, ...values);
const pages = fc.record({
	params: fc
		.record({
			status: maybe<NonNullable<CasesParams['status']>>('open', 'breached', 'at_risk', 'all'),
			stage: maybe<string>(...STAGES.slice(0, 4)),
			channel: maybe('mobile', 'phone'),
			branch: maybe('b1', 'b2'),
			clock: maybe('end_to_end', 'verify'),
			owner: maybe('anna'),
			text: maybe('C', '3'),
			from: maybe(NOON - 30 * MINUTE, NOON),
			to: maybe(NOON + 10 * MINUTE, NOON + 60 * MINUTE),
			sort: maybe<CaseSort>('due', 'opened', 'stage', 'case', 'events'),
			descending: fc.boolean()
		})
		.map((chosen) => {
			const known = Object.entries(chosen).filter(([, value]) => value !== undefined);
			return { lane: LANE, ...Object.fromEntries(known) } as CasesParams;
		}),
	skip: fc.nat(4),
	limit: fc.nat(6)
});

const tableOf = (map: ReadonlyMap<string, Counts>) =>
	Object.fromEntries([...map].map(([key, { open, atRisk, breached }]) => [key, { open, at_risk: atRisk, breached }]));
const runsOf = (map: ReadonlyMap<string, RunCounts>) =>
	Object.fromEntries(
		[...map].map(([key, { running, atRisk, breached }]) => [key, { running, at_risk: atRisk, breached }])
	);
/** Tables without what is zero: a count that was never made and one that went back to nothing are the same. */
const bare = (table: Record<string, Record<string, number>>) =>
	Object.fromEntries(
		Object.entries(table).map(([key, row]) => [key, Object.fromEntries(Object.entries(row).filter(([, n]) => n !== 0))])
	);

function countsOf(counts: Readonly<OpenCounts>): unknown {
	const { open, atRisk, breached } = counts;
	return {
		all: open === 0 ? {} : bare({ all: { open, at_risk: atRisk, breached } }),
		stages: bare(tableOf(counts.stages)),
		channels: bare(tableOf(counts.channels)),
		clocks: bare(runsOf(counts.clocks))
	};
}

function groupsOf({ groups }: Readonly<OpenCounts>): Record<string, brute.GroupFound> {
	return Object.fromEntries(
		[...groups].map(([key, { cases, branches, owners }]) => [
			key,
			{
				cases: cases
					.page(0, cases.size)
					.map(({ state }) => state.caseId)
					.sort(),
				due: cases.first()?.due ?? NaN,
				most: branches.most,
				owners: [...owners.keys()].sort()
			}
		])
	);
}

type Asked = typeof pages extends fc.Arbitrary<infer P> ? P : never;

/** One lane with its present, driven through whatever happens. */
class Driven {
	folds = new Folds(applyToCase, targets);
	now = NOON;

	get fold() {
		return this.folds.lane(LANE);
	}

	act(act: Act): void {
		if (act === 'restart') {
			this.folds = new Folds(applyToCase, targets, unpackCheckpoint(packCheckpoint(this.folds.save(TAGS))));
			this.fold.watch();
		} else if (act === 'catch up') {
			this.fold.unwatch();
			this.fold.watch();
		} else if ('minutes' in act) {
			this.now += act.minutes * MINUTE;
			if (act.firing) this.fold.advance(this.now);
		} else {
			const entries = act.events(this.now).map((one) => ({ lane: LANE, event: one }) as const);
			for (const batch of batchesOf(entries, this.folds.next)) this.folds.take(batch, { add: () => undefined }, 0);
		}
	}

	check({ params, skip, limit }: Asked): void {
		const { fold, now } = this;
		const { state } = fold;
		expect(countsOf(summarise(fold, now))).toEqual(brute.countAll(state, now));
		expect(countsOf(summarise(fold, now, 'b1'))).toEqual(brute.countAll(state, now, 'b1'));
		expect(groupsOf(summarise(fold, now))).toEqual(brute.groupAll(state, now));
		const index = fold.at(now);
		expect(index.breachedHourAgo()).toBe(brute.breachedHourAgo(state, now));
		expect([...index.silent().keys()].sort()).toEqual(brute.silentAll(state, now).sort());
		expect(index.stock.first(99).map((low) => `${low.key}: ${low.quantity}`)).toEqual(brute.lowStockAll(state));
		const repeats = index.repeats
			.at(now)
			.map(({ deviceId, customers, reports }) => `${deviceId}: ${customers} customers, ${reports.length} reports`);
		expect(repeats.sort()).toEqual(brute.repeatsAll(state, now).sort());
		const page = openPage(index.cases, params, skip, limit);
		const rows = page.rows.map((card) => card.state.caseId);
		expect({ ...page, rows }).toEqual(brute.pageAll(state, now, params, skip, limit));
	}
}

describe('the index of a lane', () => {
	test('says at every moment what counting everything anew would say', () => {
		fc.assert(
			fc.property(acts, fc.array(pages, { minLength: 3, maxLength: 6 }), (done, asked) => {
				const driven = new Driven();
				for (const [at, act] of done.entries()) {
					driven.act(act);
					const page = asked[at % (asked.length + 1)];
					// Not every moment is asked for: the index must bear to be left behind.
					if (page) driven.check(page);
				}
				driven.check(asked[0]!);
			}),
			{ numRuns: 300 }
		);
	});
});
