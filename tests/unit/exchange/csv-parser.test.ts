import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvParser } from '../../../src/lib/server/exchange/read/csv-parser.ts';
import type { Row } from '../../../src/lib/server/exchange/read/table.ts';

function parse(text: string, size = text.length || 1): Row[] {
	const parser = new CsvParser({ delimiter: ',', quote: '"' });
	const rows: Row[] = [];
	for (let at = 0; at < text.length; at += size) rows.push(...parser.push(text.slice(at, at + size)));
	rows.push(...parser.push('', true));
	return rows;
}

const cells = (rows: readonly Row[]): unknown[] => rows.map((row) => row.cells);

describe('CSV', () => {
	test('quoted fields hold delimiters, doubled quotes and newlines', () => {
		const rows = parse('a,b\r\n"x,1","say ""hi"""\r\n"two\nlines",\r\n');
		expect(cells(rows)).toEqual([
			['a', 'b'],
			['x,1', 'say "hi"'],
			['two\nlines', null]
		]);
	});

	test('a row knows the line where it starts, also after newlines inside quotes and empty lines', () => {
		const rows = parse('a,b\n"1\n2\n3",x\n\nlast,y');
		expect(rows.map((row) => row.line)).toEqual([1, 2, 6]);
		expect(rows.map((row) => row.number)).toEqual([0, 1, 2]);
	});

	test('a row with the wrong number of columns is a problem of its own', () => {
		const rows = parse('a,b\n1,2,3\n4,5\n');
		expect(rows[1]?.problem).toMatchObject({ code: 'columns', detail: '3 columns where the header has 2' });
		expect(rows[2]?.problem).toBeUndefined();
	});

	test('a quote that is never closed spoils its own line only', () => {
		const rows = parse('a,b\n"open,1\n2,3\n4,5\n');
		expect(rows.map((row) => row.problem?.code)).toEqual([undefined, 'unclosed-quote', undefined, undefined]);
		expect(cells(rows).slice(2)).toEqual([
			['2', '3'],
			['4', '5']
		]);
	});

	test('a quote inside an unquoted field is plain text', () => {
		expect(cells(parse('a,b\n5" pipe,x\n'))[1]).toEqual(['5" pipe', 'x']);
	});

	test('however the text is cut into pieces, the rows are the same', () => {
		const field = fc
			.array(fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '挂'), { maxLength: 5 })
			.map((p) => p.join(''));
		fc.assert(
			fc.property(
				fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 }),
				fc.integer({ min: 1, max: 7 }),
				(table, size) => {
					const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
					const text = table.map((row) => row.map(quote).join(',')).join('\n') + '\n';
					const expected = table.map((row) => row.map((cell) => (cell === '' ? null : cell)));
					expect(cells(parse(text, size))).toEqual(expected);
				}
			)
		);
	});
});
