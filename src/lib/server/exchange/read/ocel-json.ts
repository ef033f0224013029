import * as z from 'zod';
import { HotcardError } from '../../../domain/error.ts';
import { pointerOf } from '../../../domain/events/validate.ts';
import { type Head, textStream } from './bytes.ts';
import { FileEncoding } from './encoding.ts';
import { type JsonElement, JsonElements, NotJson } from './json-elements.ts';
import { cellOf } from './ndjson.ts';
import { checkedType, chosen, Flattening, mostRelated, type OcelEvent, relate } from './ocel.ts';
import type { Row, Table } from './table.ts';

const relationship = z.object({ objectId: z.string(), qualifier: z.string().optional() });
const eventSchema = z.object({
	id: z.string(),
	type: z.string(),
	time: z.string(),
	attributes: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
	relationships: z.array(relationship).optional()
});
const objectSchema = z.object({ id: z.string(), type: z.string() });

function invalid(file: string, what: string, place: { pointer?: string } = {}, cause?: unknown): HotcardError {
	return new HotcardError('ocel-invalid', `${file} is not OCEL 2.0: ${what}`, {
		cause,
		place: { file, ...place },
		remedy: 'See https://www.ocel-standard.org for the JSON form of OCEL 2.0.'
	});
}

/** The elements of some lists of the document, piece by piece. Throws `ocel-invalid` where it is not JSON or lacks one of them. */
async function* elements(file: string, head: Head, lists: readonly string[]): AsyncGenerator<JsonElement[]> {
	const cutter = new JsonElements(lists);
	try {
		for await (const text of textStream(file, head.gzip, new FileEncoding(file, head.bytes, { wanted: 'utf-8' })))
			yield cutter.push(text);
		cutter.end();
	} catch (cause) {
		if (!(cause instanceof NotJson)) throw cause;
		throw invalid(file, `it is not JSON: ${cause.message}`, {}, cause);
	}
	const missing = lists.find((list) => !cutter.lists.includes(list));
	if (missing !== undefined) throw invalid(file, `at /${missing}: expected a list`, { pointer: `/${missing}` });
}

type Parsed<T extends z.ZodType> = { value: z.output<T> } | { pointer: string; message: string };

function parsed<T extends z.ZodType>(schema: T, { list, index, text }: JsonElement): Parsed<T> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		return { pointer: `/${list}/${index}`, message: (cause as Error).message };
	}
	const checked = schema.safeParse(value);
	if (checked.success) return { value: checked.data };
	const issue = checked.error.issues[0]!;
	return { pointer: pointerOf([list, index, ...issue.path]), message: issue.message.replace(/^Invalid input: /, '') };
}

function eventOf({ id, type, time, attributes = [], relationships = [] }: z.output<typeof eventSchema>): OcelEvent {
	return {
		id,
		type,
		time,
		fields: attributes.map(({ name, value }) => [name, cellOf(value)]),
		objects: relationships.map(({ objectId }) => objectId)
	};
}

/**
 * An OCEL 2.0 JSON log, flattened to the cases of one object type. The file is read as a stream, once for its objects and once
 * for its events (and once more to find the type of the case, where none is named): only the objects' ids and types are held.
 * Throws `ocel-invalid`, `object-type-missing`.
 */
export async function openOcelJson(file: string, head: Head, objectType?: string): Promise<Table> {
	const types = new Map<string, string>();
	const names = new Map<string, string>();
	for await (const found of elements(file, head, ['objects', 'events'])) {
		for (const element of found) {
			if (element.list !== 'objects') continue;
			const object = parsed(objectSchema, element);
			if ('pointer' in object) throw invalid(file, `at ${object.pointer}: ${object.message}`, object);
			const { id, type } = object.value;
			// One text for each type, not one for each object.
			if (!names.has(type)) names.set(type, type);
			types.set(id, names.get(type)!);
		}
	}
	checkedType(file, objectType, types);
	let caseType: string | null = objectType ?? null;
	if (objectType === undefined) {
		const counts = new Map<string, number>();
		for await (const found of elements(file, head, ['events'])) {
			for (const element of found) {
				const event = parsed(eventSchema, element);
				if ('value' in event) relate(counts, eventOf(event.value).objects, types);
			}
		}
		caseType = mostRelated(counts);
	}
	const flattening = new Flattening(types, caseType);
	async function* batches(): AsyncGenerator<Row[]> {
		for await (const found of elements(file, head, ['events'])) {
			yield found.flatMap((element) => {
				const event = parsed(eventSchema, element);
				if ('value' in event) return flattening.rows(eventOf(event.value));
				return [flattening.broken(element.text, `at ${event.pointer}: ${event.message}`)];
			});
		}
	}
	const notes = objectType === undefined && caseType !== null ? [chosen(caseType)] : [];
	return { format: 'ocel-json', columns: flattening.columns.names, growing: true, notes, batches };
}
