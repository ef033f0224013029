import type { Millis } from '../../../domain/time.ts';
import type { OverviewView } from '../../../protocol/views.ts';
import type { DeviceState, SiteComponent } from '../fold/lane-state.ts';
import { expectedOf } from '../open/silence.ts';
import { hourOf } from '../slots.ts';
import { linkTo, type Row, ROWS } from './act-row.ts';
import { branchName, type ViewContext } from './context.ts';

/** Devices of one kind that may be down at once and still have a row each. */
const FEW_DEVICES = 3;

const none = { cases: 0, due: null, owner: null };

interface Down extends DeviceState {
	deviceId: string;
}

function deviceRow(context: ViewContext, { deviceId, branchId, kind, since }: Down): Row {
	const branch = branchName(context, branchId) ?? branchId;
	return {
		...none,
		id: `device_down/${deviceId}`,
		kind: 'device_down',
		severity: 'soon',
		what: { device: deviceId, branchId, branch, ...(kind === null ? {} : { deviceKind: kind }), since },
		link: linkTo('/branches', context, { branch: branchId })
	};
}

/** The branch, or else the province, in which all of them stand. */
function placeOf(context: ViewContext, branches: ReadonlySet<string>): Row['what'] {
	const [first = ''] = branches;
	if (branches.size === 1) return { branchId: first, branch: branchName(context, first) ?? first };
	const known = context.fold.state.branches;
	const province = known.get(first)?.province ?? null;
	for (const id of branches) if (province === null || known.get(id)?.province !== province) return {};
	return province === null ? {} : { province };
}

/** Many devices of one kind in one row: how many, in how many branches, and since when the first of them. */
function devicesRow(context: ViewContext, kind: string | null, down: readonly Down[]): Row {
	const branches = new Set(down.map((one) => one.branchId));
	const place = placeOf(context, branches);
	let since: Millis = Infinity;
	for (const one of down) since = Math.min(since, one.since);
	const what: Row['what'] = { devices: down.length, branches: branches.size, since, ...place };
	if (kind !== null) what['deviceKind'] = kind;
	const filter: Record<string, string> = {};
	if (place['branchId'] !== undefined) filter['branch'] = String(place['branchId']);
	else if (place['province'] !== undefined) filter['province'] = String(place['province']);
	return {
		...none,
		id: `device_down/${kind ?? ''}/many`,
		kind: 'device_down',
		severity: 'soon',
		what,
		link: linkTo('/branches', context, filter)
	};
}

/** Devices that are down: a row each while they are few of a kind, else a row for the kind. */
export function deviceRows(context: ViewContext): Row[] {
	const kinds = new Map<string | null, Down[]>();
	for (const [deviceId, device] of context.fold.state.devices) {
		if (device.status !== 'down') continue;
		const known = kinds.get(device.kind);
		if (known) known.push({ deviceId, ...device });
		else kinds.set(device.kind, [{ deviceId, ...device }]);
	}
	const rows: Row[] = [];
	for (const [kind, down] of kinds) {
		if (down.length <= FEW_DEVICES) rows.push(...down.map((one) => deviceRow(context, one)));
		else rows.push(devicesRow(context, kind, down));
	}
	return rows;
}

function silentRows(context: ViewContext): Row[] {
	const { now, fold } = context;
	const { oldest } = fold.state;
	const silent = [...fold.at(now).silent()].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, ROWS);
	return silent.map(([branchId, branch]) => {
		const expected = Math.round(expectedOf(branch, now, oldest === null ? Infinity : hourOf(oldest)));
		return {
			...none,
			id: `silent_branch/${branchId}`,
			kind: 'silent_branch',
			severity: 'soon',
			what: { branchId, branch: branch.name ?? branchId, last: branch.last, expected },
			link: linkTo('/branches', context, { branch: branchId })
		};
	});
}

/** A site of which some part is down, however many are. */
function siteRow(context: ViewContext, site: string, down: readonly [string, SiteComponent][]): Row {
	const since = Math.min(...down.map(([, part]) => part.since));
	const [[component]] = down as [[string, SiteComponent]];
	return {
		...none,
		id: `site_down/${site}`,
		kind: 'site_down',
		severity: 'broken',
		what: down.length === 1 ? { site, component, since } : { site, parts: down.length, since },
		link: linkTo('/log', context, { type: 'site.health' })
	};
}

/** What needs a person because of a place, not of cases: low stock, silent branches, sites that are down. */
export function placeRows(context: ViewContext, stock: OverviewView['stock']): Row[] {
	const rows: Row[] = Object.entries(stock).map(([key, row]) => ({
		...none,
		id: `low_stock/${key}`,
		kind: 'low_stock',
		severity: row.quantity <= 0 ? 'broken' : 'soon',
		what: { ...row },
		link: linkTo('/branches', context, { branch: row.branchId })
	}));
	rows.push(...silentRows(context));
	for (const [site, components] of context.fold.state.sites) {
		const down = [...components].filter(([, { status }]) => status === 'down');
		if (down.length > 0) rows.push(siteRow(context, site, down));
	}
	return rows;
}
