import * as format from './format.ts';
import { getLocale, localizeHref } from './paraglide/runtime.js';

/** The formats in the reader's language; call them where they are shown. */
export const say = {
	duration: (ms: number | null | undefined) => format.duration(ms, locale()),
	/** A clock's target; `workingDay` is the length in ms of the day that it counts, null for wall time. */
	target: (ms: number | null | undefined, workingDay: number | null | undefined) =>
		format.target(ms, workingDay, locale()),
	span: (ms: number | null | undefined) => format.span(ms, locale()),
	ago: (ms: number | null | undefined) => format.ago(ms, locale()),
	count: (value: number | null | undefined) => format.count(value, locale()),
	percent: format.percent,
	percentAgainst: format.percentAgainst,
	above: format.above,
	/** A measured duration beside its target. */
	durationAgainst: (ms: number | null | undefined, target: number | null | undefined) =>
		format.above(
			format.duration(ms, locale()),
			format.duration(target, locale()),
			ms != null && target != null && ms > target
		),
	time: format.time,
	date: (at: number, year = true) => format.date(at, locale(), year),
	nearDate: (at: number, now: number) => format.nearDate(at, now, locale()),
	dateTime: (at: number, seconds = false) => format.dateTime(at, locale(), seconds),
	weekday: (at: number) => format.weekday(at, locale()),
	weekdayName: (day: number) => format.weekdayName(day, locale()),
	/** The reader's side of a text that comes in both languages. */
	text: (text: { zh: string; en: string }) => (locale() === 'en' ? text.en : text.zh),
	/** A path of the product under the reader's language. */
	href: (path: string) => localizeHref(path)
};

export function locale(): format.Locale {
	return getLocale();
}
