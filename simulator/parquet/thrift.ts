/** Field types of Thrift's compact protocol. */
const TRUE = 1;
const FALSE = 2;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** One value of a struct's field; an array is a list of structs or of what its elements are. */
export type Thrift =
	| { i32: number }
	| { i64: number }
	| { text: string }
	| { bytes: Uint8Array }
	| { flag: boolean }
	| { struct: Fields }
	| { list: readonly Thrift[] };

/** Fields by their number, which ascend. */
export type Fields = readonly (readonly [number: number, value: Thrift])[];

/** A struct in Thrift's compact protocol, in which Parquet keeps what it says about its data. */
export function thrift(fields: Fields): Buffer {
	const bytes: number[] = [];
	struct(bytes, fields);
	return Buffer.from(bytes);
}

function struct(out: number[], fields: Fields): void {
	let before = 0;
	for (const [number, value] of fields) {
		out.push(((number - before) << 4) | typeOf(value));
		before = number;
		if (!('flag' in value)) write(out, value);
	}
	out.push(0);
}

function typeOf(value: Thrift): number {
	if ('i32' in value) return I32;
	if ('i64' in value) return I64;
	if ('flag' in value) return value.flag ? TRUE : FALSE;
	if ('list' in value) return LIST;
	return 'struct' in value ? STRUCT : BINARY;
}

function write(out: number[], value: Thrift): void {
	if ('i32' in value) varint(out, value.i32 * 2);
	else if ('i64' in value) varint(out, value.i64 * 2);
	else if ('text' in value) binary(out, Buffer.from(value.text));
	else if ('bytes' in value) binary(out, value.bytes);
	else if ('struct' in value) struct(out, value.struct);
	else if ('list' in value) list(out, value.list);
}

function list(out: number[], values: readonly Thrift[]): void {
	const [first] = values;
	const type = first === undefined ? STRUCT : typeOf(first);
	if (values.length < 15) out.push((values.length << 4) | type);
	else {
		out.push(0xf0 | type);
		varint(out, values.length);
	}
	for (const value of values) write(out, value);
}

function binary(out: number[], bytes: Uint8Array): void {
	varint(out, bytes.length);
	for (const byte of bytes) out.push(byte);
}

/** Seven bits a byte, low ones first. Signed fields come doubled, as zigzag asks: nothing here is negative. */
export function varint(out: number[], value: number): void {
	let rest = value;
	while (rest >= 128) {
		out.push((rest % 128) + 128);
		rest = Math.floor(rest / 128);
	}
	out.push(rest);
}
