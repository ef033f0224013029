import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bankRenege } from '../../../simulator/examples/bank-renege.ts';
import { carwash } from '../../../simulator/examples/carwash.ts';
import { gasStation } from '../../../simulator/examples/gas-station.ts';
import { machineShop } from '../../../simulator/examples/machine-shop.ts';
import { movieRenege } from '../../../simulator/examples/movie-renege.ts';
import { processCommunication } from '../../../simulator/examples/process-communication.ts';

test.each([
	['bank-renege', bankRenege],
	['carwash', carwash],
	['gas-station', gasStation],
	['machine-shop', machineShop],
	['movie-renege', movieRenege],
	['process-communication', processCommunication]
])('the example %s prints what it always has, byte for byte', (name, example) => {
	let printed = '';
	example(42, (line) => (printed += `${line}\n`));
	expect(printed).toBe(readFileSync(new URL(`${name}.out`, import.meta.url), 'utf8'));
});
