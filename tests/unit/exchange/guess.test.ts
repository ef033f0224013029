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
