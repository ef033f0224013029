import type * as z from 'zod';
import { checkingEvents } from './checking.ts';
import { fulfilmentEvents } from './fulfilment.ts';
import { operationEvents } from './operation.ts';
import { reportEvents } from './report.ts';

/** Every event the product knows, by short name. The wire type is `com.hotcard.<name>.v1`. */
export const CATALOGUE = { ...reportEvents, ...checkingEvents, ...fulfilmentEvents, ...operationEvents } as const;

export type EventName = keyof typeof CATALOGUE;
export type EventData<N extends EventName = EventName> = z.infer<(typeof CATALOGUE)[N]>;
export type EventType<N extends EventName = EventName> = `com.hotcard.${N}.v1`;

const NAMES: ReadonlyMap<string, EventName> = new Map(
	(Object.keys(CATALOGUE) as EventName[]).map((name) => [`com.hotcard.${name}.v1`, name])
);

export function typeOf<N extends EventName>(name: N): EventType<N> {
	return `com.hotcard.${name}.v1`;
}

/** The short name of a wire type, or undefined where the catalogue does not know it. */
export function nameOf(type: string): EventName | undefined {
	return NAMES.get(type);
}
