import type { SimEvent } from '../kernel/event.ts';
import { Resource } from '../kernel/resource.ts';
import { dayFactor } from './arrivals.ts';
import type { CaseFile } from './case-file.ts';
import { arrivalsOfDay, eachDay } from './load.ts';
import { span, type World } from './world.ts';

const LANGUAGES = [
	'mandarin',
	'mandarin',
	'mandarin',
	'cantonese',
	'sichuanese',
	'hokkien',
	'shanghainese',
	'english'
] as const;

/** The phone bank: one line for lost cards and all other calls; callers hang up when their patience ends. */
export class PhoneBank {
	readonly #world: World;
	readonly #agents: Resource;

	constructor(world: World) {
		this.#world = world;
		this.#agents = new Resource(world.env, world.profile.phone.agents, 'phone agents');
	}

	/** Starts the calls about everything else, which leave no events. */
	open(): void {
		const { env, profile } = this.#world;
		const stream = this.#world.stream('phone', 'other calls');
		const free = (): void => this.#agents.free();
		const share = this.#world.branches.length / 200;
		eachDay(
			env,
			(day) => {
				const mean = profile.phone.otherPerMinute * 1_440 * Math.min(1, share) * dayFactor(this.#world, day);
				return arrivalsOfDay(stream, day, profile.arrivals.hours, mean, 0.01);
			},
			() => {
				if (this.#agents.waiting > 2 * this.#agents.capacity) return;
				this.#agents.seize(() => env.call(span(stream, profile.phone.otherTalk), free));
			}
		);
	}

	/** One call; answers false where the caller hung up before being answered. */
	*call(file: CaseFile, talk: () => Generator<SimEvent, void, unknown>): Generator<SimEvent, boolean, unknown> {
		const { env, profile } = this.#world;
		const stream = file.stream('call');
		const callId = `P-${file.caseId}`;
		const language = LANGUAGES[stream.int(0, LANGUAGES.length - 1)] as string;
		const queuedAt = env.now;
		this.#world.emit('call.queued', { callId, caseId: file.caseId, language }, '/sim/bank/phone');
		// The greeting and the choice of a language come first.
		yield env.timeout(span(stream, { mean: 9_000, cv: 0.3 }));
		const request = this.#agents.request();
		const patience = span(stream, profile.phone.patience);
		if (request.state === 'waiting') {
			yield env.anyOf([request, env.timeout(patience)]);
			if (request.state === 'waiting') {
				this.#agents.release(request);
				const waitedSeconds = Math.round((env.now - queuedAt) / 1_000);
				this.#world.emit('call.abandoned', { callId, waitedSeconds }, '/sim/bank/phone');
				return false;
			}
		}
		const agent = `agent-${stream.int(1, this.#agents.capacity)}`;
		const answeredAt = env.now;
		const waitedSeconds = Math.round((answeredAt - queuedAt) / 1_000);
		this.#world.emit('call.answered', { callId, agent, waitedSeconds }, '/sim/bank/phone');
		yield* talk();
		const talkSeconds = Math.round((env.now - answeredAt) / 1_000);
		this.#world.emit('call.ended', { callId, agent, talkSeconds }, '/sim/bank/phone');
		this.#agents.release(request);
		return true;
	}
}
