import type { SimEvent } from '../kernel/event.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/domain/time.ts';
import { attendance } from './attendance.ts';
import { hourOf, midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { Line } from './line.ts';
import type { Crowd, Server } from './serving.ts';
import { arrivalsOfDay } from './load.ts';
import { span, type World } from './world.ts';

const SOURCE = '/sim/bank/phone';
/** A bank of fewer branches has fewer calls, but no fewer agents: someone must be there. */
const FULL = 200;

/** The phone bank: lost cards come before all other calls; agents speak some languages; callers hang up when their patience ends. */
export class PhoneBank {
	readonly #world: World;
	readonly #line: Line;
	readonly #languages: readonly string[];
	readonly #choice: Categorical<string>;

	constructor(world: World) {
		this.#world = world;
		const { languages } = world.profile.phone;
		this.#languages = Object.keys(languages);
		this.#choice = categorical(languages);
		this.#line = new Line(world.env, 'phone bank', this.#agents(), this.#otherCalls());
		world.lines.push(this.#line);
	}

	/** Starts the shifts. */
	open(): void {
		const { env } = this.#world;
		const change = (): void => {
			this.attend();
			env.call(midnight(env.now) + Math.floor((env.now - midnight(env.now)) / HOUR + 1) * HOUR - env.now, change);
		};
		change();
	}

	/** Looks again who is at work. */
	attend(): void {
		const { env, profile } = this.#world;
		const share = profile.phone.shifts[hourOf(env.now)] as number;
		// One speaker of each language is planned at any time.
		const needed = Math.max(this.#languages.length, Math.ceil(share * this.#line.servers.length));
		attendance(this.#world, this.#line, { group: 'phone' }, needed);
	}

	/** One call; answers false where the caller hung up before being answered. */
	*call(file: CaseFile, talk: () => Generator<SimEvent, void, unknown>): Generator<SimEvent, boolean, unknown> {
		const { env, profile, emit } = this.#world;
		const { caseId } = file;
		yield* file.time.meet();
		const stream = file.stream('call');
		const callId = `P-${caseId}`;
		const language = this.#choice.draw(stream);
		const patience = span(stream, profile.phone.patience);
		const queuedAt = env.now;
		emit('call.queued', { callId, caseId, language }, SOURCE);
		// The greeting and the choice of a language come first.
		yield env.timeout(span(stream, profile.phone.greeting));
		const agent = yield* this.#wait(this.#skill(language), patience);
		const waitedSeconds = Math.round((env.now - queuedAt) / 1_000);
		file.waitedMs = env.now - queuedAt;
		if (agent === null) {
			emit('call.abandoned', { callId, waitedSeconds }, SOURCE);
			return false;
		}
		const answeredAt = env.now;
		emit('call.answered', { callId, agent: agent.name, waitedSeconds }, SOURCE);
		yield* talk();
		yield* file.time.meet();
		const talkSeconds = Math.round((env.now - answeredAt) / 1_000);
		emit('call.ended', { callId, agent: agent.name, talkSeconds }, SOURCE);
		this.#line.free(agent);
		return true;
	}

	*#wait(needs: number, patience: number): Generator<SimEvent, Server | null, unknown> {
		const answer = this.#world.env.event<Server | null>('an agent');
		this.#line.join({
			rank: 0,
			needs,
			patience,
			serve: (agent) => answer.succeed(agent),
			leave: () => answer.succeed(null)
		});
		yield answer as SimEvent;
		return answer.value;
	}

	/** Everybody speaks the first language, one of the others each, and some a third. */
	#agents(): Server[] {
		const { profile } = this.#world;
		const languages = this.#languages;
		const stream = this.#world.stream(`phone${this.#world.region}`, 'agents');
		const number = Math.max(languages.length, profile.phone.agents);
		const prefix = this.#world.region === '' ? '' : `${this.#world.region}-`;
		return Array.from({ length: number }, (_, index) => {
			const third = stream.next() < profile.phone.thirdLanguage ? 1 << stream.int(0, languages.length - 1) : 0;
			return { name: `agent-${prefix}${index + 1}`, skills: 1 | (1 << (index % languages.length)) | third, speed: 1 };
		});
	}

	#skill(language: string): number {
		return 1 << this.#languages.indexOf(language);
	}

	/** The calls about everything else, which leave no events. */
	#otherCalls(): Crowd {
		const world = this.#world;
		const { phone, arrivals } = world.profile;
		const stream = world.stream(`phone${world.region}`, 'other calls');
		const talks = world.stream(`phone${world.region}`, 'other talks');
		const perDay = phone.otherPerMinute * (DAY / MINUTE) * Math.min(1, world.branches.length / FULL);
		return {
			arrivals: (day) =>
				arrivalsOfDay(stream, day, arrivals.hours, perDay * world.days.at(day).factor, phone.otherVariance),
			service: () => span(talks, phone.otherTalk),
			most: 2 * phone.agents
		};
	}
}
