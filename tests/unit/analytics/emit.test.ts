import { describe, expect, it } from 'vitest';
import { rowsOf } from '#analytics/project/emit.ts';
import { hotRows } from '#analytics/project/hot-rows.ts';
import { Targets } from '#analytics/project/targets.ts';
import { VisitFold } from '#analytics/project/visits.ts';
import { applyToCase } from '#lib/domain/case/apply.ts';
import type { CaseState } from '#lib/domain/case/state.ts';
import { type EventName, typeOf } from '#lib/domain/events/catalogue.ts';
import type { DomainEvent, RecordedEvent } from '#lib/domain/events/event.ts';
import type { ClockRule, Policy } from '#lib/domain/sla/policy.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { MONDAY } from '../../sql/support.ts';

const BASE: Omit<ClockRule, 'id' | 'start' | 'end' | 'target'> = {
	name: { zh: '', en: '' },
	stage: null,
	cancel: [],
	objective: 0.9,
	atRisk: 0.8,
	kind: 'wall',
	calendar: null,
	scope: {},
	pause: []
};
const POLICY: Policy = {
	hash: 'test',
	clocks: [
		{
			...BASE,
			id: 'verify',
			stage: 'verify',
			start: [{ type: 'case.verification_started' }],
			end: [{ type: 'case.verified' }],
			target: 5 * MINUTE
		},
		{
			...BASE,
			id: 'verify-vip',
			stage: 'verify',
			scope: { tier: ['vip'] },
			start: [{ type: 'case.verification_started' }],
			end: [{ type: 'case.verified' }],
			target: MINUTE
		}
	],
	closes: []
};

function recorded(offset: number, name: EventName, minute: number, data: object): RecordedEvent {
	const time = new Date(MONDAY + minute * MINUTE).toISOString();
	const event = { specversion: '1.0', id: `e${offset}`, source: '/t', type: typeOf(name), time, data };
	return { offset, lane: 'live', recordedAt: MONDAY, event: event as unknown as DomainEvent };
}

/** Feeds events of one case or of none, and answers the rows of each. */
function feed(events: readonly [EventName, number, Record<string, unknown>][]) {
	const mapping = { visits: new VisitFold(), targets: new Targets(POLICY), rows: hotRows() };
	let before: CaseState | undefined;
	return events.map(([name, minute, data], offset) => {
		const event = recorded(offset, name, minute, data);
		if (data['caseId'] === undefined || name.startsWith('visit.')) {
			return rowsOf({ recorded: event, before: undefined, applied: undefined }, mapping);
		}
		const applied = applyToCase(before, event, POLICY);
		const rows = rowsOf({ recorded: event, before, applied }, mapping);
		before = applied.state;
		return rows;
	});
}

const card = { token: 't', bin: '622848', last4: '1234' };
const report = { caseId: 'A', kind: 'formal', channel: 'mobile', customerRef: 'u', card, tier: 'vip', branchId: 'B1' };

describe('a case', () => {
	const all = feed([
		['case.reported', 0, report],
		['case.verification_started', 2, { caseId: 'A', methods: ['face'] }],
		['case.verified', 5, { caseId: 'A', by: 'staff-1' }],
		['case.cancelled', 9, { caseId: 'A', reason: 'found' }],
		['case.annotated', 10, { caseId: 'A', by: 'staff-1', text: 'x' }]
	]);

	it('makes one event row each, enriched with the facts of the case', () => {
		expect(all.map((rows) => rows.events?.length)).toEqual([1, 1, 1, 1, 1]);
		expect(all[2]?.events?.[0]).toMatchObject({
			type: 'case.verified',
			activity: 'case.verified',
			occurredAt: MONDAY + 5 * MINUTE,
			caseId: 'A',
			caseSeq: 3,
			branchId: 'B1',
			channel: 'mobile',
			tier: 'vip',
			resource: 'staff-1'
		});
		expect(all[0]?.events?.[0]).toMatchObject({ stage: 'report', fromStage: null, dwellMs: null });
	});

	it('makes a span of each stage it left, that joins on to the one before', () => {
		const spans = all.flatMap((rows) => rows.stage_spans ?? []);
		expect(spans.length).toBeGreaterThan(1);
		expect(spans[0]?.startedAt).toBe(MONDAY);
		for (const [at, span] of spans.entries()) {
			expect(span.endedAt - span.startedAt).toBe(span.dwellMs);
			if (at > 0) expect(span.startedAt).toBe(spans[at - 1]?.endedAt);
		}
		expect(spans.find(({ stage }) => stage === 'verify')).toMatchObject({ overtime: true });
		expect(spans.find(({ stage }) => stage === 'report')).toMatchObject({ overtime: null });
	});

	it('makes a row of each clock run when it ended, with its target', () => {
		const runs = all.flatMap((rows) => rows.clock_runs ?? []);
		expect(runs.map(({ clock, met, targetMs, spentMs }) => [clock, met, targetMs, spentMs])).toEqual([
			['verify', true, 5 * MINUTE, 3 * MINUTE],
			['verify-vip', false, MINUTE, 3 * MINUTE]
		]);
	});

	it('is closed once', () => {
		const closings = all.map((rows) => rows.case_closings?.length ?? 0);
		expect(closings).toEqual([0, 0, 0, 1, 0]);
		expect(all[3]?.case_closings?.[0]).toMatchObject({
			caseId: 'A',
			openedAt: MONDAY,
			closedAt: MONDAY + 9 * MINUTE,
			durationMs: 9 * MINUTE,
			events: 4,
			outcome: 'cancelled'
		});
	});
});

