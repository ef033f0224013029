import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { readProfile } from '../../../simulator/bank/profile.ts';
import { evolve } from '../../../src/lib/domain/case/evolve.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import { bankSession } from '../../../src/lib/server/lab/bank-session.ts';
import type { DemoOptions } from '../../../src/lib/server/lab/demo.ts';
import type { StoredLane } from '../../../src/lib/server/lab/stored-lane.ts';
import type { openProducer } from '../../../src/lib/server/lab/producer.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { type Clock, type Millis, SECOND } from '../../../src/lib/domain/time.ts';

/** A clock that moves only when told; timers fire on the way, with time for promises in between. */
export class HandClock implements Clock {
	#now: Millis;
	#timers: { at: Millis; callback: () => void }[] = [];

	constructor(start: Millis) {
		this.#now = start;
	}

	now(): Millis {
		return this.#now;
	}

	after(delay: Millis, callback: () => void): () => void {
		const timer = { at: this.#now + delay, callback };
		this.#timers.push(timer);
		return () => {
			this.#timers = this.#timers.filter((each) => each !== timer);
		};
	}

	async pass(span: Millis): Promise<void> {
		const end = this.#now + span;
		for (;;) {
			await settled();
			this.#timers.sort((a, b) => a.at - b.at);
			const next = this.#timers[0];
			if (!next || next.at > end) break;
			this.#timers.shift();
			this.#now = Math.max(this.#now, next.at);
			next.callback();
		}
		this.#now = end;
		await settled();
	}
}

/** Lets a clock go on until something that was asked is done; files are written between two beats. */
export async function whileItPasses(clock: HandClock, asked: Promise<void>): Promise<void> {
	let open = true;
	const settled = asked.finally(() => (open = false));
	settled.catch(() => undefined);
	for (let beats = 0; open && beats < 100; beats++) {
		await clock.pass(SECOND / 10);
		for (let turns = 0; open && turns < 1_000; turns++) await setImmediate();
	}
	return settled;
}

async function settled(): Promise<void> {
	for (let i = 0; i < 50; i++) await Promise.resolve();
}

/** A bank in this thread, so that the clock alone decides what happens when. */
export const produceHere: typeof openProducer = async (options) => {
	const session = bankSession(options);
	const ask = (question: Parameters<typeof session.answer>[0]): { events: DomainEvent[]; upTo: Millis } => {
		const reply = session.answer(question);
		if (reply.kind !== 'batch') throw new Error('not a batch');
		return { events: JSON.parse(reply.text) as DomainEvent[], upTo: reply.upTo };
	};
	return {
		run: session.run,
		advance: async (until, limit) => ask({ kind: 'advance', until, limit }),
		skip: async (until) => void ask({ kind: 'skip', until }),
		obey: async (order) => void ask({ kind: 'obey', order }),
		close: async () => undefined
	};
};

/** A log that drops what it has, as the real one does. */
export class TinyLog implements StoredLane {
	readonly events: DomainEvent[] = [];
	readonly #ids = new Set<string>();
	duplicates = 0;
	/** What `submit` answers, one after the other; 202 when empty. */
	readonly answers: (number | Error)[] = [];

	readonly submit = async (
		_lane: string,
		events: readonly DomainEvent[]
	): Promise<{ status: number; rejected?: readonly unknown[] }> => {
		const answer = this.answers.shift() ?? 202;
		if (answer instanceof Error) throw answer;
		if (answer !== 202) return { status: answer };
		for (const event of events) {
			if (this.#ids.has(event.id)) this.duplicates++;
			else this.events.push(event);
			this.#ids.add(event.id);
		}
		return { status: 202 };
	};

	get lastAt(): Millis {
		return Math.max(...this.events.map((event) => Date.parse(event.time)));
	}

	head(): number {
		return this.events.length;
	}

	async tail(run: string): Promise<DomainEvent[]> {
		return this.events.filter((event) => event.simrun === run).slice(-600);
	}

	async openCases(): Promise<string[]> {
		return [...openStates(this.events).keys()];
	}
}

/** The cases of some events as the domain sees them, without those that are closed; `wrong` collects what does not fit. */
export function openStates(events: readonly DomainEvent[], wrong: string[] = []): Map<string, CaseState> {
	const open = new Map<string, CaseState>();
	const closed = new Map<string, CaseState>();
	for (const event of events) {
		const { caseId } = event.data as { caseId?: string };
		if (caseId === undefined) continue;
		const before = open.get(caseId) ?? closed.get(caseId);
		const { state, violation } = evolve(before, { offset: 0, lane: 'demo', recordedAt: 0, event });
		if (violation) wrong.push(`${caseId}: ${violation.detail}`);
		if (state.status !== 'closed') open.set(caseId, state);
		else if (open.delete(caseId) || !before) closed.set(caseId, state);
	}
	return open;
}

const FILE = 'scenarios/profiles/to-be.yaml';
export const profile = readProfile(readFileSync(FILE, 'utf8'), FILE);

/** A lane of eight branches over two days, whose bank runs in this thread; it goes on where the log ends. */
export const smallLane = (clock: HandClock, log: TinyLog, dataDir: string): DemoOptions => ({
	submit: log.submit,
	clock,
	profile,
	dataDir,
	stored: log,
	lastEventAt: log.events.length === 0 ? null : log.lastAt,
	seed: 5,
	branches: 8,
	historyDays: 2,
	produce: produceHere
});
