import * as z from 'zod';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const span = z
	.string()
	.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected hours such as 09:00-17:00')
	.describe('from-to, local time');
const hours = z.array(span);
const days = z
	.record(
		z
			.string()
			.regex(/^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$/, 'expected a day such as 2026-10-01, or two with .. between'),
		z.string()
	)
	.describe('day or first..last → its name');

/** The YAML form of a working calendar. */
export const calendarSchema = z.strictObject({
	id: z.string().min(1).max(40),
	zone: z
		.union([z.string().min(1), z.number().int().min(-840).max(840)])
		.describe('IANA time zone, or a fixed offset from UTC in minutes'),
	missing: z
		.enum(['provisional', 'error'])
		.default('provisional')
		.describe('a year that is not listed: weekends and fixedHolidays only, marked provisional; or refused'),
	hours: z.strictObject({
		mon: hours.default([]),
		tue: hours.default([]),
		wed: hours.default([]),
		thu: hours.default([]),
		fri: hours.default([]),
		sat: hours.default([]),
		sun: hours.default([])
	}),
	workdayHours: hours.optional().describe('hours of a make-up working day; default: those of Monday'),
	fixedHolidays: z
		.record(z.string().regex(/^\d\d-\d\d$/, 'expected month-day such as 10-01'), z.string())
		.default({})
		.describe('days off in any year, used where a year is not listed'),
	years: z.record(
		z.string().regex(/^\d{4}$/, 'expected a year'),
		z.strictObject({ holidays: days.default({}), workdays: days.default({}) })
	)
});

export type CalendarData = z.output<typeof calendarSchema>;
export { WEEKDAYS };
