import * as z from 'zod';
import { isLane, type Lane } from '../../../domain/lane.ts';
import { isZone } from '../../../domain/sla/zone.ts';
import { STAGES } from '../../../domain/stage.ts';
import { ENCODINGS } from '../read/encoding.ts';
import { FORMATS } from '../read/table.ts';
import { isTimeFormat } from '../timestamps.ts';

const name = z.string().min(1);
const sign = z.string().length(1, 'expected one character');
const column = z
	.union([name, z.strictObject({ column: name, optional: z.boolean().optional() })])
	.describe('a column of the file; {column, optional: true} where it may be absent');
const stage = z.enum(STAGES);

const time = z.union([
	name,
	z.strictObject({
		column: name,
		format: z
			.string()
			.refine(
				isTimeFormat,
				'expected iso, epoch-seconds, epoch-ms, epoch-us, epoch-ns or a pattern such as dd.MM.yyyy HH:mm:ss'
			)
			.optional()
			.describe('iso (default), epoch-seconds, epoch-ms, epoch-us, epoch-ns, or a pattern such as dd.MM.yyyy HH:mm:ss'),
		zone: z
			.string()
			.refine(isZone, 'expected an IANA zone such as Asia/Shanghai')
			.optional()
			.describe('IANA zone for times that name no offset; default: the zone of the bank')
	})
]);

/** What a mapping file may say. `case`, `activity` and `time` suffice. */
export const mappingSchema = z
	.strictObject({
		apiVersion: z.literal('hotcard/v1').optional(),
		kind: z.literal('Mapping').optional(),
		name: name.optional(),
		description: z.string().optional(),
		format: z.enum(FORMATS).optional().describe('default: found by looking into the file'),
		case: column.describe('the column that says which case a row belongs to'),
		activity: column.describe('the column that names what happened'),
		time: time.describe('the column that says when'),
		lifecycle: column.optional(),
		resource: column.optional().describe('who did it: personal data, left out of exports by default'),
		branch: column.optional(),
		channel: column.optional(),
		tier: column.optional(),
		stage: column.optional().describe('a column that already holds our stages'),
		attributes: z
			.union([z.literal('all'), z.array(name)])
			.optional()
			.describe('columns to keep as they are; default: none'),
		csv: z
			.strictObject({ delimiter: sign.optional(), quote: sign.optional(), encoding: z.enum(ENCODINGS).optional() })
			.optional(),
		stages: z.record(z.string(), stage).optional().describe('activity: stage'),
		activities: z
			.record(z.string(), z.strictObject({ stage: stage.optional(), final: z.boolean().optional() }))
			.optional()
			.describe('activity: {stage, final}'),
		final: z.array(name).optional().describe('activities that end a case'),
		objectType: name
			.optional()
			.describe('OCEL: the object type that is the case; default: the one most events relate to'),
		lane: z
			.custom<Lane>((value) => typeof value === 'string' && isLane(value), 'expected live, demo, drill:ID or whatif:ID')
			.optional()
	})
	.meta({ title: 'Mapping of an event log', $id: 'https://hotcard.dev/schema/mapping.json' });

export type Mapping = z.infer<typeof mappingSchema>;

/** JSON Schema 2020-12 of a mapping file, as published in `scenarios/schema/mapping.json`. */
export function mappingJsonSchema(): Record<string, unknown> {
	return z.toJSONSchema(mappingSchema, {
		io: 'input',
		unrepresentable: 'any',
		override: ({ zodSchema, jsonSchema }) => {
			if (zodSchema._zod.def.type === 'custom') {
				Object.assign(jsonSchema, {
					type: 'string',
					pattern: '^(live|demo|(drill|whatif):[A-Za-z0-9][A-Za-z0-9._-]{0,39})$'
				});
			}
		}
	}) as Record<string, unknown>;
}
