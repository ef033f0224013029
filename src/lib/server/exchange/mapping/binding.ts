import type { Mapping } from './schema.ts';
import type { Cell, Row, Table } from '../read/table.ts';
import { type TimeReading, timeReading } from '../timestamps.ts';
import { nearest } from './nearest.ts';
import type { ReadMapping } from './read-mapping.ts';

export type Role = 'case' | 'activity' | 'time' | 'lifecycle' | 'resource' | 'branch' | 'channel' | 'tier' | 'stage';
const ROLES: readonly Role[] = [
	'case',
	'activity',
	'time',
	'lifecycle',
	'resource',
	'branch',
	'channel',
	'tier',
	'stage'
];

function columnOf(mapping: Mapping, role: Role): { name: string; optional: boolean; path: PropertyKey[] } | null {
	const value = mapping[role];
	if (value === undefined) return null;
	if (typeof value === 'string') return { name: value, optional: false, path: [role] };
	const optional = 'optional' in value && value.optional === true;
	return { name: value.column, optional, path: [role, 'column'] };
}

/** A mapping laid on the columns of one table. */
export class Binding {
	readonly mapping: Mapping;
	readonly time: TimeReading;
	readonly #read: ReadMapping;
	readonly #table: Table;
	/** Where the column of a role stands; -1 where the file has none. */
	readonly #index = Object.fromEntries(ROLES.map((role) => [role, -1])) as Record<Role, number>;
	#attributes: { name: string; index: number }[] = [];
	/** Columns whose cells go into the log as they are. */
	#kept: readonly number[] = [];
	#width = -1;

	constructor(read: ReadMapping, table: Table, zone: string) {
		this.mapping = read.mapping;
		this.#read = read;
		this.#table = table;
		const time = this.mapping.time;
		const details: { format?: string | undefined; zone?: string | undefined } = typeof time === 'string' ? {} : time;
		this.time = timeReading(details.format, details.zone ?? zone);
		if (!table.growing) this.check();
	}

	/** Throws `mapping-invalid` where the mapping names a column that the table has not. */
	check(): void {
		const { columns } = this.#table;
		const complain = (name: string, path: PropertyKey[]): never => {
			const best = nearest(name, columns);
			throw this.#read.complain(
				path,
				`the file has no column "${name}"${best ? `; did you mean "${best}"?` : ''}`,
				`Its columns are: ${columns.join(', ')}`
			);
		};
		for (const role of ROLES) {
			const wanted = columnOf(this.mapping, role);
			if (wanted && !wanted.optional && !columns.includes(wanted.name)) complain(wanted.name, wanted.path);
		}
		const { attributes } = this.mapping;
		if (!Array.isArray(attributes)) return;
		for (const [i, name] of attributes.entries()) if (!columns.includes(name)) complain(name, ['attributes', i]);
	}

	/** The cell of a role; null where the file has nothing there. */
	cell(row: Row, role: Role): Cell {
		this.#follow();
		const index = this.#index[role];
		return index < 0 ? null : (row.cells[index] ?? null);
	}

	/** Columns kept as attributes, without empty cells; undefined where none is left. */
	attributes(row: Row): Record<string, Cell> | undefined {
		this.#follow();
		let kept: Record<string, Cell> | undefined;
		for (const { name, index } of this.#attributes) {
			const cell = row.cells[index];
			if (cell !== null && cell !== undefined) (kept ??= {})[name] = cell;
		}
		return kept;
	}

	/** The first column that goes into the log as it is and whose cell passes a test. */
	kept(row: Row, test: (cell: Cell) => boolean): string | undefined {
		this.#follow();
		for (const index of this.#kept) {
			const cell = row.cells[index];
			if (cell !== null && cell !== undefined && test(cell)) return this.#table.columns[index];
		}
		return undefined;
	}

	/** The name of a role's column. */
	column(role: Role): string {
		return columnOf(this.mapping, role)?.name ?? role;
	}

	/** Where the columns of the mapping stand now; -1 for what the file has not. */
	places(): { roles: Readonly<Record<Role, number>>; attributes: readonly { name: string; index: number }[] } {
		this.#follow();
		return { roles: this.#index, attributes: this.#attributes };
	}

	/** Columns of the file that the mapping leaves there. */
	ignored(): string[] {
		this.#follow();
		const used = new Set([...Object.values(this.#index), ...this.#attributes.map(({ index }) => index)]);
		return this.#table.columns.filter((_, index) => !used.has(index));
	}

	#follow(): void {
		const { columns } = this.#table;
		if (columns.length === this.#width) return;
		this.#width = columns.length;
		for (const role of ROLES) {
			this.#index[role] = columns.indexOf(columnOf(this.mapping, role)?.name ?? '\0');
		}
		const { attributes } = this.mapping;
		const taken = new Set(Object.values(this.#index));
		const named = attributes === 'all' ? columns.filter((_, index) => !taken.has(index)) : (attributes ?? []);
		this.#attributes = named.map((name) => ({ name, index: columns.indexOf(name) })).filter(({ index }) => index >= 0);
		const { time: _, ...roles } = this.#index;
		const kept = [...Object.values(roles), ...this.#attributes.map(({ index }) => index)];
		this.#kept = [...new Set(kept)].filter((index) => index >= 0);
	}
}
