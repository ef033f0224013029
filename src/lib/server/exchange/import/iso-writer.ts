import { DAY, type Millis } from '../../../domain/time.ts';

const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** Writes moments as `Date.toISOString` does. Rows of one day share its date, so that only its time is new. */
export function isoWriter(): (at: Millis) => string {
	let midnight = NaN;
	let date = '';
	return (at) => {
		const since = at - midnight;
		if (!(since >= 0 && since < DAY)) {
			midnight = Math.floor(at / DAY) * DAY;
			date = new Date(midnight).toISOString().slice(0, -13);
		}
		const ms = at - midnight;
		const seconds = Math.floor(ms / 1_000);
		const minutes = Math.floor(seconds / 60);
		const rest = String(ms % 1_000).padStart(3, '0');
		return `${date}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${rest}Z`;
	};
}
