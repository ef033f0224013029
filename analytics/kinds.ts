import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { BIGINT, BOOLEAN, LIST, listValue, TIMESTAMPTZ, VARCHAR } from '@duckdb/node-api';
import type { Millis } from '#lib/domain/time.ts';
import { instant } from './values.ts';

/** A kind of parameter or column: how it is bound, and (as a phantom) the TypeScript type it has. */
export interface Kind<T> {
	readonly type: DuckDBType;
	readonly nullable: boolean;
	bind(value: T): DuckDBValue;
	/** Only for the type; never set. */
	readonly example?: T;
}

function kind<T>(type: DuckDBType, bind: (value: T) => DuckDBValue): Kind<T> {
	return { type, nullable: false, bind };
}

export const text = kind<string>(VARCHAR, (value) => value);
export const flag = kind<boolean>(BOOLEAN, (value) => value);
/** A whole number. */
export const whole = kind<number>(BIGINT, (value) => BigInt(Math.round(value)));
/** Any number: only ever a column. */
export const real = kind<number>(BIGINT, (value) => value);
/** An instant in ms. */
export const time = kind<Millis>(TIMESTAMPTZ, instant);
export const texts = kind<readonly string[]>(LIST(VARCHAR), (value) => listValue([...value]));
export const wholes = kind<readonly number[]>(LIST(BIGINT), (value) => listValue(value.map((each) => BigInt(each))));

export function maybe<T>(inner: Kind<T>): Kind<T | null> {
	return { type: inner.type, nullable: true, bind: (value) => (value === null ? null : inner.bind(value)) };
}

export type Shape = Readonly<Record<string, Kind<never>>>;
type TypeOf<K> = K extends { readonly example?: infer T } ? Exclude<T, undefined> : never;
type NullableKeys<S> = { [K in keyof S]: null extends TypeOf<S[K]> ? K : never }[keyof S];

/** Columns of a row. */
export type RowOf<S> = { [K in keyof S]: TypeOf<S[K]> };
/** Parameters: those that may be null may be left out. */
export type ParamsOf<S> = { [K in Exclude<keyof S, NullableKeys<S>>]: TypeOf<S[K]> } & {
	[K in NullableKeys<S>]?: TypeOf<S[K]>;
};
