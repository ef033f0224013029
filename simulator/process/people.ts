import { Categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { dayOf, hourOf, type LocalDays } from './local-days.ts';
import type { ProcessProfile } from './profile.ts';

/** Who does an activity at a moment: by how often each did it, among those on shift; anybody who does it where nobody is. */
export function staffing(
	people: ProcessProfile['people'],
	days: LocalDays
): (activity: string, at: Millis, stream: Stream) => string | undefined {
	const doers = new Map<string, { name: string; weight: number; shifts: Set<string> }[]>();
	for (const { name, does, shifts } of people) {
		const hours = new Set(Object.entries(shifts).flatMap(([day, list]) => list.map((hour) => `${day}${hour}`)));
		for (const [activity, weight] of Object.entries(does)) {
			const list = doers.get(activity) ?? [];
			list.push({ name, weight, shifts: hours });
			doers.set(activity, list);
		}
	}
	const choices = new Map<string, Categorical<string>>();
	return (activity, at, stream) => {
		const able = doers.get(activity);
		if (able === undefined) return undefined;
		const local = days.toLocal(at);
		const slot = `${days.weekdayOf(dayOf(local))}${hourOf(local)}`;
		const key = `${slot} ${activity}`;
		let choice = choices.get(key);
		if (choice === undefined) {
			const present = able.filter(({ shifts }) => shifts.has(slot));
			const chosen = present.length > 0 ? present : able;
			choice = new Categorical(
				chosen.map(({ name }) => name),
				chosen.map(({ weight }) => weight)
			);
			choices.set(key, choice);
		}
		return choice.draw(stream);
	};
}
