import * as z from 'zod';
import { CATALOGUE, type EventName } from '../../../domain/events/catalogue.ts';

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap());
	return schema instanceof z.ZodArray ? unwrap(schema.element) : schema;
}

/** Fields of an event that are C2 or C3 after JR/T 0171, and those whose class nobody knows: attributes of foreign logs. */
export function personalFields(name: EventName): ReadonlySet<string> {
	const personal = new Set<string>();
	for (const [field, schema] of Object.entries(CATALOGUE[name].shape)) {
		const inner = unwrap(schema);
		const pfi = z.globalRegistry.get(schema)?.['x-pfi'] ?? z.globalRegistry.get(inner)?.['x-pfi'];
		if (pfi === undefined || pfi === 'C2' || pfi === 'C3') personal.add(field);
	}
	return personal;
}
