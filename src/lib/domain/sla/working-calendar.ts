import { HotcardError } from '../error.ts';
import { readYaml } from '../read-yaml.ts';
import { DAY, type Millis } from '../time.ts';
import type { Calendar } from './calendar.ts';
import { calendarSchema, WEEKDAYS, type CalendarData } from './calendar-schema.ts';
import { offsetOf, toUtc, type OffsetAt } from './zone.ts';

export interface WorkingCalendar extends Calendar {
	/** Working ms of a usual Monday: what one working day (`1wd`) of a target means. */
	readonly dayMs: Millis;
	/** The data it was made of, for hashes. */
	readonly data: CalendarData;
	/** Whether the local day of a moment has working hours. */
	isWorkingDay(at: Millis): boolean;
}

type Span = readonly [from: Millis, to: Millis];

/** The working spans of one local year, in UTC, with the sum before each. */
interface Year {
	readonly from: Millis;
	readonly to: Millis;
	readonly starts: readonly Millis[];
	readonly ends: readonly Millis[];
	readonly before: readonly Millis[];
	readonly total: Millis;
	readonly known: boolean;
}

function spansOf(texts: readonly string[]): Span[] {
	const minutes = (text: string) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60_000;
	const spans = texts.map((text): Span => [minutes(text.slice(0, 5)), minutes(text.slice(6))]);
	return spans.sort((a, b) => a[0] - b[0]);
}

function eachDay(days: Readonly<Record<string, string>>): Set<number> {
	const found = new Set<number>();
	for (const key of Object.keys(days)) {
		const from = Date.parse(key.slice(0, 10)) / DAY;
		const to = key.length > 10 ? Date.parse(key.slice(12)) / DAY : from;
		for (let day = from; day <= to; day++) found.add(day);
	}
	return found;
}

const dayOfWeek = (day: number) => (((day + 3) % 7) + 7) % 7;

/** Builds one year at a time, on first use. */
function yearsOf(data: CalendarData, offset: OffsetAt): (year: number) => Year {
	const weekly = WEEKDAYS.map((name) => spansOf(data.hours[name]));
	const makeUp = data.workdayHours === undefined ? weekly[0]! : spansOf(data.workdayHours);
	const cache = new Map<number, Year>();

	function build(year: number): Year {
		const listed = data.years[String(year)];
		if (listed === undefined && data.missing === 'error') {
			throw new HotcardError('calendar-year-missing', `calendar ${data.id} has no holidays for ${year}`, {
				place: { entity: data.id },
				remedy: `Add the year ${year} to the calendar, or set "missing: provisional".`
			});
		}
		const first = Date.UTC(year, 0, 1) / DAY;
		const end = Date.UTC(year + 1, 0, 1) / DAY;
		const holidays = eachDay(
			listed?.holidays ??
				Object.fromEntries(Object.entries(data.fixedHolidays).map(([day, name]) => [`${year}-${day}`, name]))
		);
		const workdays = eachDay(listed?.workdays ?? {});
		const starts: Millis[] = [];
		const ends: Millis[] = [];
		const before: Millis[] = [];
		let total = 0;
		for (let day = first; day < end; day++) {
			const usual = holidays.has(day) ? [] : weekly[dayOfWeek(day)]!;
			for (const [from, to] of workdays.has(day) ? makeUp : usual) {
				const start = toUtc(day * DAY + from, offset);
				const stop = toUtc(day * DAY + to, offset);
				if (stop <= start) continue;
				starts.push(start);
				ends.push(stop);
				before.push(total);
				total += stop - start;
			}
		}
		const known = listed !== undefined;
		return { from: toUtc(first * DAY, offset), to: toUtc(end * DAY, offset), starts, ends, before, total, known };
	}

	return (year) => {
		let found = cache.get(year);
		if (found === undefined) cache.set(year, (found = build(year)));
		return found;
	};
}

/** Index of the last span that starts before or at `at`; -1 where none does. */
function spanAt(starts: readonly Millis[], at: Millis): number {
	let low = 0;
	let high = starts.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (starts[middle]! <= at) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

function worked(year: Year, at: Millis): Millis {
	const index = spanAt(year.starts, at);
	return index < 0 ? 0 : year.before[index]! + Math.min(at, year.ends[index]!) - year.starts[index]!;
}

/** Working time from checked data. Throws `calendar-invalid` for a zone nobody knows or a week without work. */
export function workingCalendar(data: CalendarData): WorkingCalendar {
	const refuse = (detail: string) => new HotcardError('calendar-invalid', `calendar ${data.id}: ${detail}`);
	let offset: OffsetAt;
	try {
		offset = offsetOf(data.zone);
	} catch {
		throw refuse(`expected an IANA time zone, found ${JSON.stringify(data.zone)}`);
	}
	if (WEEKDAYS.every((name) => data.hours[name].length === 0)) throw refuse('expected working hours on some day');
	for (const texts of [...WEEKDAYS.map((name) => data.hours[name]), data.workdayHours ?? []]) {
		spansOf(texts).forEach(([from, to], i, all) => {
			if (to <= from || (i > 0 && from < all[i - 1]![1]))
				throw refuse(`expected hours that follow each other, found ${texts.join(', ')}`);
		});
	}
	const build = yearsOf(data, offset);
	const dayMs = spansOf(data.hours.mon).reduce((sum, [from, to]) => sum + to - from, 0);
	let last: { no: number; year: Year } | null = null;

	function noOf(at: Millis): number {
		if (last !== null && at >= last.year.from && at < last.year.to) return last.no;
		let no = new Date(at).getUTCFullYear();
		// The local year may begin up to 14 hours before or after that of UTC.
		if (at < toUtc(Date.UTC(no, 0, 1), offset)) no--;
		else if (at >= toUtc(Date.UTC(no + 1, 0, 1), offset)) no++;
		last = { no, year: build(no) };
		return no;
	}

	return {
		id: data.id,
		dayMs,
		data,
		between(from, to) {
			if (!(to > from)) return 0;
			const first = noOf(from);
			const final = noOf(to);
			let sum = worked(build(final), to) - worked(build(first), from);
			for (let no = first; no < final; no++) sum += build(no).total;
			return sum;
		},
		add(from, budget) {
			if (!(budget > 0)) return from;
			let no = noOf(from);
			let year = build(no);
			let target = worked(year, from) + budget;
			while (target > year.total) {
				target -= year.total;
				year = build(++no);
			}
			let index = spanAt(year.before, target);
			// What fills a span to its end is done at that end, not at the next opening.
			if (year.before[index] === target) index--;
			return year.starts[index]! + target - year.before[index]!;
		},
		provisional(from, to) {
			for (let no = noOf(from), end = noOf(Math.max(from, to)); no <= end; no++) if (!build(no).known) return true;
			return false;
		},
		isWorkingDay(at) {
			const day = Math.floor((at + offset(at)) / DAY);
			const start = toUtc(day * DAY, offset);
			const year = build(noOf(at));
			return worked(year, Math.min(toUtc((day + 1) * DAY, offset), year.to)) > worked(year, start);
		}
	};
}

/** A calendar from a YAML file. Throws `calendar-invalid` with the place and what was expected. */
export function readCalendar(text: string, file: string): WorkingCalendar {
	const { value, fault } = readYaml(text, file, 'calendar', calendarSchema);
	try {
		return workingCalendar(value);
	} catch (error) {
		throw fault(['hours'], error instanceof Error ? error.message : String(error));
	}
}
