import { DAY, HOUR, type Millis } from '../../src/lib/domain/time.ts';
import { gamma } from '../random/continuous.ts';
import { poisson } from '../random/discrete.ts';
import { deriveStream } from '../random/stream.ts';
import { dayOf, type LocalDays } from './local-days.ts';
import type { ProcessProfile } from './profile.ts';

/** Expected cases in each hour of a local day: its weekday's, times the factors of what is special about it. */
export function expectedOn({ week, special }: ProcessProfile['arrivals'], days: LocalDays, day: number): number[] {
	const kind = days.kindOf(day);
	const weekday = kind === 'holiday' ? days.weekdayOf(day) : kind;
	const factor =
		(kind === 'holiday' ? special.holiday.factor : 1) *
		(days.isWorkday(day) ? special.workday.factor : 1) *
		(days.isMonthEnd(day) ? special.monthEnd.factor : 1);
	return week[weekday].map((rate) => rate * factor);
}

/** Sorted times of new cases in [from, to), day by day; a day's chance depends on the day and the seed alone. */
export function* arrivalsBetween(
	arrivals: ProcessProfile['arrivals'],
	days: LocalDays,
	{ from, to, seed }: { from: Millis; to: Millis; seed: number }
): Generator<{ day: number; times: Millis[] }> {
	const { dispersion } = arrivals;
	for (let day = dayOf(days.toLocal(from)); day <= dayOf(days.toLocal(to - 1)); day++) {
		const stream = deriveStream(seed, String(day), 'arrivals');
		const factor = dispersion > 0 ? gamma(stream, 1 / dispersion, dispersion) : 1;
		const times: Millis[] = [];
		expectedOn(arrivals, days, day).forEach((rate, hour) => {
			const n = poisson(stream, rate * factor);
			for (let i = 0; i < n; i++) times.push(day * DAY + hour * HOUR + Math.floor(stream.next() * HOUR));
		});
		const utc = times.map(days.toUtc).filter((at) => at >= from && at < to);
		yield { day, times: utc.sort((a, b) => a - b) };
	}
}
