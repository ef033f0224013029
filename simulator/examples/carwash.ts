import { Environment } from '../kernel/environment.ts';
import type { Activity } from '../kernel/process.ts';
import { Resource } from '../kernel/resource.ts';
import { Container } from '../kernel/store.ts';
import { deriveStream } from '../random/stream.ts';

const MACHINES = 2;
const WASH = 5;
const LITRES = 40;
const TANK = 200;
/** Below it the refill is called, which comes after a while and pours until the tank is full. */
const THRESHOLD = 90;
const COMES_AFTER = 12;
const FIRST_CARS = 4;
const LENGTH = 60;

/**
 * After SimPy's `carwash.py`, with a tank of water as in its `gas_station_refuel.py`: cars queue for two machines, each
 * wash takes water out of a `Container`, and a refill puts water in. Ticks are minutes.
 */
export function carwash(seed: number, print: (line: string) => void): void {
	const env = new Environment();
	const machines = new Resource(env, MACHINES, 'machines');
	const water = new Container(env, TANK, TANK, 'water');
	const arrivals = deriveStream(seed, 'carwash', 'arrivals');
	const dirt = deriveStream(seed, 'carwash', 'dirt');
	const tell = (what: string): void => print(`${String(env.now).padStart(2)} ${what}`);

	function* car(name: string): Activity {
		tell(`${name} arrives at the carwash.`);
		using machine = machines.request();
		yield machine;
		// Who has a machine and no water waits with it: the line behind grows.
		yield water.get(LITRES);
		tell(`${name} enters, ${water.level} litres left.`);
		yield env.timeout(WASH);
		tell(`${name} leaves, ${dirt.int(50, 99)} % of its dirt removed.`);
	}

	function* refill(): Activity {
		for (;;) {
			yield env.timeout(1);
			if (water.level >= THRESHOLD) continue;
			tell('The refill is called.');
			yield env.timeout(COMES_AFTER);
			const litres = water.capacity - water.level;
			yield water.put(litres);
			tell(`The refill pours ${litres} litres.`);
		}
	}

	function* cars(): Activity {
		for (let i = 0; ; i++) {
			if (i >= FIRST_CARS) yield env.timeout(arrivals.int(3, 7));
			env.process(car(`Car ${i}`), `Car ${i}`);
		}
	}

	print('Carwash');
	env.process(refill(), 'refill');
	env.process(cars(), 'cars');
	env.run(LENGTH);
}

if (import.meta.main) carwash(42, console.log);
