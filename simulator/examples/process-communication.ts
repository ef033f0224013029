import { Environment, wait } from '../kernel/environment.ts';
import type { Condition } from '../kernel/event.ts';
import type { Activity } from '../kernel/process.ts';
import { Store } from '../kernel/store.ts';
import { deriveStream, type Stream } from '../random/stream.ts';

const LENGTH = 100;

interface Message {
	readonly sent: number;
	readonly text: string;
}

interface Outlet {
	put(message: Message): unknown;
}

/** What is put in goes to everyone: each listener has a pipe of its own, as a `Store` gives each thing to one alone. */
class Broadcast implements Outlet {
	readonly #env: Environment;
	readonly #pipes: Store<Message>[] = [];

	constructor(env: Environment) {
		this.#env = env;
	}

	put(message: Message): Condition {
		return this.#env.allOf(this.#pipes.map((pipe) => pipe.put(message)));
	}

	listen(): Store<Message> {
		const pipe = new Store<Message>(this.#env, Infinity, `pipe ${this.#pipes.length + 1}`);
		this.#pipes.push(pipe);
		return pipe;
	}
}

/**
 * After SimPy's `process_communication.py`: processes that talk through stores, first one to one, then one to many. Who
 * comes to its pipe only after a message did is told late: time of sending and of reading differ.
 */
export function processCommunication(seed: number, print: (line: string) => void): void {
	function* generator(env: Environment, name: string, chance: Stream, out: Outlet): Activity {
		for (;;) {
			yield env.timeout(chance.int(6, 10));
			// Nobody has to wait for the put: the pipe has room without end.
			out.put({ sent: env.now, text: `${name} says hello at ${env.now}` });
		}
	}

	function* consumer(env: Environment, name: string, chance: Stream, pipe: Store<Message>): Activity {
		for (;;) {
			const { sent, text } = yield* wait(pipe.get());
			const late = sent < env.now ? 'LATE getting' : 'received';
			print(`at time ${env.now}: ${name} ${late} message: ${text}.`);
			yield env.timeout(chance.int(4, 8));
		}
	}

	print('Process communication');
	print('One-to-one pipe communication');
	const one = new Environment();
	const pipe = new Store<Message>(one, Infinity, 'pipe');
	one.process(generator(one, 'Generator A', deriveStream(seed, 'generator A', 'pauses'), pipe), 'generator A');
	one.process(consumer(one, 'Consumer A', deriveStream(seed, 'consumer A', 'pauses'), pipe), 'consumer A');
	one.run(LENGTH);

	print('One-to-many pipe communication');
	const many = new Environment();
	const broadcast = new Broadcast(many);
	for (const name of ['Consumer A', 'Consumer B']) {
		const chance = deriveStream(seed, `${name} of many`, 'pauses');
		many.process(consumer(many, name, chance, broadcast.listen()), name);
	}
	const pauses = deriveStream(seed, 'generator of many', 'pauses');
	many.process(generator(many, 'Generator A', pauses, broadcast), 'generator A');
	many.run(LENGTH);
}

if (import.meta.main) processCommunication(42, console.log);
