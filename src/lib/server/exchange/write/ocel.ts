import type { ExportRow } from './rows.ts';
import { XES_KEYS } from './xes.ts';

interface Relation {
	objectId: string;
	qualifier: string;
}

/** The objects of a row beside its case: type, qualifier, and the column that names it. */
const OBJECTS = [
	['card', 'lost card', 'card'],
	['branch', 'at branch', 'branch'],
	['teller', 'handled by', 'resource'],
	['shipment', 'shipped as', 'shipment']
] as const;

/** Columns that OCEL keeps as attributes of the event. */
const KEPT = ['lifecycle', 'resource', 'stage', 'branch', 'channel', 'tier', 'final', 'type', 'attributes'] as const;

function list(open: string, items: readonly unknown[]): string {
	return `${open}[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
}

/** OCEL 2.0 JSON: events as they come, then the objects that they named: case, card token, branch, teller and shipment. */
export async function* ocelText(rows: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
	const objects = new Map<string, string>();
	const eventTypes = new Map<string, Set<(typeof KEPT)[number]>>();
	let count = 0;
	yield '{"events":[\n';
	for await (const batch of rows) {
		let text = '';
		for (const row of batch) {
			const known = eventTypes.get(row.activity) ?? new Set();
			eventTypes.set(row.activity, known);
			const attributes: { name: string; value: string | boolean }[] = [];
			for (const column of KEPT) {
				const value = row[column];
				if (value === null) continue;
				known.add(column);
				attributes.push({ name: XES_KEYS[column], value });
			}
			const event = {
				id: `e${++count}`,
				type: row.activity,
				time: row.time,
				attributes,
				relationships: relate(row, objects)
			};
			text += (count > 1 ? ',\n' : '') + JSON.stringify(event);
		}
		yield text;
	}
	const types = [...new Set(objects.values())];
	const events = [...eventTypes].map(([name, columns]) => ({
		name,
		attributes: [...columns].map((column) => ({
			name: XES_KEYS[column],
			type: column === 'final' ? 'boolean' : 'string'
		}))
	}));
	yield list(
		'\n],\n"objects":',
		[...objects].map(([id, type]) => ({ id, type, attributes: [], relationships: [] }))
	);
	yield list(
		',\n"objectTypes":',
		types.map((name) => ({ name, attributes: [] }))
	);
	yield list(',\n"eventTypes":', events) + '}\n';
}

function relate(row: ExportRow, objects: Map<string, string>): Relation[] {
	const relations: Relation[] = [];
	if (row.case !== null) {
		objects.set(row.case, 'case');
		relations.push({ objectId: row.case, qualifier: 'case' });
	}
	for (const [type, qualifier, column] of OBJECTS) {
		const name = row[column];
		if (name === null) continue;
		// Ids are unique over all types in OCEL: only the case keeps its plain one.
		const objectId = `${type}:${name}`;
		objects.set(objectId, type);
		relations.push({ objectId, qualifier });
	}
	return relations;
}
