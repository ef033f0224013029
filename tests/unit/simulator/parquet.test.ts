import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Column, TextColumn, TimeColumn, WordColumn } from '../../../simulator/parquet/columns.ts';
import { ParquetWriter } from '../../../simulator/parquet/writer.ts';
import { parquetRows } from '../../support/parquet.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'hotcard-parquet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
	text: string;
	word: string | undefined;
	time: number;
}

const row = fc.record<Row>({
	text: fc.string({ unit: 'grapheme' }),
	word: fc.option(fc.constantFrom('a', '', '城', 'four', 'a long word that is kept once'), { nil: undefined }),
	time: fc.integer({ min: 0, max: 4_102_444_800_000 })
});

/** Writes rows in groups and answers them as another reader finds them. */
async function readBack(groups: readonly Row[][]): Promise<unknown[]> {
	const path = join(folder, 'rows.parquet');
	const text = new TextColumn('text');
	const word = new WordColumn('word');
	const time = new TimeColumn('time');
	const writer = new ParquetWriter(path, [text, word, time] as readonly Column<never>[]);
	for (const group of groups) {
		for (const each of group) {
			text.add(each.text);
			word.add(each.word);
			time.add(each.time);
		}
		writer.group(group.length);
	}
	writer.close();
	return parquetRows(path);
}

const expected = (groups: readonly Row[][]): unknown[] =>
	groups.flat().map(({ text, word, time }) => ({ text, word: word ?? null, time: String(time) }));

describe('a Parquet file', () => {
	test.prop([fc.array(fc.array(row, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 })], {
		numRuns: 30
	})('is read by DuckDB as it was written', async (groups) => {
		expect(await readBack(groups)).toEqual(expected(groups));
	});

	test('holds as many different words as its rows have, and groups of many rows', async () => {
		const many = Array.from({ length: 5_000 }, (_, i): Row => {
			return { text: `row ${i}`, word: i % 7 === 0 ? undefined : `word ${i % 4_321}`, time: i };
		});
		const groups = [many, many.slice(0, 1)];
		expect(await readBack(groups)).toEqual(expected(groups));
	});

	test('of no rows has columns', async () => {
		expect(await readBack([])).toEqual([]);
	});
});
