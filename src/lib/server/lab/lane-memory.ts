import { type LaneRun, writeLaneRun } from './lane-file.ts';

/** What the data folder knows of a lane: how its bank is made again, and the pace that somebody set. One write after the other. */
export class LaneMemory {
	readonly #file: string;
	#run: LaneRun | undefined;
	#speed: number | undefined;
	#writing: Promise<void> = Promise.resolve();

	/** `run` is what the file holds; undefined where there is none. */
	constructor(file: string, run: LaneRun | undefined) {
		this.#file = file;
		this.#run = run;
		this.#speed = run?.speed;
	}

	/** Settles when it is on the disk; the pace stays. */
	keep(run: LaneRun): Promise<void> {
		this.#run = run;
		return this.#write();
	}

	/** Settles when it is on the disk. Before the first run is known, it comes there with that. */
	keepSpeed(speed: number): Promise<void> {
		this.#speed = speed;
		return this.#run === undefined ? Promise.resolve() : this.#write();
	}

	#write(): Promise<void> {
		const { speed: _, ...run } = this.#run as LaneRun;
		const whole = this.#speed === undefined ? run : { ...run, speed: this.#speed };
		const written = this.#writing.then(() => writeLaneRun(this.#file, whole));
		this.#writing = written.catch(() => undefined);
		return written;
	}
}
