import type { Desk } from '../faults/impairment.ts';
import type { Line } from './line.ts';
import type { World } from './world.ts';

/** Sends the first of a line's people to work: of those that are planned all but the share that is absent. */
export function attendance({ faults }: World, line: Line, desk: Desk, planned = line.servers.length): void {
	const present = planned - Math.round(faults.share('people', desk) * planned);
	for (let index = 0; index < line.servers.length; index++) line.attend(index, index < present);
}
