import { type EventName, typeOf } from '../../src/lib/domain/events/catalogue.ts';
import { type Column, TextColumn, TimeColumn, WordColumn } from '../parquet/columns.ts';
import { ParquetWriter } from '../parquet/writer.ts';
import type { Entry } from './envelope.ts';

const ROWS_OF_GROUP = 65_536;

/**
 * A file of events as columns: those of the envelope, those by which events are asked for, and `data` as JSON. `case_id`
 * is the envelope's `subject`.
 */
export class ParquetFile {
	readonly #writer: ParquetWriter;
	readonly #run: string;
	readonly #id = new TextColumn('id');
	readonly #source = new WordColumn('source');
	readonly #type = new WordColumn('type', (name) => typeOf(name as EventName));
	readonly #time = new TimeColumn('time');
	readonly #caseId = new WordColumn('case_id');
	readonly #branchId = new WordColumn('branch_id');
	readonly #channel = new WordColumn('channel');
	readonly #simrun = new WordColumn('simrun');
	readonly #data = new TextColumn('data');
	#rows = 0;

	constructor(path: string, run: string) {
		this.#run = run;
		this.#writer = new ParquetWriter(path, [
			this.#id,
			this.#source,
			this.#type,
			this.#time,
			this.#caseId,
			this.#branchId,
			this.#channel,
			this.#simrun,
			this.#data
		] as readonly Column<never>[]);
	}

	add(entry: Entry): void {
		const { branchId, channel } = entry.data as { branchId?: string; channel?: string };
		this.#id.add(entry.id);
		this.#source.add(entry.source);
		this.#type.add(entry.name);
		this.#time.add(entry.at);
		this.#caseId.add(entry.subject);
		this.#branchId.add(branchId);
		this.#channel.add(channel);
		this.#simrun.add(this.#run);
		this.#data.add(entry.json);
		if (++this.#rows === ROWS_OF_GROUP) this.#flush();
	}

	close(): void {
		this.#flush();
		this.#writer.close();
	}

	#flush(): void {
		this.#writer.group(this.#rows);
		this.#rows = 0;
	}
}
