export interface Place {
	/** The process or resource in which it happened. */
	entity: string;
	/** Simulated time in ticks. */
	time: number;
	/** What the entity was doing or waiting for. */
	activity: string;
}

/** Misuse of the kernel or a failure inside a model, with the place in the simulated world. */
export class SimulationError extends Error {
	readonly place: Place;

	constructor(message: string, place: Place, cause?: unknown) {
		super(
			`${message} (${place.entity} at ${place.time}, ${place.activity})`,
			cause === undefined ? undefined : { cause }
		);
		this.name = 'SimulationError';
		this.place = place;
	}
}

/** Thrown into a process that another one interrupts. */
export class Interrupt extends Error {
	readonly reason: unknown;

	constructor(reason: unknown) {
		super(`interrupted: ${String(reason)}`);
		this.name = 'Interrupt';
		this.reason = reason;
	}
}
