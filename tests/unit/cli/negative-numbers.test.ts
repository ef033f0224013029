import { expect, test } from 'vitest';
import { joinNegatives } from '../../../src/cli/negative-numbers.ts';

test.each([
	['--lambda -1', '--lambda=-1'],
	['kernel --mu -.5 --seed 3', 'kernel --mu=-.5 --seed 3'],
	['--lambda -Infinity --json', '--lambda=-Infinity --json'],
	['--lambda 1 -o out', '--lambda 1 -o out'],
	['--json -h', '--json -h'],
	['--lambda=2 -1', '--lambda=2 -1'],
	['-- --lambda -1', '-- --lambda -1']
])('%s becomes %s', (words, joined) => {
	expect(joinNegatives(words.split(' ')).join(' ')).toBe(joined);
});
