import type { ClockRule } from '../../../domain/sla/policy.ts';
import type { Stage } from '../../../domain/stage.ts';
import { listed } from '../../../protocol/case-list.ts';
import type { ActNow, OverviewView } from '../../../protocol/views.ts';
import type { PressedGroup } from '../open/counts.ts';
import { deviceRows, placeRows } from './act-places.ts';
import { linkTo, type Row, ROWS } from './act-row.ts';
import { branchName, type ViewContext } from './context.ts';
import type { OpenSummary } from './open-summary.ts';
import type { RangeFacts } from './range-facts.ts';
import { watchOf } from './watch.ts';

/** Share of a stage's clock runs over target from which it needs a person. */
const OVERTIME_ALERT = 0.15;
const FEWEST_RUNS = 20;

/** Cases that broke or are about to break the same clock in the same stage; named by branch where one branch makes half of them. */
function caseRow(context: ViewContext, group: PressedGroup, rule: ClockRule | undefined): Row {
	const { kind, clock, stage, cases, branches, owners } = group;
	const what: Row['what'] = { clock, stage };
	if (rule) Object.assign(what, { clockZh: rule.name.zh, clockEn: rule.name.en, target: rule.target });
	if (rule?.calendar?.dayMs !== undefined) what['workingDay'] = rule.calendar.dayMs;
	const top = branches.most > 0 && branches.most * 2 >= cases.size ? branches.top() : null;
	if (top !== null) {
		Object.assign(what, { branchId: top, branch: branchName(context, top) ?? top, inBranch: branches.most });
	}
	const first = cases.first();
	const alone = cases.size === 1 ? first?.state : undefined;
	if (alone) what['caseId'] = alone.caseId;
	const [owner = null] = owners.keys();
	return {
		id: `${kind}/${clock}/${stage}`,
		kind,
		severity: kind === 'breached' ? 'broken' : 'soon',
		what,
		cases: cases.size,
		due: first && first.due < Infinity ? first.due : null,
		owner: owners.size === 1 ? owner : null,
		link: alone
			? linkTo(`/cases/${encodeURIComponent(alone.caseId)}`, context, {})
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

function repeatRows(context: ViewContext): Row[] {
	return context.fold
		.at(context.now)
		.repeats.at(context.now)
		.map(({ deviceId, reports, customers }): Row => {
			const ids = [...new Set(reports.map((report) => report.caseId))];
			// Rows are shared by every reader of a room: the device is named by its last letters only.
			const device = context.unmasked ? deviceId : `…${deviceId.slice(-4)}`;
			return {
				id: `duplicate_device/${deviceId.slice(-4)}/${reports[0]?.caseId ?? ''}`,
				kind: 'duplicate_device',
				severity: 'soon',
				what: { device, customers, reports: reports.length },
				cases: ids.length,
				due: null,
				owner: null,
				link: linkTo('/cases', context, { status: 'all', cases: listed(ids) })
			};
		});
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

/** Devices that one row stands for: many together come before single ones. */
const devicesIn = ({ what }: Row): number => (typeof what['devices'] === 'number' ? what['devices'] : 0);

/** The one ranked list: broken before soon, then by kind, the most cases or devices and the earliest due first. */
export function actNow(
	context: ViewContext,
	summary: OpenSummary,
	facts: RangeFacts,
	stock: OverviewView['stock']
): Record<string, ActNow> {
	const rows = [
		...[...summary.groups.values()].map((group) => caseRow(context, group, context.targets.rules.get(group.clock))),
		...stageRows(context, facts, summary),
		...deviceRows(context),
		...repeatRows(context),
		...placeRows(context, stock)
	];
	rows.sort(
		(a, b) =>
			SEVERITY[a.severity] - SEVERITY[b.severity] ||
			KIND[a.kind] - KIND[b.kind] ||
			b.cases - a.cases ||
			devicesIn(b) - devicesIn(a) ||
			(a.due ?? Infinity) - (b.due ?? Infinity) ||
			(a.id < b.id ? -1 : 1)
	);
	return Object.fromEntries(rows.slice(0, ROWS).map((row, index) => [row.id, { ...row, rank: index + 1 }]));
}
