import { stringify } from 'yaml';
import { formatOf } from './guess-time.ts';
import type { CellType } from './guess-type.ts';

interface Seen {
	name: string;
	type: CellType;
	samples: string[];
	/** How many different values the first rows hold. */
	distinct: number;
}

/** Usual names of columns, best first, in small letters. */
const NAMES = {
	case: [
		'case:concept:name',
		'case_id',
		'caseid',
		'case',
		'case id',
		'业务单号',
		'业务单',
		'案件编号',
		'单号',
		'ticket',
		'ticket_id',
		'order_id',
		'order',
		'request_id',
		'incident',
		'vorgang',
		'dossier',
		'expediente',
		'zaak',
		'application',
		'trace',
		'id'
	],
	activity: [
		'concept:name',
		'activity',
		'activity_name',
		'event',
		'event_name',
		'task',
		'step',
		'活动',
		'环节',
		'步骤',
		'操作',
		'action',
		'status',
		'state',
		'tätigkeit',
		'aktivität',
		'activité',
		'actividad',
		'trámite',
		'tramite',
		'attività',
		'activiteit',
		'name',
		'ocel:activity'
	],
	time: [
		'time:timestamp',
		'timestamp',
		'time',
		'event_time',
		'datetime',
		'date',
		'时间',
		'发生时间',
		'操作时间',
		'complete_timestamp',
		'end_time',
		'start_time',
		'completed',
		'started',
		'created_at',
		'@timestamp',
		'zeitpunkt',
		'fecha',
		'datum',
		'ocel:timestamp'
	],
	lifecycle: ['lifecycle:transition', 'lifecycle', 'transition', '生命周期'],
	resource: ['org:resource', 'resource', 'user', 'employee', 'teller', 'agent', '柜员', '经办人', '操作员', '处理人'],
	branch: ['branch', 'branch_id', 'branchid', '网点', '机构', '网点号', '机构号'],
	channel: ['channel', 'case:channel', '渠道'],
	tier: ['tier', 'customer_tier', '客户等级', '等级']
} as const;

type Role = keyof typeof NAMES;

const plain = (name: string): string => name.trim().toLowerCase();

function byName(columns: readonly Seen[], role: Role, free: (seen: Seen) => boolean): Seen | undefined {
	const usable = columns.filter(free);
	for (const name of NAMES[role]) {
		const found = usable.find(
			(seen) => plain(seen.name).replaceAll(/[\s.-]+/g, '_') === name.replaceAll(' ', '_') || plain(seen.name) === name
		);
		if (found) return found;
	}
	return usable.find((seen) => NAMES[role].some((name) => name.length > 3 && plain(seen.name).includes(name)));
}

const timely = (seen: Seen): boolean => seen.type === 'time' || seen.type.startsWith('epoch');

function timeOf(seen: Seen): unknown {
	if (seen.type.startsWith('epoch')) return { column: seen.name, format: seen.type };
	// A column of times with a bad one among them is taken for text, and still a column of times.
	const format = formatOf(seen.samples);
	return format === undefined || format === 'iso' ? seen.name : { column: seen.name, format };
}

const isLong = (text: string): boolean => /^\d{12,19}$/.test(text);

/** A mapping in YAML for a table nobody has described yet: usual names first, then types. Roles not found are left for the reader to fill in. */
export function guessMapping(columns: readonly Seen[]): string {
	const taken = new Set<Seen>();
	const roles: Record<string, unknown> = {};
	const free = (seen: Seen): boolean => !taken.has(seen);
	const take = (role: Role, seen: Seen | undefined, value: unknown): void => {
		if (seen) taken.add(seen);
		roles[role] = value;
	};
	const time =
		byName(columns.filter(timely), 'time', free) ??
		columns.find((seen) => seen.type === 'time') ??
		columns.find(timely) ??
		byName(columns, 'time', free);
	if (time) taken.add(time);
	const activity = byName(columns, 'activity', free);
	if (activity) taken.add(activity);
	const first = byName(columns, 'case', free) ?? columns.find(free);
	take('case', first, first?.name ?? 'NAME THE CASE COLUMN');
	const texts = columns.filter((seen) => free(seen) && seen.type === 'text');
	// A column that holds one text only tells no steps apart.
	const rank = ({ distinct }: Seen): number => (distinct > 1 ? distinct : Infinity);
	const step = activity ?? texts.sort((a, b) => rank(a) - rank(b))[0];
	take('activity', step, step?.name ?? 'NAME THE ACTIVITY COLUMN');
	take('time', time, time ? timeOf(time) : 'NAME THE TIME COLUMN');
	for (const role of ['lifecycle', 'resource', 'branch', 'channel', 'tier'] as const) {
		const found = byName(columns, role, free);
		if (found) take(role, found, found.name);
	}
	// Numbers as long as those of cards would refuse every tenth row.
	const rest = columns.filter((seen) => free(seen) && !seen.samples.some(isLong)).map((seen) => seen.name);
	const mapping = {
		apiVersion: 'hotcard/v1',
		kind: 'Mapping',
		...roles,
		...(rest.length > 0 ? { attributes: rest } : {})
	};
	return stringify(mapping, { lineWidth: 0 });
}
