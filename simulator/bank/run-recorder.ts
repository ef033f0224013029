import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { timeWriter } from './bank-time.ts';
import { type Entry, entries } from './envelope.ts';
import type { LineFile } from './line-file.ts';
import type { Recorder } from './recorder.ts';

/** Where the entries of a day go. */
export interface Sink {
	add(entry: Entry): void;
	close(): void;
}

/** Counts what a region says and hands it to the files of the day; without files no entry is made. */
export class RunRecorder implements Recorder {
	events = 0;
	cases = 0;
	sinks: readonly Sink[] = [];
	readonly #entry: ReturnType<typeof entries>;
	readonly #oracle: LineFile | null;
	readonly #time = timeWriter();

	constructor(run: string, region: string, oracle: LineFile | null) {
		this.#entry = entries(run, region);
		this.#oracle = oracle;
	}

	event(at: Millis, name: EventName, data: EventData, source: string): void {
		this.events++;
		if (name === 'case.reported') this.cases++;
		if (this.sinks.length === 0) return;
		const entry = this.#entry(at, name, data, source);
		for (const sink of this.sinks) sink.add(entry);
	}

	truth(at: Millis, name: string, data: object): void {
		this.#oracle?.add(JSON.stringify({ time: this.#time(at), truth: name, data }));
	}
}
