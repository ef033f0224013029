import type { Cell } from '../read/table.ts';

export type CellType = 'time' | 'epoch-seconds' | 'epoch-ms' | 'number' | 'boolean' | 'text';

export const DATED =
	/^\s*(?:\d{4}[-/]\d\d?[-/]\d\d?([T ]\d\d?:\d\d.*)?|\d\d?([./-])\d\d?\2\d{4}([T ]\d\d?:\d\d.*)?)\s*$/;

/** What a column seems to hold, judged by its first values. */
export function guessType(values: readonly (Cell | undefined)[]): CellType {
	const texts = values.map(String);
	if (texts.length === 0) return 'text';
	if (texts.every((text) => DATED.test(text))) return 'time';
	if (texts.every((text) => /^1?\d{9}$/.test(text) && Number(text) > 631_152_000)) return 'epoch-seconds';
	if (texts.every((text) => /^1?\d{12}$/.test(text) && Number(text) > 631_152_000_000)) return 'epoch-ms';
	if (texts.every((text) => /^-?\d+(\.\d+)?$/.test(text))) return 'number';
	return texts.every((text) => /^(true|false)$/i.test(text)) ? 'boolean' : 'text';
}
