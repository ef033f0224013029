import { CATALOGUE, typeOf, type EventName } from './catalogue.ts';
import { dataSchema, type JsonSchema } from './json-schema.ts';

function typeText(schema: JsonSchema): string {
	if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => `\`${String(value)}\``).join(', ');
	if (schema['type'] === 'array') return `list of ${schema.items ? typeText(schema.items) : 'anything'}`;
	const low = schema['minimum'] ?? schema['exclusiveMinimum'];
	const high = schema['maximum'];
	const known = (bound: unknown) => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
	const range = `${known(low) ? ` from ${low}` : ''}${known(high) ? ` to ${high}` : ''}`;
	const format = typeof schema['format'] === 'string' ? ` (${schema['format']})` : '';
	return `${String(schema['type'] ?? 'any')}${format}${range}`;
}

function rows(schema: JsonSchema, prefix: string): string[] {
	return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
		const needed = schema.required?.includes(name) ? 'yes' : '';
		const cells = [`\`${prefix}${name}\``, typeText(field), needed, field['x-pfi'] ?? '', field.description ?? ''];
		return [`| ${cells.join(' | ')} |`, ...rows(field, `${prefix}${name}.`)];
	});
}

/** The event reference as Markdown, made of the catalogue. */
export function eventReference(): string {
	const parts = [
		'# Events',
		'',
		'Made from the event catalogue; do not edit. Each event is a CloudEvent 1.0 with `specversion`, `id`, `source`, `type`,',
		'`time` (RFC 3339 with offset: when it happened) and `data`. Fields that are not listed are allowed and kept.',
		'A `source` may end with who told the event and is of class C2; a `time` and a `partitionkey` (branch) are of class C1.',
		'Class: after JR/T 0171-2020, C1 or C2 for data about a person; none where a field tells nothing of one.'
	];
	for (const name of Object.keys(CATALOGUE) as EventName[]) {
		parts.push(
			'',
			`## ${name}`,
			'',
			`Type \`${typeOf(name)}\`, schema \`scenarios/schema/events/${name}.v1.schema.json\`.`,
			''
		);
		parts.push(
			'| field | value | required | class | meaning |',
			'| --- | --- | --- | --- | --- |',
			...rows(dataSchema(name), '')
		);
	}
	return `${parts.join('\n')}\n`;
}
