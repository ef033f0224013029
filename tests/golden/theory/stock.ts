import { Environment } from '../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../simulator/kernel/event.ts';
import { Container } from '../../../simulator/kernel/store.ts';
import type { Law } from '../../../simulator/models/station.ts';
import { poisson } from '../../../simulator/random/discrete.ts';
import { deriveStream } from '../../../simulator/random/stream.ts';
import { TimeWeighted } from '../../../simulator/statistics/time-weighted.ts';
import { Census } from './census.ts';
import { arrivals, type Body, TICKS, ticks } from './textbook.ts';

/** (s,S) reviewed every period, Poisson demand, delivery at once: cost a period. */
export function review(
	{ demand, order, holding, shortage }: { demand: number; order: number; holding: number; shortage: number },
	[low, high]: readonly [number, number],
	periods: number,
	seed: number
): { cost: number } {
	const env = new Environment();
	const chance = deriveStream(seed, 'shop', 'demand');
	let level = high;
	let cost = 0;
	function* shop(): Body {
		for (let period = 0; period < periods; period++) {
			if (level <= low) {
				cost += order;
				level = high;
			}
			yield env.timeout(TICKS);
			level -= poisson(chance, demand);
			cost += level >= 0 ? holding * level : -shortage * level;
		}
	}
	env.process(shop(), 'shop');
	env.run();
	return { cost: cost / periods };
}

/** Single demands on a container that is filled up by Q when the position falls to R: fill rate, back orders and stock. */
export function reorder(
	{ rate, lead, low, size }: { rate: number; lead: Law; low: number; size: number },
	count: number,
	seed: number
) {
	const env = new Environment();
	const shelf = new Container(env, Infinity, low + size, 'shelf');
	const waiting = new Census(env);
	const [coming, leads] = ['demand', 'leads'].map((name) => deriveStream(seed, 'shelf', name));
	let position = low + size;
	const stock = new TimeWeighted(0, shelf.level);
	let filled = 0;
	function* delivery(): Body {
		yield env.timeout(ticks(lead(leads!)));
		const put = shelf.put(size);
		stock.change(env.now, shelf.level);
		yield put as SimEvent;
	}
	function* customer(): Body {
		const taken = shelf.get(1);
		stock.change(env.now, shelf.level);
		if (taken.triggered) filled++;
		const leave = waiting.enter();
		if (--position <= low) {
			position += size;
			env.process(delivery(), 'delivery');
		}
		yield taken as SimEvent;
		leave();
	}
	arrivals(env, coming!, rate, count, customer);
	env.run();
	const backorders = waiting.level.mean(env.now);
	return { fill: filled / count, backorders, onHand: stock.mean(env.now), census: waiting };
}
