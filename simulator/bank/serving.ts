/** Somebody, or a machine, that serves one client at a time. */
export interface Server {
	readonly name: string;
	/** Bits of what it can do. */
	readonly skills: number;
	/** Relative to the usual one: 1.2 takes a sixth less time. */
	readonly speed: number;
}

/** Who waits for a server, and what becomes of it. */
export interface Client {
	/** Lower ranks are called first; within one, who came first. */
	readonly rank: number;
	/** Bits that the server must have. */
	readonly needs: number;
	/** ms until it walks away; Infinity for never. */
	readonly patience: number;
	/** The one that must not serve it. */
	readonly not?: Server | undefined;
	/** Holds the server from here on, until `free`. */
	serve(server: Server, waited: number): void;
	leave(waited: number): void;
}

/** Clients that leave no events: only the time they take matters to the others. */
export interface Crowd {
	/** Sorted arrivals of the day that begins at `day`, in ms since the epoch. */
	arrivals(day: number): readonly number[];
	/** How long the next of them takes, ms. */
	service(): number;
	/** Nobody joins a line as long as this. */
	readonly most: number;
}

/** What a line knows of itself; by Little's law `area` equals `waits`. */
export interface LineReading {
	readonly name: string;
	/** Integral of the number that waits, ms. */
	readonly area: number;
	/** Sum of the waits of all who were served, left or still wait, ms. */
	readonly waits: number;
	readonly served: number;
	readonly left: number;
	readonly waiting: number;
}
