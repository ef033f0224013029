import * as z from 'zod';
import { calendarSchema } from '../sla/calendar-schema.ts';
import { matchListSchema, matchSchema, policySchema, wordListSchema } from '../sla/policy-schema.ts';
import { CATALOGUE, typeOf, type EventName } from './catalogue.ts';

export interface JsonSchema {
	[key: string]: unknown;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	items?: JsonSchema;
	description?: string;
	'x-pfi'?: string;
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const BASE = 'https://hotcard.example/schemas';

/** JSON Schema of the `data` of one event. Fields that are not named are allowed and kept. */
export function dataSchema(name: EventName): JsonSchema {
	const { $schema: _, ...schema } = z.toJSONSchema(CATALOGUE[name], { io: 'input' }) as JsonSchema;
	return schema;
}

const plain = (more: JsonSchema = {}): JsonSchema => ({ type: 'string', ...more, 'x-pfi': 'none' });

/** The attributes of an event beside its data. A source may end with who told it (`…/teller/T04`), a time tells when a person acted. */
export const ENVELOPE: Readonly<Record<string, JsonSchema>> = {
	specversion: { const: '1.0', 'x-pfi': 'none' },
	id: plain({ minLength: 1 }),
	source: { type: 'string', minLength: 1, format: 'uri-reference', 'x-pfi': 'C2' },
	type: plain(),
	time: { type: 'string', format: 'date-time', 'x-pfi': 'C1' },
	subject: plain(),
	datacontenttype: plain(),
	dataschema: plain(),
	partitionkey: { type: 'string', 'x-pfi': 'C1' },
	sequence: plain(),
	traceparent: plain(),
	simrun: plain()
};

/** JSON Schema of one event as it travels: the CloudEvents envelope with its data. */
export function eventSchema(name: EventName): JsonSchema {
	return {
		$schema: DIALECT,
		$id: `${BASE}/${name}/1`,
		title: name,
		type: 'object',
		properties: {
			...ENVELOPE,
			type: { const: typeOf(name), 'x-pfi': 'none' },
			data: dataSchema(name)
		},
		required: ['specversion', 'id', 'source', 'type', 'time', 'data']
	};
}

/** JSON Schema of a file that people write: a policy or a calendar, with the short forms they may use. */
function fileSchema(schema: z.ZodType, id: string): JsonSchema {
	const made = z.toJSONSchema(schema, {
		io: 'output',
		override: ({ zodSchema, jsonSchema }) => {
			if (jsonSchema.type === 'object' && jsonSchema.properties) {
				// What has a default need not be written.
				const { properties } = jsonSchema;
				const required = jsonSchema.required?.filter((key) => !hasDefault(properties[key]));
				if (required?.length) jsonSchema.required = required;
				else delete jsonSchema.required;
			}
			const own = zodSchema as z.core.$ZodType;
			if (own === matchSchema) shorten(jsonSchema, [{ type: 'string', enum: Object.keys(CATALOGUE) }]);
			if (own === matchListSchema || own === wordListSchema)
				shorten(jsonSchema, jsonSchema.items ? [jsonSchema.items as JsonSchema] : []);
		},
		reused: 'ref'
	}) as JsonSchema;
	return { ...made, $id: `${BASE}/${id}`, title: id };
}

function hasDefault(schema: unknown): boolean {
	return typeof schema === 'object' && schema !== null && 'default' in schema;
}

function shorten(schema: object, short: readonly object[]): void {
	const full = { ...schema };
	for (const key of Object.keys(schema)) delete (schema as Record<string, unknown>)[key];
	Object.assign(schema, { anyOf: [...short, full] });
}

/** Every published schema, as `path under scenarios/schema → text`. */
export function publishedSchemas(): Map<string, string> {
	const files = new Map<string, string>();
	const add = (path: string, schema: JsonSchema) => files.set(path, `${JSON.stringify(schema, null, '\t')}\n`);
	add('policy.schema.json', fileSchema(policySchema, 'policy'));
	add('calendar.schema.json', fileSchema(calendarSchema, 'calendar'));
	for (const name of Object.keys(CATALOGUE) as EventName[]) add(`events/${name}.v1.schema.json`, eventSchema(name));
	return files;
}
