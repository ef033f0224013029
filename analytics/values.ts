import {
	DuckDBDateValue,
	DuckDBDecimalValue,
	DuckDBIntervalValue,
	DuckDBListValue,
	DuckDBStructValue,
	DuckDBTimestampTZValue,
	DuckDBTimestampValue,
	type DuckDBType,
	DuckDBTypeId,
	type DuckDBValue
} from '@duckdb/node-api';
import { HotcardError } from '#lib/domain/error.ts';
import type { Millis } from '#lib/domain/time.ts';

/** The bank's zone has no daylight saving: UTC+8. */
export const ZONE = 'Asia/Shanghai';
const ZONE_OFFSET = 8 * 3_600_000;
const DAY_MICROS = 86_400_000_000n;

export function instant(at: Millis): DuckDBTimestampTZValue {
	return new DuckDBTimestampTZValue(BigInt(Math.round(at)) * 1_000n);
}

/** A 64- or 128-bit integer as a number; refuses what a number cannot hold exactly. */
export function exact(value: bigint): number {
	const number = Number(value);
	if (!Number.isSafeInteger(number)) {
		throw new HotcardError('number-too-large', `${value} does not fit a number exactly.`, {
			remedy: 'Cast the column to VARCHAR or DOUBLE in the question.'
		});
	}
	return number;
}

/** A value as the catalogue's typed rows hold it: integers as numbers, instants as ms, lists as arrays. */
export function plain(value: DuckDBValue): unknown {
	if (typeof value === 'bigint') return exact(value);
	if (value instanceof DuckDBTimestampTZValue || value instanceof DuckDBTimestampValue) {
		return Number(value.micros / 1_000n) + Number(value.micros % 1_000n) / 1_000;
	}
	if (value instanceof DuckDBDecimalValue) return value.toDouble();
	if (value instanceof DuckDBListValue) return value.items.map(plain);
	return value;
}

function zoned(micros: bigint): string {
	if (micros > 8_640_000_000_000_000_000n || micros < -8_640_000_000_000_000_000n) return 'infinity';
	const shifted = new Date(Number(micros / 1_000n) + ZONE_OFFSET);
	return `${shifted.toISOString().slice(0, -1)}+08:00`;
}

const PLAIN: ReadonlySet<DuckDBTypeId> = new Set([
	DuckDBTypeId.BOOLEAN,
	DuckDBTypeId.SMALLINT,
	DuckDBTypeId.INTEGER,
	DuckDBTypeId.DOUBLE,
	DuckDBTypeId.VARCHAR,
	DuckDBTypeId.ENUM
]);

/** Whether `plain` would leave every value of a type as it is. */
export function isPlain(type: DuckDBType): boolean {
	return PLAIN.has(type.typeId);
}

/** A value as JSON: what a number cannot hold exactly becomes a string, instants are RFC 3339 in the bank's zone. */
export function jsonSafe(value: DuckDBValue): unknown {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
	if (value instanceof DuckDBTimestampTZValue) return zoned(value.micros);
	if (value instanceof DuckDBListValue) return value.items.map(jsonSafe);
	if (value instanceof DuckDBStructValue) {
		return Object.fromEntries(Object.entries(value.entries).map(([key, entry]) => [key, jsonSafe(entry)]));
	}
	if (value instanceof DuckDBIntervalValue) {
		return `P${value.months}M${value.days}DT${Number(value.micros) / 1_000_000}S`;
	}
	if (value instanceof DuckDBDateValue)
		return new Date(Number((BigInt(value.days) * DAY_MICROS) / 1_000n)).toISOString().slice(0, 10);
	return String(value);
}
