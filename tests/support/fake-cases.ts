import { STAGES } from '../../src/lib/domain/stage.ts';
import { HOUR, MINUTE } from '../../src/lib/domain/time.ts';
import type { Params } from '../../src/lib/protocol/topics.ts';
import type {
	CaseRow,
	CasesView,
	CaseView,
	LogView,
	QuarantineView,
	VariantsView
} from '../../src/lib/protocol/views.ts';
import type { FakeWorld } from './fake-application.ts';

const TOTAL = 3_208;
const CHANNELS = ['mobile', 'counter', 'phone', 'vtm', 'online', 'wechat'];

function rowAt(at: number, now: number): CaseRow {
	const due = now + (at - 17) * 7 * MINUTE;
	return {
		caseId: `C-1123-${String(at).padStart(4, '0')}`,
		stage: STAGES[(at * 5) % 8] ?? 'report',
		activity: 'case.verified',
		channel: CHANNELS[at % CHANNELS.length] ?? null,
		branchId: `B${String(at % 200).padStart(3, '0')}`,
		branch: '西湖支行',
		tier: at % 9 === 0 ? 'vip' : 'standard',
		openedAt: now - at * 9 * MINUTE - HOUR,
		stageSince: now - at * 3 * MINUTE,
		clock: 'approval',
		due,
		status: due < now ? 'breached' : at < 80 ? 'at_risk' : 'running',
		owner: at % 4 === 0 ? '李敏' : null,
		violations: at % 50 === 49 ? 1 : 0,
		events: 4 + (at % 9)
	};
}

export function fakeCases({ mood, now }: FakeWorld, params: Params<'cases'>): CasesView {
	const total = mood === 'empty' ? 0 : TOTAL;
	const offset = params.offset ?? 0;
	const length = Math.max(0, Math.min(params.limit ?? 100, total - offset));
	const rows = Array.from({ length }, (_, at) => rowAt(offset + at, now));
	const status = { open: total, breached: 17, at_risk: 64, closed: 471 };
	return { total, offset, rows, facets: { stage: { approve: 412, produce: 204 }, channel: { mobile: 1_402 }, status } };
}

export function fakeCase({ mood, now }: FakeWorld, { caseId }: Params<'case'>): CaseView | null {
	if (mood === 'empty') return null;
	const row = { ...rowAt(3, now), caseId };
	const names = ['case.reported', 'case.verified', 'case.approval_given'] as const;
	return {
		row,
		closedAt: null,
		segment: 'standard',
		card: null,
		customer: null,
		clocks: {
			approval: {
				clock: 'approval',
				name: { zh: '审批', en: 'Approval' },
				started: now - 2 * HOUR,
				due: row.due,
				atRiskAt: now - HOUR,
				ended: null,
				status: 'breached',
				spent: null,
				target: 2 * HOUR,
				kind: 'wall'
			}
		},
		timeline: names.map((name, at) => ({
			offset: at,
			at: now - (3 - at) * HOUR,
			recordedAt: now - (3 - at) * HOUR + 200,
			name,
			activity: name,
			lane: at === 0 ? 'customer' : at === 1 ? 'identity' : 'approval',
			stage: STAGES[at] ?? null,
			actor: null,
			facts: { channel: 'mobile' },
			violation: null
		})),
		violations: []
	};
}

export function fakeLog({ mood, now }: FakeWorld, params: Params<'log'>): LogView {
	const head = mood === 'empty' ? 0 : 1_284_331;
	const from = Math.min(head, params.before ?? head);
	const rows = Array.from({ length: Math.min(from, params.limit ?? 100) }, (_, at) => ({
		offset: from - at,
		lane: params.lane,
		at: now - at * 800,
		recordedAt: now - at * 800 + 150,
		name: 'case.verified',
		activity: 'case.verified',
		caseId: `C-1123-${String(at).padStart(4, '0')}`,
		branchId: 'B003',
		violation: null
	}));
	return { head, total: head, rows, next: rows.at(-1)?.offset ?? null };
}

export function fakeQuarantine({ mood, now }: FakeWorld): QuarantineView {
	if (mood !== 'crisis') return { total: 0, rows: [], codes: {} };
	const rows = Array.from({ length: 12 }, (_, at) => ({
		id: at + 1,
		lane: 'demo' as const,
		at: now - at * MINUTE,
		origin: 'http',
		line: null,
		code: 'schema',
		pointer: '/data/channel',
		detail: 'not one of the channels',
		body: '{"type":"com.hotcard.case.reported.v1"}',
		status: 'open' as const
	}));
	return { total: rows.length, rows, codes: { schema: rows.length } };
}

export function fakeVariants({ mood }: FakeWorld): VariantsView {
	if (mood === 'empty') return { cases: 0, events: 0, variants: [], total: 0 };
	const activities = ['report', 'verify', 'approve', 'produce', 'deliver', 'activate'];
	return {
		cases: TOTAL,
		events: 24_000,
		variants: [{ activities, cases: 2_100, p50: 20 * HOUR, p90: 60 * HOUR }],
		total: 41
	};
}
