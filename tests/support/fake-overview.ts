import { STAGES } from '../../src/lib/domain/stage.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/domain/time.ts';
import type { Params } from '../../src/lib/protocol/topics.ts';
import type { ActNow, ClockAttainment, OverviewView, ShellView, StageFlow } from '../../src/lib/protocol/views.ts';
import type { FakeWorld } from './fake-application.ts';

const ZONE = 8 * HOUR;
const midnight = (now: number) => Math.floor((now + ZONE) / DAY) * DAY - ZONE;

export function fakeShell({ mood, now }: FakeWorld, { lane }: Params<'shell'>): ShellView {
	const empty = mood === 'empty';
	return {
		lane,
		lanes: { demo: { events: empty ? 0 : 1_284_331 }, live: { events: 0 }, 'drill:network-cut': { events: 812 } },
		laneNow: now,
		serverNow: now,
		speed: 60,
		synthetic: lane !== 'live',
		offset: Math.floor(now / SECOND),
		open: empty ? 0 : 3_208,
		breached: empty ? 0 : mood === 'crisis' ? 416 : 17,
		atRisk: empty ? 0 : 64,
		quarantined: mood === 'crisis' ? 12 : 0,
		branches: empty ? 0 : 200,
		newest: empty ? null : 200,
		selfCheck: mood === 'crisis' ? { ok: false, at: now, detail: 'open 3208 ≠ 3207' } : { ok: true, at: now },
		recording: mood === 'crisis' ? { ok: false, reason: 'ENOSPC' } : { ok: true }
	};
}

const STAGE_FIGURES: Record<string, [entered: number, p90: number, target: number | null]> = {
	report: [1_146, 3.4 * SECOND, 10 * SECOND],
	verify: [1_139, 41 * SECOND, 90 * SECOND],
	material: [1_101, 3.1 * MINUTE, 5 * MINUTE],
	risk: [1_097, 31, 50],
	approve: [1_064, 2.4 * HOUR, 2 * HOUR],
	produce: [871, 6.2 * HOUR, 8 * HOUR],
	deliver: [742, 33 * HOUR, 48 * HOUR],
	activate: [518, 1.1 * DAY, 3 * DAY],
	closed: [471, 2.2 * DAY, null]
};

function stages({ mood, rng }: FakeWorld): Record<string, StageFlow> {
	const shown = STAGES.filter((stage) => stage !== 'generic');
	const trend = () => Array.from({ length: 32 }, () => (rng.next() < 0.05 ? null : 40 + rng.next() * 30));
	return Object.fromEntries(
		shown.map((stage): [string, StageFlow] => {
			const [entered, p90, target] = STAGE_FIGURES[stage] ?? [0, 0, null];
			if (mood === 'empty') {
				const none = { entered: 0, open: 0, atRisk: 0, breached: 0, dwell: null, trend: [] };
				return [stage, { stage, clock: null, target, ...none }];
			}
			const late = mood === 'crisis' ? rng.int(20, 80) : stage === 'approve' ? 9 : rng.int(0, 4);
			const times = mood === 'crisis' ? 1.7 : 1;
			return [
				stage,
				{
					stage,
					entered,
					open: rng.int(20, 400),
					atRisk: rng.int(0, 20),
					breached: stage === 'closed' ? 0 : late,
					dwell: { n: entered, p50: p90 / 2.2, p90: p90 * times },
					clock: null,
					target,
					trend: trend()
				}
			];
		})
	);
}

const CLOCKS: [id: string, zh: string, en: string, target: number, objective: number, share: number][] = [
	['freeze', '全渠道冻结', 'Freeze on every channel', 10 * SECOND, 0.99, 0.996],
	['verification', '身份核验', 'Identity check', 90 * SECOND, 0.98, 0.989],
	['material', '材料审核', 'Material check', 5 * MINUTE, 0.95, 0.952],
	['approval', '审批', 'Approval', 2 * HOUR, 0.95, 0.881],
	['instant', '即时制卡', 'Instant issuance', 30 * MINUTE, 0.95, 0.974],
	['express', '加急配送', 'Express delivery', DAY, 0.95, 0.96],
	['standard', '普通配送', 'Standard delivery', 3 * DAY, 0.95, 0.977],
	['complaint', '投诉答复', 'Complaint answered', 3 * DAY, 0.95, 0.99],
	['visit', '单笔办理', 'Handling at the window', 8 * MINUTE, 0.9, 0.941]
];

