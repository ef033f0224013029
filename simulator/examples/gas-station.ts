import { Environment } from '../kernel/environment.ts';
import type { Activity } from '../kernel/process.ts';
import { Resource } from '../kernel/resource.ts';
import { Container } from '../kernel/store.ts';
import { deriveStream } from '../random/stream.ts';

const SECOND = 10;
const STATION = 200;
const THRESHOLD = 0.25 * STATION;
const CAR_TANK = 50;
const LITRES_PER_SECOND = 2;
const TRUCK_COMES_AFTER = 300 * SECOND;
const LENGTH = 2_000 * SECOND;

/**
 * After SimPy's `gas_station_refuel.py`: cars queue for two pumps that share one tank; a control looks every ten seconds
 * and calls a tank truck when less than a quarter is left. Ticks are tenths of a second.
 */
export function gasStation(seed: number, print: (line: string) => void): void {
	const env = new Environment();
	const pumps = new Resource(env, 2, 'pumps');
	const tank = new Container(env, STATION, STATION, 'tank');
	const arrivals = deriveStream(seed, 'station', 'arrivals');
	const levels = deriveStream(seed, 'station', 'levels');
	const seconds = (ticks: number): string => (ticks / SECOND).toFixed(1);

	function* car(name: string): Activity {
		const needs = CAR_TANK - levels.int(5, 25);
		print(`${name} arriving at gas station at ${seconds(env.now)}`);
		const arrived = env.now;
		using pump = pumps.request();
		yield pump;
		yield tank.get(needs);
		yield env.timeout(Math.round((needs / LITRES_PER_SECOND) * SECOND));
		print(`${name} finished refueling in ${seconds(env.now - arrived)} seconds.`);
	}

	function* cars(): Activity {
		for (let i = 0; ; i++) {
			yield env.timeout(arrivals.int(30, 300) * SECOND);
			env.process(car(`Car ${i}`), `Car ${i}`);
		}
	}

	function* truck(): Activity {
		yield env.timeout(TRUCK_COMES_AFTER);
		const litres = tank.capacity - tank.level;
		print(`Tank truck arriving at ${seconds(env.now)}, refuelling ${litres} litres.`);
		yield tank.put(litres);
	}

	function* control(): Activity {
		for (;;) {
			if (tank.level < THRESHOLD) {
				print(`Calling tank truck at ${seconds(env.now)}`);
				yield env.process(truck(), 'truck');
			}
			yield env.timeout(10 * SECOND);
		}
	}

	print('Gas station refuelling');
	env.process(control(), 'control');
	env.process(cars(), 'cars');
	env.run(LENGTH);
}

if (import.meta.main) gasStation(42, console.log);
