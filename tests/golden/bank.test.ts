import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createBank } from '../../simulator/bank/bank.ts';
import { readProfile } from '../../simulator/bank/profile.ts';
import { DAY } from '../../src/lib/domain/time.ts';

const FILE = 'scenarios/profiles/to-be.yaml';
const START = Date.parse('2026-11-02T00:00:00+08:00');

test('two days of twenty branches are the same to the byte as ever', () => {
	const profile = readProfile(readFileSync(FILE, 'utf8'), FILE);
	const bank = createBank({ seed: 20_261_122, profile, start: START, branches: 20 });
	const lines = bank.advance(START + 2 * DAY).map((event) => `${JSON.stringify(event)}\n`);
	const golden = {
		events: lines.length,
		first: JSON.parse(lines[0] as string) as unknown,
		sha256: createHash('sha256').update(lines.join('')).digest('hex')
	};
	expect(golden).toMatchSnapshot();
});
