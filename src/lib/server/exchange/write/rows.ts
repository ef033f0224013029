import { type EventName, nameOf } from '../../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import { parseTime } from '../../../domain/events/rfc3339.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { Millis } from '../../../domain/time.ts';
import type { EventLog } from '../../log/port.ts';
import { personalFields } from './personal.ts';

/** One event of the log, flat. Everything that has no column of its own is JSON in `attributes`. */
export interface ExportRow {
	case: string | null;
	activity: string;
	/** UTC, to the millisecond. */
	time: string;
	stage: string | null;
	lifecycle: string | null;
	resource: string | null;
	branch: string | null;
	channel: string | null;
	tier: string | null;
	final: boolean | null;
	card: string | null;
	shipment: string | null;
	type: string;
	id: string;
	attributes: string | null;
}

export const COLUMNS = [
	'case',
	'activity',
	'time',
	'stage',
	'lifecycle',
	'resource',
	'branch',
	'channel',
	'tier',
	'final',
	'card',
	'shipment',
	'type',
	'id',
	'attributes'
] as const satisfies readonly (keyof ExportRow)[];

/** Who did it, in the order in which an event's fields are asked. */
const PEOPLE = ['resource', 'by', 'teller', 'agent', 'owner', 'trainee'];
const decoder = new TextDecoder();

function textAt(data: Record<string, unknown>, field: string): string | null {
	const value = data[field];
	return typeof value === 'string' && value !== '' ? value : null;
}

/** Flattens events; personal fields are dropped before anything looks at them unless `personal`. */
export class Flatten {
	readonly #personal: boolean;
	readonly #secret = new Map<EventName, ReadonlySet<string>>();

	constructor(personal: boolean) {
		this.#personal = personal;
	}

	row(event: DomainEvent): ExportRow {
		const name = nameOf(event.type);
		const data = this.#shown(name, event.data as Record<string, unknown>);
		const take = (field: string): string | null => {
			const value = textAt(data, field);
			if (value !== null) delete data[field];
			return value;
		};
		const step = name === 'process.step';
		const person = PEOPLE.find((field) => textAt(data, field) !== null);
		const card = data['card'] as { token?: string } | undefined;
		const row = {
			case: take('caseId'),
			activity: (step ? take('activity') : null) ?? name ?? event.type,
			time: new Date(parseTime(event.time)).toISOString(),
			stage: step ? take('stage') : null,
			lifecycle: take('lifecycle'),
			resource: person === undefined ? null : take(person),
			branch: take('branchId'),
			channel: take('channel'),
			tier: take('tier'),
			final: typeof data['final'] === 'boolean' ? data['final'] : null,
			card: card?.token ?? null,
			shipment: take('shipmentId'),
			type: event.type,
			id: event.id
		};
		delete data['final'];
		const rest = step ? data['attributes'] : data;
		const empty = rest === undefined || Object.keys(rest as object).length === 0;
		return { ...row, attributes: empty ? null : JSON.stringify(rest) };
	}

	#shown(name: EventName | undefined, data: Record<string, unknown>): Record<string, unknown> {
		const shown = { ...data };
		if (this.#personal) return shown;
		if (name === undefined) return {};
		let secret = this.#secret.get(name);
		if (secret === undefined) this.#secret.set(name, (secret = personalFields(name)));
		for (const field of secret) delete shown[field];
		return shown;
	}
}

export interface RowsOptions {
	lane: Lane;
	personal: boolean;
	from?: Millis | undefined;
	to?: Millis | undefined;
}

/** The events of a lane as rows, in log order, batch by batch; `from` (included) and `to` (excluded) bound their time. */
export async function* exportRows(log: EventLog, options: RowsOptions): AsyncGenerator<ExportRow[]> {
	const flatten = new Flatten(options.personal);
	const { from = -Infinity, to = Infinity } = options;
	for await (const { lines } of log.read(0, { lane: options.lane })) {
		const rows: ExportRow[] = [];
		for (const line of decoder.decode(lines).split('\n')) {
			if (line === '') continue;
			const event = JSON.parse(line) as DomainEvent;
			const at = parseTime(event.time);
			if (at >= from && at < to) rows.push(flatten.row(event));
		}
		if (rows.length > 0) yield rows;
	}
}
