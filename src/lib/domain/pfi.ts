import type * as z from 'zod';

/** Class of personal financial information after JR/T 0171-2020; `none` where a field tells nothing of a person. */
export type PfiClass = 'C1' | 'C2' | 'C3' | 'none';

function tag<T extends z.ZodType>(schema: T, pfi: PfiClass, description?: string): T {
	return schema.meta({ 'x-pfi': pfi, ...(description ? { description } : {}) }) as T;
}

/** Plain business data: no class. */
export const open = <T extends z.ZodType>(schema: T, description?: string) => tag(schema, 'none', description);
/** Opening branch, times, payment tokens. */
export const c1 = <T extends z.ZodType>(schema: T, description?: string) => tag(schema, 'C1', description);
/** Identity, contact and transaction data: masked, exported only with permission. */
export const c2 = <T extends z.ZodType>(schema: T, description?: string) => tag(schema, 'C2', description);
