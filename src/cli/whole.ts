import { UsageError } from './output.ts';

/** Reads the whole number of an option; UsageError where it is none or lies outside. */
export function whole(
	name: string,
	text: string | undefined,
	[least, most]: readonly [least: number, most: number],
	usage: string
): number {
	const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
	if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
	const range = most === Infinity ? `from ${least}` : `from ${least} to ${most}`;
	throw new UsageError(`${name} is a whole number ${range}`, usage);
}
