import { may, type Actor } from '../../domain/actor.ts';
import { nameOf } from '../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { dataSchema, ENVELOPE } from '../../domain/events/json-schema.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';

interface Shape {
	'x-pfi'?: string;
	properties?: Record<string, Shape>;
	items?: Shape;
}

export interface RawEvent {
	offset: number;
	lane: Lane;
	recordedAt: Millis;
	/** True where something was masked for this reader. */
	masked: boolean;
	event: unknown;
}

const UNKNOWN: Shape = { 'x-pfi': 'C2' };

/** An event as it is stored, for one reader: values of class C2 and C3 are masked unless the reader may see them. */
export function rawEvent(
	offset: number,
	found: { lane: Lane; recordedAt: Millis; event: DomainEvent },
	actor: Actor
): RawEvent {
	const { lane, recordedAt, event } = found;
	if (may(actor, 'personal.unmask')) return { offset, lane, recordedAt, masked: false, event };
	const name = nameOf(event.type);
	// What the catalogue does not know cannot be told apart: all of it is masked.
	const data: Shape = name === undefined ? UNKNOWN : dataSchema(name);
	const properties: Record<string, Shape> = { ...ENVELOPE, data };
	for (const attribute in event) properties[attribute] ??= UNKNOWN;
	const shown = masked(event, { properties });
	return { offset, lane, recordedAt, masked: shown !== event, event: shown };
}

/** The same value where nothing had to be hidden. */
function masked(value: unknown, shape: Shape | undefined): unknown {
	if (shape?.['x-pfi'] === 'C2' || shape?.['x-pfi'] === 'C3') return hidden(value);
	if (Array.isArray(value)) {
		const items = value.map((item) => masked(item, shape?.items));
		return items.some((item, at) => item !== value[at]) ? items : value;
	}
	if (typeof value !== 'object' || value === null || shape?.properties === undefined) return value;
	let changed = false;
	const members = Object.entries(value).map(([key, inner]) => {
		const now = masked(inner, shape.properties?.[key]);
		changed ||= now !== inner;
		return [key, now];
	});
	return changed ? Object.fromEntries(members) : value;
}

function hidden(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(hidden);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length <= 4 ? '****' : `${text.slice(0, 2)}****${text.slice(-2)}`;
}
