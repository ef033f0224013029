import { type Column, EnumColumn, LongColumn, NumberColumn } from './column.ts';
import type { ColumnKind } from './tables.ts';
import { TextColumn } from './text-column.ts';

/** A buffer for one column; `values` are the members of an ENUM in the order of its type. */
export function columnOf(kind: ColumnKind, values: readonly string[]): Column {
	if (kind === 'text') return new TextColumn();
	if (kind === 'enum') return new EnumColumn(values);
	if (kind === 'time' || kind === 'long') return new LongColumn(kind);
	return new NumberColumn(kind);
}
