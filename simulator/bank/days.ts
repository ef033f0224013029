import { DAY } from '../../src/lib/domain/time.ts';
import { midnight, monthDayOf, weekdayOf } from './bank-time.ts';
import type { Profile } from './profile.ts';

/** What is special about one day. */
export interface BankDay {
	/** How busy it is relative to a plain day. */
	readonly factor: number;
	/** Name of the holiday, or null. */
	readonly holiday: string | null;
	/** Whether branches open at all. */
	readonly open: boolean;
	/** Busy enough for extra windows. */
	readonly peak: boolean;
}

/** The bank's year: weekdays, pension day, month end, and the holidays that the profile lists. */
export class Days {
	readonly #profile: Profile;
	readonly #holidays = new Map<number, Profile['arrivals']['holidays'][number]>();
	readonly #known = new Map<number, BankDay>();

	constructor(profile: Profile) {
		this.#profile = profile;
		for (const holiday of profile.arrivals.holidays)
			for (let day = startOf(holiday.from); day <= startOf(holiday.to); day += DAY) this.#holidays.set(day, holiday);
	}

	/** The day in which a moment lies. */
	at(moment: number): BankDay {
		const day = midnight(moment);
		let known = this.#known.get(day);
		if (known === undefined) this.#known.set(day, (known = this.#make(day)));
		return known;
	}

	#make(day: number): BankDay {
		const { weekdays, pensionDay, monthEnd } = this.#profile.arrivals;
		const { day: number, last } = monthDayOf(day);
		const holiday = this.#holidays.get(day);
		const usual = (weekdays[weekdayOf(day)] ?? 1) * (number === 15 ? pensionDay : 1) * (last ? monthEnd : 1);
		const factor = usual * (holiday?.factor ?? 1);
		const peak = !holiday && factor >= this.#profile.staffing.peakFrom;
		return { factor, holiday: holiday?.name ?? null, open: holiday?.open ?? true, peak };
	}
}

function startOf(date: string): number {
	return Date.parse(`${date}T00:00:00+08:00`);
}
