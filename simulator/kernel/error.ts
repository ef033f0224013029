/**
 * Where in the story it happened: the process (or `environment`), the tick, what the process had waited for last (null
 * outside of processes, which alone have a past), and what was about to be done or waited for.
 */
export interface Place {
	entity: string;
	time: number;
	previous: string | null;
	next: string;
}

/** Misuse of the kernel or a failure inside a model, with the place in the simulated world. */
export class SimulationError extends Error {
	readonly place: Place;

	constructor(message: string, place: Place, cause?: unknown) {
		const after = place.previous === null ? '' : `after ${place.previous}, `;
		const where = `${place.entity} at ${place.time}, ${after}next ${place.next}`;
		super(`${message} (${where})`, cause === undefined ? {} : { cause });
		this.name = 'SimulationError';
		this.place = place;
	}
}

/** Thrown into a process that is interrupted; `cause` is what the interrupter gave, the lost `Request` after preemption. */
export class Interrupt extends Error {
	constructor(cause: unknown) {
		super(`interrupted: ${String(cause)}`, { cause });
		this.name = 'Interrupt';
	}
}
