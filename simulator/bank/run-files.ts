import type { Millis } from '../../src/lib/domain/time.ts';

export const FORMATS = ['ndjson', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** `2026-11-01`, the day in the bank's zone that begins at this midnight. */
export function dateOf(midnight: Millis): string {
	return new Date(midnight + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function linesFile(date: string): string {
	return `events-${date}.ndjson`;
}

/** Lines of one region of several, until they are merged. */
export function partOf(file: string, region: number): string {
	return `${file}.${String(region + 1).padStart(2, '0')}.part`;
}

/** One file a day; a bank of several regions has one for each of them, in the order of time within it. */
export function parquetFile(date: string, region: number, regions: number): string {
	return regions === 1 ? `events-${date}.parquet` : `events-${date}.${String(region + 1).padStart(2, '0')}.parquet`;
}

/** What made the files, and their names. */
export const RUN = 'run.json';

/** What truly happened. No part of the product reads it. */
export const ORACLE = 'oracle.ndjson';
