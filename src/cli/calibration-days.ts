import { calendarSchema } from '../lib/domain/sla/calendar-schema.ts';
import { readYaml } from '../lib/domain/read-yaml.ts';
import { DAY } from '../lib/domain/time.ts';
import { loadPolicy } from '../lib/server/policies.ts';
import type { ProcessProfile } from '../../simulator/process/profile.ts';
import { UsageError } from './output.ts';

/**
 * The days off and make-up working days of a calendar by its name; without one, of the first whose zone is `zone`, else
 * none. Throws UsageError for a name that is not there, `calendar-invalid` for a bad file.
 */
export async function specialDays(
	dataDir: string,
	zone: string,
	name: string | undefined,
	usage: string
): Promise<{ days: ProcessProfile['days']; calendar: string | null }> {
	const none = { days: { holidays: [], workdays: [] }, calendar: null };
	if (name === 'none') return none;
	const { calendars } = await loadPolicy(dataDir);
	const read = (id: string) => readYaml(calendars[id]!.text, calendars[id]!.file, 'calendar', calendarSchema).value;
	if (name !== undefined && !Object.hasOwn(calendars, name))
		throw new UsageError(`there is no calendar "${name}": ${Object.keys(calendars).join(', ')} or none`, usage);
	const chosen = name ?? Object.keys(calendars).find((id) => read(id).zone === zone);
	if (chosen === undefined) return none;
	const { years } = read(chosen);
	const listed = Object.values(years);
	return {
		days: {
			holidays: listed.flatMap((year) => Object.keys(year.holidays).flatMap(eachDate)),
			workdays: listed.flatMap((year) => Object.keys(year.workdays).flatMap(eachDate))
		},
		calendar: chosen
	};
}

/** `2026-10-01..2026-10-07` as its days. */
function eachDate(key: string): string[] {
	const first = Date.parse(key.slice(0, 10));
	const last = key.length > 10 ? Date.parse(key.slice(12)) : first;
	return Array.from({ length: (last - first) / DAY + 1 }, (_, i) =>
		new Date(first + i * DAY).toISOString().slice(0, 10)
	);
}
