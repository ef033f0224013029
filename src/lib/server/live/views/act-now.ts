import type { ClockRule } from '../../../domain/sla/policy.ts';
import type { Stage } from '../../../domain/stage.ts';
import { DAY, type Millis } from '../../../domain/time.ts';
import type { ActNow } from '../../../protocol/views.ts';
import type { LiveCase } from '../fold/lane-state.ts';
import { branchName, type ViewContext } from './context.ts';
import type { OpenSummary } from './open-summary.ts';
import { silentBranches, stockView } from './places.ts';
import type { RangeFacts } from './range-facts.ts';
import { watchOf } from './watch.ts';

/** Share of a stage's clock runs over target from which it needs a person. */
const OVERTIME_ALERT = 0.15;
const FEWEST_RUNS = 20;
const SAME_DEVICE = 3;
const ROWS = 40;

type Row = Omit<ActNow, 'rank'>;

const linkTo = (path: string, context: ViewContext, query: Record<string, string>): string =>
	`${path}?${new URLSearchParams({ lane: context.lane, ...query })}`;

interface Group {
	kind: 'breached' | 'at_risk';
	clock: string;
	stage: string;
	entries: LiveCase[];
	due: Millis;
	branches: Map<string, number>;
}

function groups(summary: OpenSummary): Group[] {
	const found = new Map<string, Group>();
	for (const { entry, pressing } of summary.pressed) {
		if (pressing.run === null || (pressing.pressure !== 'breached' && pressing.pressure !== 'at_risk')) continue;
		const { stage, branchId } = entry.state;
		const kind = pressing.pressure;
		const key = `${kind}|${pressing.run.clock}|${stage}`;
		let group = found.get(key);
		if (!group) {
			group = { kind, clock: pressing.run.clock, stage, entries: [], due: Infinity, branches: new Map() };
			found.set(key, group);
		}
		group.entries.push(entry);
		group.due = Math.min(group.due, pressing.run.dueAt ?? Infinity);
		if (branchId !== null) group.branches.set(branchId, (group.branches.get(branchId) ?? 0) + 1);
	}
	return [...found.values()];
}

/** Cases that broke or are about to break the same clock in the same stage; named by branch where one branch makes half of them. */
function caseRow(context: ViewContext, group: Group, rule: ClockRule | undefined): Row {
	const { kind, clock, stage, entries } = group;
	const what: Row['what'] = { clock, stage };
	if (rule) Object.assign(what, { clockZh: rule.name.zh, clockEn: rule.name.en, target: rule.target });
	if (rule?.calendar?.dayMs !== undefined) what['workingDay'] = rule.calendar.dayMs;
	const [top] = [...group.branches].sort((a, b) => b[1] - a[1]);
	if (top && top[1] * 2 >= entries.length) {
		Object.assign(what, { branchId: top[0], branch: branchName(context, top[0]) ?? top[0], inBranch: top[1] });
	}
	const [first] = entries;
	const alone = entries.length === 1 ? first : undefined;
	if (alone) what['caseId'] = alone.state.caseId;
	const owner = first?.state.owner ?? null;
	return {
		id: `${kind}/${clock}/${stage}`,
		kind,
		severity: kind === 'breached' ? 'broken' : 'soon',
		what,
		cases: entries.length,
		due: Number.isFinite(group.due) ? group.due : null,
		owner: entries.every((entry) => entry.state.owner === owner) ? owner : null,
		link: alone
			? linkTo(`/cases/${encodeURIComponent(alone.state.caseId)}`, context, {})
			: linkTo('/cases', context, { status: kind, clock, stage })
	};
}

function stageRows(context: ViewContext, facts: RangeFacts, summary: OpenSummary): Row[] {
	return [...facts.stages.keys()].flatMap((stage): Row[] => {
		// Only what the watching clock counted can be over its target: a case may lie in a stage while no clock runs.
		const watch = watchOf(context, stage as Stage, summary, facts);
		const counted = watch === null ? undefined : facts.clocks.get(watch.id);
		if (counted === undefined || counted.n < FEWEST_RUNS) return [];
		const { n, met } = counted;
		const over = n - met;
		if (over / n < OVERTIME_ALERT) return [];
		return [
			{
				id: `overtime_stage/${stage}`,
				kind: 'overtime_stage',
				severity: 'soon',
				what: { stage, share: over / n, over, n },
				cases: summary.stages.get(stage)?.open ?? 0,
				due: null,
				owner: null,
				link: linkTo('/cases', context, { stage })
			}
		];
	});
}

