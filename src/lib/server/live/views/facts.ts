import * as z from 'zod';
import { CATALOGUE, type EventName } from '../../../domain/events/catalogue.ts';
import type { Happening } from '../../../domain/events/event.ts';
import type { TimelineEntry } from '../../../protocol/views.ts';
import { maskPerson } from './case-row.ts';

type Facts = TimelineEntry['facts'];

/** Fields that say where an event belongs, not what it tells. */
const KEYS: ReadonlySet<string> = new Set(['caseId', 'activity', 'stage', 'lifecycle']);
const ACTORS = ['by', 'resource', 'teller', 'agent', 'trainee', 'actor', 'owner'] as const;
const LONGEST = 200;

const personal = new WeakMap<object, ReadonlySet<string>>();

/** Fields of an event that identify a person (class C2 or C3). Derived from the catalogue once per event name. */
function personalFields(name: EventName): ReadonlySet<string> {
	const schema = CATALOGUE[name];
	const known = personal.get(schema);
	if (known) return known;
	const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as {
		properties?: Record<string, { 'x-pfi'?: string; items?: { 'x-pfi'?: string } }>;
	};
	const found = new Set<string>();
	for (const [field, shape] of Object.entries(json.properties ?? {})) {
		const pfi = shape['x-pfi'] ?? shape.items?.['x-pfi'];
		if (pfi === 'C2' || pfi === 'C3') found.add(field);
	}
	personal.set(schema, found);
	return found;
}

/** A card as people may see it: first six, last four. */
function cardText(value: unknown): string | null {
	const { bin, last4 } = value as { bin?: unknown; last4?: unknown };
	return typeof bin === 'string' && typeof last4 === 'string' ? `${bin.slice(0, 6)}******${last4}` : null;
}

function plain(value: unknown): string | number | boolean | null {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
	return Array.isArray(value) && value.length > 0 ? plain(value.join(', ')) : null;
}

/** Who did it, masked for a reader who may not see staff numbers; null where the event names nobody. */
export function actorOf(event: Happening, unmasked: boolean): string | null {
	const data = event.data as Record<string, unknown>;
	for (const field of ACTORS) {
		const value = data[field];
		const people = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== '');
		if (people.length > 0) return people.map((one) => (unmasked ? one : maskPerson(one as string))).join(' + ');
	}
	return null;
}

/** What an event tells, field by field: personal fields masked unless the reader may see them, attributes of generic steps by their names. */
export function factsOf(name: EventName, event: Happening, unmasked: boolean): Facts {
	const data = event.data as Record<string, unknown>;
	const hidden = personalFields(name);
	const facts: Facts = {};
	const actors: readonly string[] = ACTORS;
	for (const [field, value] of Object.entries(data)) {
		if (KEYS.has(field) || actors.includes(field)) continue;
		if (field === 'attributes') {
			for (const [attribute, inner] of Object.entries(value as object)) {
				const shown = plain(inner);
				if (shown !== null) facts[attribute] = shown;
			}
			continue;
		}
		const shown = field === 'card' ? cardText(value) : plain(value);
		if (shown === null) continue;
		facts[field] = hidden.has(field) && !unmasked ? maskPerson(String(shown)) : shown;
	}
	return facts;
}
