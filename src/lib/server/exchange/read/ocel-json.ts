import * as z from 'zod';
import { HotcardError } from '../../../domain/error.ts';
import { pointerOf } from '../../../domain/events/validate.ts';
import { type Head, textStream } from './bytes.ts';
import { cellOf } from './ndjson.ts';
import { checkedType, commonest, Flattening, type OcelEvent } from './ocel.ts';
import type { Row, Table } from './table.ts';

const relationship = z.object({ objectId: z.string(), qualifier: z.string().optional() });
const schema = z.object({
	events: z.array(
		z.object({
			id: z.string(),
			type: z.string(),
			time: z.string(),
			attributes: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
			relationships: z.array(relationship).optional()
		})
	),
	objects: z.array(z.object({ id: z.string(), type: z.string() }))
});

const ROWS = 5_000;
/** One JSON document must be held whole: beyond this a file is better given as SQLite. */
const LARGEST = 400 * 1024 * 1024;

async function readDocument(file: string, head: Head): Promise<unknown> {
	const parts: string[] = [];
	let length = 0;
	for await (const text of textStream(file, head.gzip, 'utf-8')) {
		parts.push(text);
		length += text.length;
		if (length > LARGEST) {
			throw new HotcardError('file-too-large', `${file} is OCEL JSON of more than 400 MB`, {
				place: { file },
				remedy: 'Give the log in the SQLite form of OCEL 2.0, which is read piece by piece.'
			});
		}
	}
	try {
		return JSON.parse(parts.join(''));
	} catch (cause) {
		const message = `${file} is not JSON: ${(cause as Error).message}`;
		throw new HotcardError('ocel-invalid', message, { cause, place: { file }, remedy: 'Export it again.' });
	}
}

/** An OCEL 2.0 JSON log, flattened to the cases of one object type. Throws `ocel-invalid`, `object-type-missing`. */
export async function openOcelJson(file: string, head: Head, objectType?: string): Promise<Table> {
	const checked = schema.safeParse(await readDocument(file, head));
	if (!checked.success) {
		const issue = checked.error.issues[0]!;
		const pointer = pointerOf(issue.path);
		throw new HotcardError('ocel-invalid', `${file} is not OCEL 2.0: at ${pointer}: ${issue.message}`, {
			place: { file, pointer },
			remedy: 'See https://www.ocel-standard.org for the JSON form of OCEL 2.0.'
		});
	}
	const { events: raw, objects } = checked.data;
	const types = new Map(objects.map(({ id, type }) => [id, type]));
	checkedType(file, objectType, types);
	const events = raw.map(({ id, type, time, attributes = [], relationships = [] }): OcelEvent => ({
		id,
		type,
		time,
		fields: attributes.map(({ name, value }) => [name, cellOf(value)]),
		objects: relationships.map(({ objectId }) => objectId)
	}));
	const caseType = objectType ?? commonest(events, types);
	const flattening = new Flattening(types, caseType);
	async function* batches(): AsyncGenerator<Row[]> {
		for (let i = 0; i < events.length; i += ROWS) {
			yield events.slice(i, i + ROWS).flatMap((event) => flattening.rows(event));
		}
	}
	const notes = objectType === undefined && caseType !== null ? [`The case is the object type "${caseType}".`] : [];
	return { format: 'ocel-json', columns: flattening.columns.names, growing: true, notes, batches };
}
