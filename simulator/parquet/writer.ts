import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, zstdCompressSync } from 'node:zlib';
import { BYTE_ARRAY, type Column, type Filled } from './columns.ts';
import { type Fields, type Thrift, thrift } from './thrift.ts';

const MAGIC = Buffer.from('PAR1');
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const ZSTD = 6;
const UTF8 = 0;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const QUICK = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Writes a Parquet file, row group by row group: texts are UTF-8, times are TIMESTAMP in ms, pages are packed by zstd.
 * The same rows in the same groups make the same bytes. Format: https://parquet.apache.org/docs/file-format/
 */
export class ParquetWriter {
	readonly #file: number;
	readonly #columns: readonly Column<never>[];
	readonly #groups: Thrift[] = [];
	#at = 0;
	#rows = 0;

	constructor(path: string, columns: readonly Column<never>[]) {
		this.#file = openSync(path, 'w');
		this.#columns = columns;
		this.#write(MAGIC);
	}

	/** Writes what the columns hold as one row group; nothing where `rows` is 0. */
	group(rows: number): void {
		if (rows === 0) return;
		let total = 0;
		const chunks = this.#columns.map((column): Thrift => {
			const { fields, size } = this.#chunk(column, rows);
			total += size;
			return { struct: fields };
		});
		const fields: Fields = [
			[1, { list: chunks }],
			[2, { i64: total }],
			[3, { i64: rows }]
		];
		this.#groups.push({ struct: fields });
		this.#rows += rows;
	}

	close(): void {
		const footer = thrift([
			[1, { i32: 1 }],
			[2, { list: schemaOf(this.#columns) }],
			[3, { i64: this.#rows }],
			[4, { list: this.#groups }],
			[6, { text: 'hotcard' }]
		]);
		const length = Buffer.alloc(4);
		length.writeUInt32LE(footer.length);
		for (const part of [footer, length, MAGIC]) this.#write(part);
		closeSync(this.#file);
	}

	#chunk(column: Column<never>, rows: number): { fields: Fields; size: number } {
		const { values, dictionary, bounds } = column.take();
		const start = this.#at;
		let size = 0;
		if (dictionary) size += this.#dictionaryPage(dictionary);
		const dataAt = this.#at;
		const encoding = dictionary ? RLE_DICTIONARY : PLAIN;
		size += this.#page(DATA_PAGE, values, [
			5,
			{
				struct: [
					[1, { i32: rows }],
					[2, { i32: encoding }],
					[3, { i32: RLE }],
					[4, { i32: RLE }]
				]
			}
		]);
		const meta: Fields = [
			[1, { i32: column.physical }],
			[2, { list: [PLAIN, RLE, RLE_DICTIONARY].map((each) => ({ i32: each })) }],
			[3, { list: [{ text: column.name }] }],
			[4, { i32: ZSTD }],
			[5, { i64: rows }],
			[6, { i64: size }],
			[7, { i64: this.#at - start }],
			[9, { i64: dataAt }],
			...(dictionary ? [[11, { i64: start }] as const] : []),
			...(bounds ? [[12, { struct: statistics(bounds) }] as const] : [])
		];
		const fields: Fields = [
			[2, { i64: start }],
			[3, { struct: meta }]
		];
		return { fields, size };
	}

	#dictionaryPage({ entries, bytes }: NonNullable<Filled['dictionary']>): number {
		return this.#page(DICTIONARY_PAGE, bytes, [
			7,
			{
				struct: [
					[1, { i32: entries }],
					[2, { i32: PLAIN }]
				]
			}
		]);
	}

	/** Answers the page's size before compression, its head included. */
	#page(type: number, bytes: Buffer, about: Fields[number]): number {
		const packed = zstdCompressSync(bytes, QUICK);
		const head = thrift([[1, { i32: type }], [2, { i32: bytes.length }], [3, { i32: packed.length }], about]);
		this.#write(head);
		this.#write(packed);
		return head.length + bytes.length;
	}

	#write(bytes: Uint8Array): void {
		for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
		this.#at += bytes.length;
	}
}

function statistics({ least, greatest }: NonNullable<Filled['bounds']>): Fields {
	return [
		[3, { i64: 0 }],
		[5, { bytes: greatest }],
		[6, { bytes: least }]
	];
}

function schemaOf(columns: readonly Column<never>[]): Thrift[] {
	const root: Fields = [
		[4, { text: 'events' }],
		[5, { i32: columns.length }]
	];
	return [{ struct: root }, ...columns.map(elementOf)];
}

function elementOf({ name, physical, optional }: Column<never>): Thrift {
	const meaning: Fields =
		physical === BYTE_ARRAY
			? [
					[6, { i32: UTF8 }],
					[10, { struct: [[1, { struct: [] }]] }]
				]
			: [[10, { struct: [[8, { struct: timestamp() }]] }]];
	return {
		struct: [[1, { i32: physical }], [3, { i32: optional ? 1 : 0 }], [4, { text: name }], ...meaning]
	};
}

function timestamp(): Fields {
	const millis: Fields = [[1, { struct: [] }]];
	return [
		[1, { flag: true }],
		[2, { struct: millis }]
	];
}
