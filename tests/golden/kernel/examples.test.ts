import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bankRenege } from '../../../simulator/examples/bank-renege.ts';
import { gasStation } from '../../../simulator/examples/gas-station.ts';
import { machineShop } from '../../../simulator/examples/machine-shop.ts';

test.each([
	['bank-renege', bankRenege],
	['gas-station', gasStation],
	['machine-shop', machineShop]
])('the example %s prints what it always has, byte for byte', (name, example) => {
	let printed = '';
	example(42, (line) => (printed += `${line}\n`));
	expect(printed).toBe(readFileSync(new URL(`${name}.out`, import.meta.url), 'utf8'));
});