it('keeps the name, person and lifecycle of a generic step', () => {
	const [rows] = feed([
		['process.step', 0, { caseId: 'G', activity: 'Close ticket', resource: 'Value 2', lifecycle: 'complete' }]
	]);
	expect(rows?.events?.[0]).toMatchObject({
		type: 'process.step',
		activity: 'Close ticket',
		resource: 'Value 2',
		lifecycle: 'complete',
		stage: 'generic'
	});
});

it('writes the code of a violation beside the event', () => {
	const rows = feed([
		['case.reported', 0, report],
		['shipment.delivered', 1, { caseId: 'A' }]
	]);
	expect(rows[1]?.events?.[0]?.violation).toBe('impossible-step');
});

it('turns a move of stock into what went and what came', () => {
	const [rows] = feed([
		['stock.moved', 0, { from: 'B1', to: 'B2', product: 'debit', quantity: 5, reason: 'transfer' }]
	]);
	const moves = rows?.stock_movements?.map(({ branchId, counterpart, quantity }) => [branchId, counterpart, quantity]);
	expect(moves).toEqual([
		['B1', 'B2', -5],
		['B2', 'B1', 5]
	]);
});

it('keeps what a site did not say as unknown', () => {
	const [rows] = feed([['site.health', 0, { site: 'A', component: 'core', status: 'up' }]]);
	expect(rows?.site_health?.[0]).toMatchObject({ status: 'up', latencyMs: null, errorRate: null });
});

describe('a visit', () => {
	const visit = { visitId: 'V', branchId: 'B1' };

	it('is a row when it ends, with what it waited and how long it was handled', () => {
		const rows = feed([
			['visit.ticket_taken', 0, { ...visit, caseId: 'A' }],
			['visit.called', 7, { ...visit, teller: 'T1' }],
			['visit.material_checked', 9, visit],
			['visit.system_processed', 11, visit],
			['visit.completed', 12, visit]
		]);
		expect(rows.slice(0, 4).every((each) => each.visits === undefined)).toBe(true);
		expect(rows[4]?.visits).toEqual([
			{
				lane: 'live',
				...visit,
				caseId: 'A',
				ticketAt: MONDAY,
				calledAt: MONDAY + 7 * MINUTE,
				materialAt: MONDAY + 9 * MINUTE,
				systemAt: MONDAY + 11 * MINUTE,
				completedAt: MONDAY + 12 * MINUTE,
				waitMs: 7 * MINUTE,
				handlingMs: 5 * MINUTE,
				teller: 'T1',
				abandoned: false
			}
		]);
	});

	it('waits until it is given up, and knows no wait where its ticket was not seen', () => {
		const rows = feed([
			['visit.ticket_taken', 0, visit],
			['visit.abandoned', 6, visit],
			['visit.abandoned', 9, { visitId: 'W', branchId: 'B1' }]
		]);
		expect(rows[1]?.visits?.[0]).toMatchObject({ abandoned: true, waitMs: 6 * MINUTE, handlingMs: null });
		expect(rows[2]?.visits?.[0]).toMatchObject({ abandoned: true, waitMs: null, ticketAt: null });
	});

	it('survives a restart of the fold', () => {
		const first = new VisitFold();
		first.apply('live', 'visit.ticket_taken', MONDAY, visit);
		first.apply('demo', 'visit.ticket_taken', MONDAY, visit);
		const second = new VisitFold();
		second.restore(JSON.parse(JSON.stringify(first.save())));
		expect(second.size).toBe(2);
		expect(second.apply('live', 'visit.called', MONDAY + 5, visit)).toBeNull();
		expect(second.apply('live', 'visit.completed', MONDAY + 9, visit)).toMatchObject({ waitMs: 5, handlingMs: 4 });
		expect(second.size).toBe(1);
	});
});