function deviceRows(context: ViewContext): Row[] {
	const rows: Row[] = [];
	for (const [deviceId, { branchId, kind, status, since }] of context.fold.state.devices) {
		if (status !== 'down') continue;
		const branch = branchName(context, branchId) ?? branchId;
		rows.push({
			id: `device_down/${deviceId}`,
			kind: 'device_down',
			severity: 'soon',
			what: { device: deviceId, branchId, branch, ...(kind === null ? {} : { deviceKind: kind }), since },
			cases: 0,
			due: null,
			owner: null,
			link: linkTo('/branches', context, { branch: branchId })
		});
	}
	return rows;
}

function repeatRows(context: ViewContext): Row[] {
	const rows: Row[] = [];
	for (const [deviceId, reports] of context.fold.state.deviceReports) {
		const fresh = reports.filter((report) => report.at > context.now - DAY && report.at <= context.now);
		const customers = new Set(fresh.map((report) => report.customer)).size;
		if (customers < SAME_DEVICE) continue;
		// Rows are shared by every reader of a room: the device is named by its last letters only.
		const device = context.unmasked ? deviceId : `…${deviceId.slice(-4)}`;
		rows.push({
			id: `duplicate_device/${deviceId.slice(-4)}/${fresh[0]?.caseId ?? ''}`,
			kind: 'duplicate_device',
			severity: 'soon',
			what: { device, customers, reports: fresh.length },
			cases: fresh.length,
			due: null,
			owner: null,
			link: linkTo('/cases', context, { text: fresh.at(-1)?.caseId ?? '' })
		});
	}
	return rows;
}

function placeRows(context: ViewContext): Row[] {
	const none = { cases: 0, due: null, owner: null };
	const rows: Row[] = Object.entries(stockView(context)).map(([key, row]) => ({
		...none,
		id: `low_stock/${key}`,
		kind: 'low_stock',
		severity: row.quantity <= 0 ? 'broken' : 'soon',
		what: { ...row },
		link: linkTo('/branches', context, { branch: row.branchId })
	}));
	for (const { branchId, last, expected } of silentBranches(context.fold.state, context.now)) {
		rows.push({
			...none,
			id: `silent_branch/${branchId}`,
			kind: 'silent_branch',
			severity: 'soon',
			what: { branchId, branch: branchName(context, branchId) ?? branchId, last, expected: Math.round(expected) },
			link: linkTo('/branches', context, { branch: branchId })
		});
	}
	for (const [site, components] of context.fold.state.sites) {
		for (const [component, { status, at }] of components) {
			if (status !== 'down') continue;
			const what = { site, component, since: at };
			rows.push({
				...none,
				id: `site_down/${site}/${component}`,
				kind: 'site_down',
				severity: 'broken',
				what,
				link: linkTo('/', context, {})
			});
		}
	}
	return rows;
}

const SEVERITY = { broken: 0, soon: 1, info: 2 } as const;
const KIND: Record<ActNow['kind'], number> = {
	site_down: 0,
	breached: 1,
	at_risk: 2,
	duplicate_device: 3,
	overtime_stage: 4,
	device_down: 5,
	low_stock: 6,
	silent_branch: 7
};

/** The one ranked list: broken before soon, then by kind, the most cases and the earliest due first. */
export function actNow(context: ViewContext, summary: OpenSummary, facts: RangeFacts): Record<string, ActNow> {
	const rows = [
		...groups(summary).map((group) => caseRow(context, group, context.targets.rules.get(group.clock))),
		...stageRows(context, facts, summary),
		...deviceRows(context),
		...repeatRows(context),
		...placeRows(context)
	];
	rows.sort(
		(a, b) =>
			SEVERITY[a.severity] - SEVERITY[b.severity] ||
			KIND[a.kind] - KIND[b.kind] ||
			b.cases - a.cases ||
			(a.due ?? Infinity) - (b.due ?? Infinity) ||
			(a.id < b.id ? -1 : 1)
	);
	return Object.fromEntries(rows.slice(0, ROWS).map((row, index) => [row.id, { ...row, rank: index + 1 }]));
}
