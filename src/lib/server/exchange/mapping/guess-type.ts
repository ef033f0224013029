import type { Cell } from '../read/table.ts';
import { isDated } from './guess-time.ts';

export type CellType = 'time' | `epoch-${'seconds' | 'ms' | 'us' | 'ns'}` | 'number' | 'boolean' | 'text';

/** Digits of an epoch in this century and the end of the last. */
const EPOCHS = [
	['epoch-seconds', 9],
	['epoch-ms', 12],
	['epoch-us', 15],
	['epoch-ns', 18]
] as const;

/** What a column seems to hold, judged by its first values. */
export function guessType(values: readonly (Cell | undefined)[]): CellType {
	const texts = values.map(String);
	if (texts.length === 0) return 'text';
	if (texts.every(isDated)) return 'time';
	for (const [epoch, digits] of EPOCHS) {
		const seconds = (text: string): number => Number(text) / 10 ** (digits - 9);
		if (texts.every((text) => new RegExp(`^1?\\d{${digits}}$`).test(text) && seconds(text) > 631_152_000)) return epoch;
	}
	if (texts.every((text) => /^-?\d+(\.\d+)?$/.test(text))) return 'number';
	return texts.every((text) => /^(true|false)$/i.test(text)) ? 'boolean' : 'text';
}
