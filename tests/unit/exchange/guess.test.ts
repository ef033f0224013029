import { expect, test } from 'vitest';
import { guessMapping } from '../../../src/lib/server/exchange/mapping/guess.ts';
import { guessType } from '../../../src/lib/server/exchange/mapping/guess-type.ts';
import { parse } from 'yaml';

const column = (name: string, samples: string[]) => ({
	name,
	type: guessType(samples),
	samples,
	distinct: samples.length
});
const guess = (...times: string[]) =>
	parse(
		guessMapping([column('case', ['R-1', 'R-2']), column('activity', ['Begin', 'End']), column('time', times)])
	) as {
		time: unknown;
	};

test('a bad value among times leaves a mapping that reads the others', () => {
	expect(guess('2026-11-20T08:00:00Z', 'some day').time).toBe('time');
	expect(guess('some day', '20.11.2026 08:00').time).toEqual({ column: 'time', format: 'dd.MM.yyyy HH:mm' });
});

test('a column of seconds since 1970 is read as such', () => {
	expect(guess('1795391187', '1795391188').time).toEqual({ column: 'time', format: 'epoch-seconds' });
});

test.each([
	['3/15/2019 1:05:00 PM', 'MM/dd/yyyy hh:mm:ss a'],
	['12/31/2019, 1:05 am', 'MM/dd/yyyy, hh:mm a'],
	['15.03.19 10:00', 'dd.MM.yy HH:mm'],
	['15-Mar-2019 10:00:00', 'dd-MMM-yyyy HH:mm:ss'],
	['10:00:00 15.03.2019', 'HH:mm:ss dd.MM.yyyy'],
	['Mar 5, 2019 10:00', 'MMM dd, yyyy HH:mm'],
	['2019年3月15日 10:00', 'yyyy年MM月dd日 HH:mm'],
	['20190315100000', 'yyyyMMddHHmmss'],
	['1552644000123456', 'epoch-us'],
	['1552644000123456789', 'epoch-ns']
])('%s is read as %s', (text, format) => {
	expect(guess(text).time).toEqual({ column: 'time', format });
});

test('large ids are no times where a column holds some, and a remark that never changes is no step', () => {
	const columns = [
		column('key', ['1234567890123456789', '1234567890123456790']),
		{ ...column('remark', ['same']), distinct: 1 },
		column('doing', ['Begin', 'End']),
		column('changed', ['2020-01-01T00:00:00', '2020-01-02T00:00:00'])
	];
	expect(parse(guessMapping(columns))).toMatchObject({ case: 'key', activity: 'doing', time: 'changed' });
});

test('numbers as long as those of cards are left in the file', () => {
	const columns = [
		column('case', ['1']),
		column('activity', ['A', 'B']),
		column('time', ['2020-01-01']),
		column('trace', ['40000000007919'])
	];
	expect(parse(guessMapping(columns))).not.toHaveProperty('attributes');
});

test('versions and addresses are no times', () => {
	expect(guessType(['1.2.3', '10.0.0.1'])).toBe('text');
});
