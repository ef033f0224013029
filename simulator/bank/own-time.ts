import { SimulationError } from '../kernel/error.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Activity } from '../kernel/process.ts';
import type { World } from './world.ts';

/** To be delegated to: `yield* time.pass(1_000)`. */
export type Wait = Iterable<SimEvent>;

const DONE: IteratorResult<SimEvent> = { done: true, value: undefined };
/** No wait at all, for a fraction of what an empty generator costs. */
const NOTHING: IterableIterator<SimEvent> = { next: () => DONE, [Symbol.iterator]: () => NOTHING };

/**
 * The clock of one strand of work, such as a case. Over what nobody else can see or change it runs ahead of the calendar: the
 * strand draws its next steps in one go, and what it tells carries the moments of its own clock. Before it touches
 * what others touch as well it meets the calendar. What happens is the same as without running ahead; only the calendar is shorter.
 */
export class OwnTime {
	readonly #world: World;
	#at: number;

	constructor(world: World, at = world.env.now) {
		this.#world = world;
		this.#at = at;
	}

	/** The strand's present, ms since the epoch; never before the calendar's. */
	get now(): number {
		return Math.max(this.#at, this.#world.env.now);
	}

	/** Lets some ms pass. */
	pass(ms: number): Wait {
		return this.#reach(this.now + ms);
	}

	/** Lets time pass until a moment; one that is over takes none. */
	until(moment: number): Wait {
		return moment > this.now ? this.#reach(moment) : NOTHING;
	}

	/** Goes on from a moment that was waited for elsewhere. */
	skipTo(moment: number): void {
		this.#at = moment;
	}

	/** Waits until the calendar has come as far. */
	meet(): Wait {
		const { env } = this.#world;
		return this.#at > env.now ? once(env.timeout(this.#at - env.now)) : NOTHING;
	}

	#reach(moment: number): Wait {
		const { env, steadyUntil } = this.#world;
		if (moment >= steadyUntil || moment < env.now) return once(env.timeout(moment - env.now));
		this.#at = moment;
		return NOTHING;
	}
}

function* once(event: SimEvent): Generator<SimEvent, void, unknown> {
	yield event;
}

/** Starts a strand at once. Only one that comes to wait is a process of the calendar: most run ahead to their end. */
export function start(world: World, strand: Activity, name: string): void {
	const { env } = world;
	try {
		const { done, value } = strand.next();
		if (!done) env.process(resumed(value, strand), name);
	} catch (error) {
		if (error instanceof SimulationError) throw error;
		throw env.misuse(error instanceof Error ? error.message : String(error), `start of ${name}`, error);
	}
}

function* resumed(first: SimEvent, strand: Activity): Activity {
	yield first;
	yield* strand;
}

/** Does something that touches nobody else at a moment: now where nothing can come between, else when the calendar is there. */
export function at(world: World, moment: number, act: (moment: number) => void): void {
	if (moment < world.steadyUntil) act(moment);
	else world.env.call(moment - world.env.now, () => act(moment));
}

/** Something that strands wait for, and whose moment may be known before the calendar is there. */
export class Due {
	readonly #world: World;
	readonly #label: string;
	#moment: number | null = null;
	#event: SimEvent | null = null;

	constructor(world: World, label: string) {
		this.#world = world;
		this.#label = label;
	}

	/** Says when it happens. */
	come(moment: number): void {
		this.#moment = moment;
		this.#event?.succeed();
	}

	wait(time: OwnTime): Wait {
		return this.#moment === null ? this.#later(time) : time.until(this.#moment);
	}

	*#later(time: OwnTime): Generator<SimEvent, void, unknown> {
		yield (this.#event ??= this.#world.env.event(this.#label) as SimEvent);
		yield* time.until(this.#moment as unknown as number);
	}
}
