import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { timeWriter } from './bank-time.ts';
import { type Entry, entries } from './envelope.ts';
import type { LineFile } from './line-file.ts';
import { Outbox } from './outbox.ts';
import type { Recorder, Told } from './recorder.ts';

/** Where the entries of a day go. */
export interface Sink {
	add(entry: Entry): void;
	close(): void;
}

/** Counts what a region says before the end of the run and hands it to the files of the day; without files no entry is made. */
export class RunRecorder implements Recorder {
	events = 0;
	cases = 0;
	/** Where it goes from now on; with none at all it is only counted. */
	sinks: readonly Sink[] = [];
	readonly #end: Millis;
	readonly #outbox = new Outbox<Told>();
	readonly #entry: ReturnType<typeof entries>;
	readonly #oracle: LineFile | null;
	readonly #time = timeWriter();

	constructor(run: string, region: string, end: Millis, oracle: LineFile | null) {
		this.#end = end;
		this.#entry = entries(run, region);
		this.#oracle = oracle;
	}

	event(at: Millis, name: EventName, data: EventData, source: string): void {
		if (at >= this.#end) return;
		this.events++;
		if (name === 'case.reported') this.cases++;
		if (this.sinks.length > 0) this.#outbox.add({ at, name, data, source });
	}

	/** Writes what lies before a moment that the region has come to. */
	flush(until: Millis): void {
		if (this.sinks.length === 0) return;
		for (const told of this.#outbox.take(until)) {
			const entry = this.#entry(told);
			for (const sink of this.sinks) sink.add(entry);
		}
	}

	truth(at: Millis, name: string, data: object): void {
		this.#oracle?.add(JSON.stringify({ time: this.#time(at), truth: name, data }));
	}
}
