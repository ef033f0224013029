import { Environment } from '../kernel/environment.ts';
import type { Activity } from '../kernel/process.ts';
import { Resource } from '../kernel/resource.ts';
import { exponential, uniform } from '../random/continuous.ts';
import { deriveStream } from '../random/stream.ts';

const MINUTE = 10_000;
const CUSTOMERS = 5;
const BETWEEN = 10 * MINUTE;
const AT_COUNTER = 12 * MINUTE;
const PATIENCE = { least: 1 * MINUTE, most: 3 * MINUTE };

/**
 * The bank with impatient customers, after SimPy's `bank_renege.py` (itself after `bank08.py` of the SimPy 2 tutorial):
 * one counter, five customers, each of whom leaves when not served within one to three minutes. Prints in minutes.
 */
export function bankRenege(seed: number, print: (line: string) => void): void {
	const env = new Environment();
	const counter = new Resource(env, 1, 'counter');
	const arrivals = deriveStream(seed, 'bank', 'arrivals');
	const patience = deriveStream(seed, 'bank', 'patience');
	const services = deriveStream(seed, 'bank', 'services');
	const minutes = (ticks: number, width: number, digits: number): string =>
		(ticks / MINUTE).toFixed(digits).padStart(width);
	const tell = (name: string, what: string): void => print(`${minutes(env.now, 7, 4)} ${name}: ${what}`);

	function* source(): Activity {
		for (let i = 0; i < CUSTOMERS; i++) {
			const name = `Customer${String(i).padStart(2, '0')}`;
			env.process(customer(name), name);
			yield env.timeout(Math.round(exponential(arrivals, BETWEEN)));
		}
	}

	function* customer(name: string): Activity {
		const arrived = env.now;
		tell(name, 'Here I am');
		using request = counter.request();
		yield env.anyOf([request, env.timeout(Math.round(uniform(patience, PATIENCE.least, PATIENCE.most)))]);
		const waited = minutes(env.now - arrived, 6, 3);
		if (request.state !== 'held') return tell(name, `RENEGED after ${waited}`);
		tell(name, `Waited ${waited}`);
		yield env.timeout(Math.round(exponential(services, AT_COUNTER)));
		tell(name, 'Finished');
	}

	print('Bank renege');
	env.process(source(), 'source');
	env.run();
}

if (import.meta.main) bankRenege(42, console.log);
