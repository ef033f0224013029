import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { HotcardError } from '../../../src/lib/domain/error.ts';
import { readMapping } from '../../../src/lib/server/exchange/mapping/read-mapping.ts';
import { mappingJsonSchema } from '../../../src/lib/server/exchange/mapping/schema.ts';

function failure(text: string): HotcardError {
	try {
		readMapping(text, 'm.yaml');
	} catch (error) {
		return error as HotcardError;
	}
	throw new Error('the mapping was taken');
}

const MINIMAL = 'case: a\nactivity: b\ntime: c\n';

describe('a mapping', () => {
	test('needs three columns and nothing else', () => {
		expect(readMapping(MINIMAL).mapping).toEqual({ case: 'a', activity: 'b', time: 'c' });
	});

	test.each([
		['a misspelt key', `${MINIMAL}resorce: d\n`, 4, 1, '/resorce', 'did you mean "resource"?'],
		['a stage that is none', `${MINIMAL}stages:\n  X: verifi\n`, 5, 6, '/stages/X', 'did you mean "verify"?'],
		[
			'a zone that is none',
			'case: a\nactivity: b\ntime:\n  column: c\n  zone: Mars/Base\n',
			5,
			9,
			'/time/zone',
			'IANA'
		],
		[
			'a time format that is none',
			'case: a\nactivity: b\ntime: { column: c, format: soon }\n',
			3,
			28,
			'/time/format',
			'dd.MM.yyyy'
		],
		[
			'a key of time that is none',
			'case: a\nactivity: b\ntime: { column: c, zon: UTC }\n',
			3,
			20,
			'/time/zon',
			'did you mean "zone"?'
		],
		['a number for a column', 'case: 1\nactivity: b\ntime: c\n', 1, 7, '/case', 'the name of a column'],
		['a lane that is none', `${MINIMAL}lane: prod\n`, 4, 7, '/lane', 'expected live, demo'],
		['a format that is none', `${MINIMAL}format: xls\n`, 4, 9, '/format', 'expected csv, parquet']
	])('%s is refused where it stands', (_, text, line, column, pointer, expected) => {
		const error = failure(text);
		expect(error.code).toBe('mapping-invalid');
		expect(error.place).toEqual({ file: 'm.yaml', line, column, pointer });
		expect(error.message).toContain(`m.yaml:${line}:${column}: `);
		expect(error.message).toContain(expected);
		expect(error.remedy).not.toBe('');
	});

	test('without a column that every mapping needs says which', () => {
		expect(failure('case: a\nactivity: b\n').message).toContain('"time" is missing');
	});

	test('that is no YAML is refused with its place', () => {
		const error = failure('case: [a\nactivity: b\n');
		expect(error.code).toBe('mapping-invalid');
		expect(error.place.line).toBeGreaterThan(0);
	});

	test('whose name begins with a star is refused where it stands, with what to do', () => {
		const error = failure('case: *foo\nactivity: b\ntime: c\n');
		expect(error).toMatchObject({ code: 'mapping-invalid', place: { line: 1, column: 7 } });
		expect(error.message).toContain('*foo stands for nothing; write a text that begins with * in quotes');
	});

	test('that multiplies itself is refused', () => {
		const more = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
		expect(failure(`a0: &a0 [x]\n${more.join('\n')}\n`).code).toBe('mapping-invalid');
	});

	test('that is empty is refused', () => {
		expect(failure('').code).toBe('mapping-invalid');
	});
});

describe('the published schema', () => {
	const published = JSON.parse(readFileSync('scenarios/schema/mapping.json', 'utf8')) as Record<string, unknown>;

	test('is what the code checks', () => {
		expect(published).toEqual(JSON.parse(JSON.stringify(mappingJsonSchema())));
	});

	test('takes every shipped mapping and refuses a misspelt one', () => {
		const validate = new Ajv2020({ strict: false }).compile(published);
		for (const file of readdirSync('scenarios/mappings')) {
			const text = readFileSync(`scenarios/mappings/${file}`, 'utf8');
			expect(validate(parse(text)), file).toBe(true);
			expect(readMapping(text, file).mapping.case).toBeDefined();
		}
		expect(validate({ case: 'a', activity: 'b', time: 'c', resorce: 'd' })).toBe(false);
	});
});
