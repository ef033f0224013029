import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';
import type { Line } from './line.ts';
import type { Branch } from './network.ts';
import type { Teller } from './tellers.ts';
import type { World } from './world.ts';

type Windows = readonly { readonly branch: Branch; readonly line: Line }[];

/**
 * Sends the tellers to lunch, half of a branch after the other, and opens extra windows at noon and at peaks. Answers how to look
 * again at some branches between the marks of the plan, because tellers of them are absent or back.
 */
export function shifts(world: World, windows: Windows): (hit: ReadonlySet<Branch>) => void {
	const { env } = world;
	const { staffing } = world.profile;
	const { from, to } = staffing.lunch;
	const middle = (from + to) / 2;
	const marks = staffing.peakHours.flatMap((hour) => [hour, hour + 1]);
	if (from < to) marks.push(from, middle, to);
	const hours = [...new Set(marks)].sort((a, b) => a - b);

	function change(hour: number, hit?: ReadonlySet<Branch>): void {
		const busy = staffing.peakHours.includes(Math.floor(hour)) && world.days.at(env.now).peak;
		const lunch = hour < from || hour >= to ? null : hour < middle ? 0 : 1;
		const extra = busy ? staffing.extra : lunch === null ? 0 : staffing.noon;
		const reason = busy ? 'peak' : lunch === null ? 'back_to_normal' : 'lunch';
		for (const { branch, line } of windows) {
			if (hit ? !hit.has(branch) : !world.windows.isOpen(branch, env.now)) continue;
			const before = line.present;
			const absent = Math.round(world.faults.share('staff', branch) * branch.windows);
			line.servers.forEach((server, index) => {
				const eats = (server as Teller).lunch === lunch && branch.windows > 1;
				const planned = index < branch.windows ? !eats : index < branch.windows + extra;
				line.attend(index, planned && (index >= branch.windows || index < branch.windows - absent));
			});
			if (line.present === before) continue;
			const why = absent > 0 ? 'staff_absence' : reason;
			world.emit('branch.windows_changed', { branchId: branch.id, windows: line.present, reason: why }, branch.source);
		}
	}

	/** The next mark of the plan: one entry in the calendar for all branches. */
	function next(): void {
		const start = midnight(env.now);
		const hour = hours.find((each) => start + each * HOUR > env.now);
		const at = hour === undefined ? start + DAY + (hours[0] as number) * HOUR : start + hour * HOUR;
		env.call(at - env.now, () => {
			change((at - midnight(at)) / HOUR);
			next();
		});
	}

	for (const { branch, line } of windows)
		for (let index = branch.windows; index < line.servers.length; index++) line.attend(index, false);
	if (hours.length > 0) next();
	return (hit) => change((env.now - midnight(env.now)) / HOUR, hit);
}