function clocks({ mood, rng }: FakeWorld): Record<string, ClockAttainment> {
	return Object.fromEntries(
		CLOCKS.map(([clock, zh, en, target, objective, usual]): [string, ClockAttainment] => {
			const share = mood === 'crisis' ? usual - 0.15 : usual;
			const n = 900;
			const met = Math.round(n * share);
			return [
				clock,
				{
					clock,
					name: { zh, en },
					target,
					kind: 'wall',
					workingDay: null,
					objective,
					spent: mood === 'empty' ? null : { n, p50: target / 4, p90: target * (share < objective ? 1.2 : 0.7) },
					share: mood === 'empty' ? null : { met, n, low: share - 0.012, high: Math.min(1, share + 0.01) },
					running: mood === 'empty' ? 0 : rng.int(20, 300),
					atRisk: 0,
					breached: share < objective ? 9 : 0,
					trend: mood === 'empty' ? [] : Array.from({ length: 24 }, () => Math.min(1, share + (rng.next() - 0.5) / 20))
				}
			];
		})
	);
}

function acts({ mood, now }: FakeWorld): Record<string, ActNow> {
	if (mood === 'empty') return {};
	const approval = { clock: 'approval', clockZh: '审批', clockEn: 'Approval', target: 2 * HOUR, stage: 'approve' };
	const delivery = { clock: 'standard', clockZh: '普通配送', clockEn: 'Standard delivery', target: 3 * DAY };
	const branch = { branchId: 'B003', branch: '杭州西湖支行' };
	const row = (
		kind: ActNow['kind'],
		severity: ActNow['severity'],
		what: ActNow['what'],
		more: Partial<ActNow> = {}
	) => ({
		kind,
		severity,
		what,
		cases: 0,
		due: null,
		owner: null,
		link: '/cases?lane=demo',
		...more
	});
	const rows = [
		row('site_down', 'broken', { site: 'B 合肥', component: 'database', since: now - 9 * MINUTE }),
		row(
			'breached',
			'broken',
			{ ...approval, ...branch, inBranch: 6 },
			{ cases: 9, due: now - 12 * MINUTE, owner: '李敏' }
		),
		row('breached', 'broken', { ...approval, caseId: 'C-1123-0731' }, { cases: 1, due: now - 4 * MINUTE }),
		row('at_risk', 'soon', { ...delivery, stage: 'deliver' }, { cases: 14, due: now + 3.2 * HOUR }),
		row('duplicate_device', 'soon', { device: '…7f3a', customers: 5, reports: 6 }, { cases: 5 }),
		row('overtime_stage', 'soon', { stage: 'material', share: 0.158, over: 174, n: 1_101 }, { cases: 12 }),
		row('device_down', 'soon', { ...branch, device: 'D-07', since: now - HOUR }),
		row('low_stock', 'soon', { ...branch, product: 'debit_standard', quantity: 11, threshold: 40 }),
		row('silent_branch', 'soon', { branchId: 'B040', branch: '嘉兴南湖支行', last: now - 18 * MINUTE, expected: 7 })
	].slice(mood === 'crisis' ? 0 : 1);
	const all = mood === 'crisis' ? [...rows, ...rows, ...rows] : rows;
	return Object.fromEntries(all.map((entry, at) => [`act${at}`, { ...entry, id: `act${at}`, rank: at + 1 }]));
}

export function fakeOverview(world: FakeWorld): OverviewView {
	const { mood, now, rng } = world;
	const empty = mood === 'empty';
	const usual: Record<string, number> = { mobile: 412, counter: 240, phone: 150, vtm: 134, online: 88, wechat: 55 };
	return {
		range: { from: midnight(now), to: now, slot: HOUR },
		branch: null,
		attainment: empty ? null : { met: 5_808, n: 6_000, low: 0.963, high: 0.972 },
		breached: empty ? 0 : mood === 'crisis' ? 416 : 17,
		breachedHourAgo: empty ? null : 8,
		soon: empty ? 0 : 64,
		open: empty ? 0 : 3_208 + (Math.floor(now / 1_000) % 7),
		opened: empty ? 0 : 1_146,
		closed: empty ? 0 : 471,
		freeze: empty ? null : { n: 1_146, p50: 1_900, p90: mood === 'crisis' ? 14_200 : 3_400 },
		freezeTarget: 10 * SECOND,
		stages: stages(world),
		clocks: clocks(world),
		act: acts(world),
		channels: empty
			? {}
			: Object.fromEntries(
					Object.entries(usual).map(([channel, mean]) => {
						const lastHour = Math.round(mean * (channel === 'phone' ? 1.4 : 0.95 + rng.next() / 10));
						return [channel, { lastHour, usual: mean, low: mean * 0.85, high: mean * 1.15, n: 7 }];
					})
				),
		sites: empty
			? {}
			: {
					'A 上海': { status: 'up', latencyMs: 12, age: 4_000 },
					'B 合肥': { status: mood === 'crisis' ? 'down' : 'degraded', latencyMs: 96, age: 9_000 }
				},
		stock: empty
			? {}
			: Object.fromEntries(
					['苏州园区支行', '温州鹿城支行', '宁波海曙支行', '无锡滨湖支行'].map((name, at) => [
						`s${at}`,
						{ branchId: `B00${at}`, branch: name, product: 'debit_gold', quantity: at * 7, threshold: 40 }
					])
				)
	};
}
