import fc from 'fast-check';
import { Environment } from '../../../simulator/kernel/environment.ts';
import { Interrupt } from '../../../simulator/kernel/error.ts';
import type { SimEvent } from '../../../simulator/kernel/event.ts';
import type { Process } from '../../../simulator/kernel/process.ts';
import { PriorityResource, Resource } from '../../../simulator/kernel/resource.ts';
import { Container, Store } from '../../../simulator/kernel/store.ts';
import { deriveStream } from '../../../simulator/random/stream.ts';

type Body = Generator<SimEvent, void, unknown>;

/** What a customer does next. Lengths are the most a drawn one may be; a resource is taken modulo how many there are. */
export type Step =
	| { do: 'use'; resource: number; priority: number; length: number }
	| { do: 'renege'; resource: number; priority: number; length: number; patience: number }
	| { do: 'balk'; resource: number; length: number; line: number }
	| { do: 'rest'; length: number }
	| { do: 'wake' }
	| { do: 'any'; length: number; other: number }
	| { do: 'all'; length: number; other: number }
	| { do: 'fill'; amount: number }
	| { do: 'draw'; amount: number }
	| { do: 'put' }
	| { do: 'get'; even: boolean };

export interface Arrival {
	at: number;
	script: number;
}

export interface Model {
	seed: number;
	resources: readonly { capacity: number; urgent: boolean }[];
	level: number;
	scripts: readonly (readonly Step[])[];
	/** Whether arrivals stand in the calendar from the start, or come from a process that knows the next. */
	ahead: boolean;
}

const small = (max: number) => fc.nat({ max });
const resource = small(2);
const priority = small(2);
const length = small(20);
const amount = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('use'), resource, priority, length }) },
	fc.record({ do: fc.constant('renege'), resource, priority, length, patience: small(8) }),
	fc.record({ do: fc.constant('balk'), resource, length, line: small(2) }),
	fc.record({ do: fc.constant('rest'), length }),
	fc.record({ do: fc.constant('wake') }),
	fc.record({ do: fc.constant('any'), length, other: length }),
	fc.record({ do: fc.constant('all'), length, other: length }),
	fc.record({ do: fc.constant('fill'), amount }),
	fc.record({ do: fc.constant('draw'), amount }),
	fc.record({ do: fc.constant('put') }),
	fc.record({ do: fc.constant('get'), even: fc.boolean() })
);

export const END = 60;
export const arrivals: fc.Arbitrary<Arrival[]> = fc
	.array(fc.record({ at: small(END), script: small(2) }), { maxLength: 40, size: 'max' })
	.map((list) => list.sort((a, b) => a.at - b.at));
export const model: fc.Arbitrary<Model> = fc.record({
	seed: small(1_000_000),
	resources: fc.array(fc.record({ capacity: fc.integer({ min: 1, max: 3 }), urgent: fc.boolean() }), {
		minLength: 1,
		maxLength: 3
	}),
	level: small(4),
	scripts: fc.array(fc.array(step, { minLength: 1, maxLength: 5, size: 'max' }), { minLength: 1, maxLength: 3 }),
	ahead: fc.boolean()
});

/** Runs a model up to and including a tick: every decision and what it saw, then the state in which the world stands. */
export function story(model: Model, coming: readonly Arrival[], until: number): string[] {
	const env = new Environment();
	const chance = deriveStream(model.seed, 'world', 'all');
	const told: string[] = [];
	const desks = model.resources.map(({ capacity, urgent }, at) =>
		urgent ? new PriorityResource(env, capacity, `desk ${at}`) : new Resource(env, capacity, `desk ${at}`)
	);
	const tank = new Container(env, 6, model.level, 'tank');
	const shelf = new Store<number>(env, 3, 'shelf');
	const sleepers: Process[] = [];
	const state = (): string =>
		`${desks.map(({ count, waiting }) => `${count}+${waiting}`).join(' ')} ${tank.level} ${shelf.items.join(',')}`;
	// One stream for all: a draw more or less in the past would shift every later one.
	const drawn = (most: number): number => chance.int(0, most);

	function* perform(who: number, what: Step, tell: (word: string) => void): Body {
		const desk = desks[('resource' in what ? what.resource : 0) % desks.length]!;
		if (what.do === 'use' || what.do === 'renege') {
			const request = desk.request(what.priority);
			const patience = what.do === 'renege' ? env.timeout(drawn(what.patience)) : undefined;
			yield patience === undefined ? (request as SimEvent) : env.anyOf([request as SimEvent, patience]);
			tell(request.state);
			if (request.state === 'held') yield env.timeout(drawn(what.length));
			desk.release(request);
		} else if (what.do === 'balk') {
			if (desk.waiting > what.line) return tell('balks');
			const request = desk.request();
			yield request as SimEvent;
			yield env.timeout(drawn(what.length));
			desk.release(request);
		} else if (what.do === 'rest') {
			const me = env.running!;
			sleepers.push(me);
			try {
				yield env.timeout(drawn(what.length));
				sleepers.splice(sleepers.indexOf(me), 1);
			} catch (error) {
				if (!(error instanceof Interrupt)) throw error;
				tell(String(error.cause));
			}
		} else if (what.do === 'wake') sleepers.shift()?.interrupt(`woken by ${who}`);
		else if (what.do === 'any') yield env.anyOf([env.timeout(drawn(what.length)), env.timeout(drawn(what.other))]);
		else if (what.do === 'all') yield env.allOf([env.timeout(drawn(what.length)), env.timeout(drawn(what.other))]);
		else if (what.do === 'fill') yield tank.put(what.amount) as SimEvent;
		else if (what.do === 'draw') yield tank.get(what.amount) as SimEvent;
		else if (what.do === 'put') yield shelf.put(who) as SimEvent;
		else yield shelf.get((item) => !what.even || item % 2 === 0) as SimEvent;
	}
	function* customer(who: number, script: readonly Step[]): Body {
		for (const what of script) {
			const tell = (word: string): void => void told.push(`${env.now} ${who} ${what.do} ${word} ${state()}`);
			tell('begins');
			yield* perform(who, what, tell);
			tell('ends');
		}
	}
	const come = ({ script }: Arrival, who: number): void => {
		env.process(customer(who, model.scripts[script % model.scripts.length]!), `customer ${who}`);
	};
	function* source(): Body {
		for (const [who, arrival] of coming.entries()) {
			yield env.timeout(arrival.at - env.now);
			come(arrival, who);
		}
	}
	if (model.ahead) for (const [who, arrival] of coming.entries()) env.call(arrival.at, () => come(arrival, who));
	else env.process(source(), 'source');
	env.run(until + 1);
	told.push(state());
	return told;
}
