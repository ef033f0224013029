import type { DomainEvent } from '../../../domain/events/event.ts';
import type { Said } from '../../../domain/said.ts';
import type { PlainLines } from './plain.ts';

export type Cell = string | number | boolean | null;

/** Why a row cannot be used. */
export interface Problem {
	code: string;
	detail: string;
	detailZh: string;
}

/** One row of a file. `cells` run parallel to the table's columns; where they are missing at the end they are null. */
export interface Row {
	/** Line of the file where it starts (text formats), else the row's own number. From 1. */
	line: number;
	/** Number of the row among all rows, good or bad, from 1. */
	number: number;
	cells: readonly Cell[];
	/** An event of ours, found as it is: no mapping needed. */
	event?: DomainEvent;
	/** Why this row cannot be used. */
	problem?: Problem;
	/** Nothing is wrong with it, but it belongs to no case (OCEL). */
	outside?: true;
}

export const FORMATS = ['csv', 'parquet', 'ndjson', 'xes', 'ocel-json', 'ocel-sqlite'] as const;
export type Format = (typeof FORMATS)[number];

/** A file as rows. `columns` is complete before the first row, or grows while rows are read (`growing`). */
export interface Table {
	readonly format: Format;
	readonly columns: readonly string[];
	readonly growing: boolean;
	/** What a reader wants said about the file, such as an encoding that it found out by itself. */
	readonly notes: readonly Said[];
	batches(): AsyncIterable<Row[]>;
	/** To be called when no more rows are wanted, where there is something to put away. */
	close?(): Promise<void>;
	/** The same with plain lines as bytes, where the reader can; `chunks` are the file's bytes, if not read from it. */
	pieces?(chunks?: AsyncIterable<Uint8Array>): AsyncIterable<Row[] | PlainLines>;
}

/** Numbers columns by name as they turn up in self-describing formats. */
export class Columns {
	readonly names: string[] = [];
	readonly #index = new Map<string, number>();

	at(name: string): number {
		let index = this.#index.get(name);
		if (index === undefined) {
			index = this.names.push(name) - 1;
			this.#index.set(name, index);
		}
		return index;
	}

	/** Cells in column order; null where a record has no such field. */
	cells(record: Iterable<readonly [string, Cell]>): Cell[] {
		const cells: Cell[] = [];
		for (const [name, value] of record) {
			const index = this.at(name);
			while (cells.length < index) cells.push(null);
			cells[index] = value;
		}
		return cells;
	}
}
