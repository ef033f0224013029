/** Texts by their number in a list of distinct ones; -1 is null. */
export interface TextColumn {
	readonly words: readonly string[];
	readonly codes: Int32Array;
}

/** Arrays of small lists, one after the other; `ends[i]` is where the list of row `i` ends. */
export interface ListColumn<C> {
	readonly ends: Uint32Array;
	readonly items: C;
}

/** Numbers (NaN is null), texts and flags: the three kinds of field that a row of plain data has. */
type ColumnOf<V> = [NonNullable<V>] extends [number]
	? Float64Array
	: [NonNullable<V>] extends [boolean]
		? Uint8Array
		: TextColumn;

/** Rows of one shape as one column per field: read back many times faster than as objects, for no name is read twice. */
export type Columns<T> = { readonly [K in keyof T]-?: ColumnOf<T[K]> };

type Kind<V> = [NonNullable<V>] extends [number] ? 'number' : [NonNullable<V>] extends [boolean] ? 'flag' : 'text';

/** How to read one field. A function for each, not its name: a place that reads by name sees every field and is slow for all. */
type Field<T, V> = readonly [kind: Kind<V>, of: (row: T) => V];

/** Every field of a row: one that is added to the rows and not here does not compile. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T, T[K]> };

export function textColumn<T>(rows: readonly T[], of: (row: T) => string | null): TextColumn {
	const known = new Map<string, number>();
	const words: string[] = [];
	const codes = new Int32Array(rows.length).fill(-1);
	for (let at = 0; at < codes.length; at += 1) {
		const value = of(rows[at]!);
		if (value === null) continue;
		let code = known.get(value);
		if (code === undefined) known.set(value, (code = words.push(value) - 1));
		codes[at] = code;
	}
	return { words, codes };
}

/** Texts themselves, none of them null. */
export const wordColumn = (words: readonly string[]): TextColumn => textColumn(words, (value) => value);

export function numberColumn<T>(rows: readonly T[], of: (row: T) => unknown): Float64Array {
	const column = new Float64Array(rows.length);
	for (let at = 0; at < column.length; at += 1) column[at] = (of(rows[at]!) as number | null | undefined) ?? NaN;
	return column;
}

function flagColumn<T>(rows: readonly T[], of: (row: T) => unknown): Uint8Array {
	const column = new Uint8Array(rows.length);
	for (let at = 0; at < column.length; at += 1) column[at] = of(rows[at]!) === true ? 1 : 0;
	return column;
}

export function packRows<T extends object>(rows: readonly T[], fields: Fields<T>): Columns<T> {
	const columns: Record<string, unknown> = {};
	for (const [key, [kind, of]] of Object.entries(fields) as [string, Field<T, unknown>][]) {
		if (kind === 'text') columns[key] = textColumn(rows, of as (row: T) => string | null);
		else columns[key] = kind === 'flag' ? flagColumn(rows, of) : numberColumn(rows, of);
	}
	return columns as Columns<T>;
}

export const text = (column: TextColumn, at: number): string | null => column.words[column.codes[at]!] ?? null;

/** A text that is never null. */
export const word = <T extends string>(column: TextColumn, at: number): T => column.words[column.codes[at]!] as T;

export function number(column: Float64Array, at: number): number | null {
	const value = column[at]!;
	return value === value ? value : null;
}
