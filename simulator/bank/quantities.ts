import * as z from 'zod';

const UNITS = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `2.5 min` in milliseconds; the text has been checked. */
export function millisOf(text: string): number {
	const [amount, unit] = text.split(' ') as [string, keyof typeof UNITS];
	return Number(amount) * UNITS[unit];
}

/** `9 s`, `2.5 min`, `40 h`: read as milliseconds. */
export const duration = z
	.string()
	.regex(/^\d+(\.\d+)? (ms|s|min|h|d)$/, 'expected a duration such as "9 s", "2.5 min" or "40 h"')
	.transform(millisOf)
	.refine((value) => value > 0, 'expected a duration above 0');
/** A duration by its mean and coefficient of variation. */
export const spread = z.strictObject({ mean: duration, cv: z.number().min(0).max(5) });
export const share = z.number().min(0).max(1);
export const rate = z.number().min(0);
export const count = z.number().int().min(1);
/** An hour of the day; 24 is the end of it. */
export const hour = z.number().int().min(0).max(24);
/** Something for each hour of the day. */
export const hourly = <S extends z.ZodType>(what: S) => z.array(what).length(24, 'expected 24 hours');
