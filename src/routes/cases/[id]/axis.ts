import { scaleLinear } from 'd3-scale';
import type { CaseView } from '#lib/protocol/views.ts';

export type Axis = 'steps' | 'time';

export interface CaseScale {
	(at: number): number;
	/** Times worth a label with their places in px, never nearer to each other than `gap`. */
	ticks(gap: number): { at: number; x: number }[];
}

/**
 * Time to px over a case. By `time` distance is time; by `steps` events are evenly spaced with time running linearly between
 * them, since a case has seconds at its start and days at its end. `now` is the lane's present while the case is open.
 */
export function caseScale(view: CaseView, axis: Axis, now: number, width: number): CaseScale {
	const times = new Set(view.timeline.map((entry) => entry.at));
	if (view.closedAt === null) times.add(Math.max(now, ...times));
	const dues = Object.values(view.clocks).filter((clock) => clock.ended === null && clock.due !== null);
	const end = Math.max(...times, ...dues.map((clock) => clock.due ?? 0));
	times.add(end);
	const domain = [...times].sort((a, b) => a - b);
	if (domain.length === 1) domain.push((domain[0] ?? 0) + 1);
	const first = domain[0] ?? 0;
	const last = domain.at(-1) ?? first + 1;
	const scale =
		axis === 'time'
			? scaleLinear([first, last], [0, width])
			: scaleLinear(
					domain,
					domain.map((_, index) => (index / (domain.length - 1)) * width)
				);
	const place = (at: number) => scale(at);
	return Object.assign(place, {
		ticks(gap: number) {
			const wanted = axis === 'time' ? scale.ticks(Math.max(2, Math.floor(width / gap))) : domain;
			const out: { at: number; x: number }[] = [];
			for (const at of wanted) {
				const x = place(at);
				const before = out.at(-1);
				if (before === undefined || x - before.x >= gap) out.push({ at, x });
			}
			return out;
		}
	});
}
