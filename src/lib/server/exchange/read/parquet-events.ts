import type { DomainEvent } from '../../../domain/events/event.ts';
import type { Cell, Row } from './table.ts';

/** The columns in which the simulator writes its events. */
const COLUMNS: Readonly<Record<string, string>> = {
	id: 'VARCHAR',
	source: 'VARCHAR',
	type: 'VARCHAR',
	time: 'TIMESTAMP WITH TIME ZONE',
	case_id: 'VARCHAR',
	branch_id: 'VARCHAR',
	channel: 'VARCHAR',
	simrun: 'VARCHAR',
	data: 'VARCHAR'
};

/** What is asked of such a file: `branch_id` and `channel` only repeat what `data` holds. Times as the simulator's lines have them. */
export const EVENT_FIELDS = `id, source, type,
	strftime(timezone('UTC', "time") + INTERVAL 8 HOUR, '%Y-%m-%dT%H:%M:%S.%g+08:00'), case_id, simrun, data`;

/** Whether a file holds events of ours, by its columns. */
export function areEvents(columns: readonly { name: string; type: string }[]): boolean {
	const types = new Map(columns.map(({ name, type }) => [name, type]));
	return Object.entries(COLUMNS).every(([name, type]) => types.get(name) === type);
}

/** A row of `EVENT_FIELDS` as the event that it is, the same as from a line of NDJSON. */
export function eventRow(cells: readonly Cell[], number: number): Row {
	const [id, source, type, time, subject, simrun, json] = cells;
	let data: unknown;
	try {
		data = JSON.parse(String(json));
	} catch (cause) {
		const { message } = cause as Error;
		const problem = { code: 'json', detail: `data: ${message}`, detailZh: `data 不是有效的 JSON：${message}` };
		return { line: number, number, cells, problem };
	}
	const event = {
		...{ specversion: '1.0', id, source, type, time },
		...(subject === null ? {} : { subject }),
		...(simrun === null ? {} : { simrun }),
		data
	};
	return { line: number, number, cells: [], event: event as DomainEvent };
}
