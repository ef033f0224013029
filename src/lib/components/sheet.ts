/** What a picture shows, as a table: read out in place of it, and saved as CSV. */
export interface Sheet {
	title: string;
	/** `id` heads the column in CSV, `name` on the screen. */
	columns: readonly SheetColumn[];
	rows: readonly (readonly SheetValue[])[];
}

export type SheetValue = string | number | null;

export interface SheetColumn {
	id: string;
	name: string;
	/** How a figure is told to readers; absent = as it is. */
	tell?: (value: number | null) => string;
}

/** A value as readers are told it; unknown is a dash. */
export function told(column: SheetColumn, value: SheetValue): string {
	if (typeof value === 'string') return value;
	if (column.tell !== undefined) return column.tell(value);
	return value === null ? '—' : String(value);
}

/** A field of CSV. A sheet must not take a name for a formula. */
export function csvField(value: SheetValue): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as CSV with bare figures; `lane` is told on every line. Unknown is an empty field. */
export function sheetCsv(sheet: Sheet, lane: string): string {
	const head = ['lane', ...sheet.columns.map((column) => column.id)];
	const lines = sheet.rows.map((row) => [lane, ...row].map(csvField).join(','));
	return `${[head.join(','), ...lines].join('\r\n')}\r\n`;
}
