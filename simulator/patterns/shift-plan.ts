/** A number of people from one tick of the day to another; `to` may lie in the next day. */
export interface Shift {
	readonly from: number;
	readonly to: number;
	readonly staff: number;
}

export interface ShiftWeek {
	readonly dayLength: number;
	/** Shifts per weekday; the day that starts at tick 0 is the first. */
	readonly weekdays: readonly (readonly Shift[])[];
	/** Shifts that start on days that differ, by number of the day from tick 0 on. */
	readonly exceptions?: ReadonlyMap<number, readonly Shift[]>;
}

/** Who is on duty when: a weekly pattern with exceptions. Shifts that overlap add up. */
export class ShiftPlan {
	readonly #week: ShiftWeek;
	/** Most people at any time. */
	readonly most: number;

	/** @throws {RangeError} for a shift that ends before it starts, is longer than a day, or has half people. */
	constructor(week: ShiftWeek) {
		this.#week = week;
		const days = [...week.weekdays, ...(week.exceptions?.values() ?? [])];
		if (week.weekdays.length === 0) throw new RangeError('a shift plan needs at least one weekday');
		for (const shift of days.flat()) check(shift, week.dayLength);
		const at = [...week.weekdays.keys(), ...[...(week.exceptions?.keys() ?? [])].flatMap((day) => [day, day + 1])];
		// The pattern may meet any weekday before an exception: look at a whole week after the last one as well.
		const last = Math.max(0, ...at) + 1;
		const starts = [...at, ...week.weekdays.map((_, i) => last + i)].flatMap((day) => this.#boundaries(day));
		this.most = Math.max(0, ...starts.map((time) => this.staffAt(time)));
	}

	/** People on duty at a tick. */
	staffAt(time: number): number {
		const day = Math.floor(time / this.#week.dayLength);
		let staff = 0;
		for (const start of [day - 1, day])
			for (const shift of this.#shifts(start)) {
				const since = time - start * this.#week.dayLength;
				if (since >= shift.from && since < shift.to) staff += shift.staff;
			}
		return staff;
	}

	/** The first tick after `time` at which the number changes; Infinity when it never does. */
	nextChange(time: number): number {
		const staff = this.staffAt(time);
		const day = Math.floor(time / this.#week.dayLength);
		const end = Math.max(day, ...(this.#week.exceptions?.keys() ?? [])) + this.#week.weekdays.length + 1;
		for (let d = day; d <= end; d++)
			for (const at of this.#boundaries(d).sort((a, b) => a - b))
				if (at > time && this.staffAt(at) !== staff) return at;
		return Infinity;
	}

	#shifts(day: number): readonly Shift[] {
		if (day < 0) return [];
		const { weekdays, exceptions } = this.#week;
		return exceptions?.get(day) ?? (weekdays[day % weekdays.length] as readonly Shift[]);
	}

	/** Ticks within a day at which a shift starts or ends. */
	#boundaries(day: number): number[] {
		const { dayLength } = this.#week;
		const of = (start: number): number[] =>
			this.#shifts(start).flatMap(({ from, to }) => [start * dayLength + from, start * dayLength + to]);
		return [...of(day - 1), ...of(day)].filter((time) => Math.floor(time / dayLength) === day);
	}
}

function check({ from, to, staff }: Shift, dayLength: number): void {
	if (!(from >= 0 && from < dayLength && to > from && to <= from + dayLength))
		throw new RangeError(
			`a shift from ${from} to ${to}: expected a start in a day of ${dayLength}, and an end within a day of it`
		);
	if (!Number.isInteger(from) || !Number.isInteger(to) || !Number.isInteger(staff) || staff < 0)
		throw new RangeError(`a shift of ${staff} from ${from} to ${to}: expected whole numbers, none below 0`);
}
