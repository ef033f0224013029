import { readPolicy } from '../../domain/sla/read-policy.ts';
import type { Policy } from '../../domain/sla/policy.ts';
import { readCalendar } from '../../domain/sla/working-calendar.ts';

export interface SourceText {
	text: string;
	/** Named in errors. */
	file: string;
}

/** A policy as text: what can be handed to another thread, where calendars could not. */
export interface PolicySource extends SourceText {
	/** Calendars by the names that clocks use. */
	calendars: Record<string, SourceText>;
}

/** Reads a policy with its calendars. Throws `policy-invalid` or `calendar-invalid` with the place. */
export function policyOf(source: PolicySource): Policy {
	const calendars = Object.entries(source.calendars).map(([name, { text, file }]) => [name, readCalendar(text, file)]);
	return readPolicy(source.text, source.file, Object.fromEntries(calendars));
}
