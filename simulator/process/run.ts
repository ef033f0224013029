import type { Millis } from '../../src/lib/domain/time.ts';
import { Environment, wait } from '../kernel/environment.ts';
import type { Activity } from '../kernel/process.ts';
import { Categorical } from '../random/discrete.ts';
import { deriveStream, type Stream } from '../random/stream.ts';
import { arrivalsBetween } from './arrivals.ts';
import { Crew } from './crew.ts';
import { drawWithin } from './draw-law.ts';
import { localDays } from './local-days.ts';
import { type Worker, workersOf } from './people.ts';
import type { ProcessProfile, Service } from './profile.ts';
import { BEGIN, router, type Router } from './routing.ts';
import { Waiting } from './waiting.ts';
import { type WorkingClock, workingClock } from './working-clock.ts';

export interface SimulatedStep {
	/** When it ended. */
	at: Millis;
	activity: string;
	resource: string | undefined;
	/** When somebody began it, where the profile knows of beginnings. */
	started?: Millis;
}

export interface SimulatedCase {
	id: string;
	branch: string | undefined;
	channel: string | undefined;
	tier: string | undefined;
	steps: SimulatedStep[];
}

/** Told of what happens, in order of time. */
export interface ProcessWatcher {
	began?(one: SimulatedCase): void;
	/** The `no`-th step has begun; only of those whose beginning is known. */
	started?(one: SimulatedCase, no: number, step: Required<Omit<SimulatedStep, 'at'>>): void;
	/** The last step of the case has ended; `final` says whether it was the case's last. */
	ended?(one: SimulatedCase, final: boolean): void;
}

/** A case that runs in circles ends here: routing by counts leaves any loop sooner or later, a handwritten profile may not. */
const LONGEST = 10_000;

type Laws = Map<string, ProcessProfile['durations']>;
interface World {
	readonly env: Environment;
	readonly seed: number;
	readonly route: Router;
	readonly laws: Laws;
	readonly services: ReadonlyMap<string, Service>;
	readonly crew: Crew;
	readonly waiting: Waiting;
	readonly clock: WorkingClock;
	readonly watcher: ProcessWatcher;
	readonly mix: readonly ((stream: Stream) => string | undefined)[];
}
type Streams = Record<'ways' | 'times' | 'people' | 'service' | 'delay', Stream>;

const key = (from: string | null, to: string | null): string => JSON.stringify([from, to]);

function mixer(weights: Readonly<Record<string, number>>): (stream: Stream) => string | undefined {
	const names = Object.keys(weights);
	if (names.length === 0) return () => undefined;
	const choice = new Categorical(names, Object.values(weights));
	return (stream) => choice.draw(stream);
}

/**
 * The world of a process whose cases begin in [from, to); its ticks are ms of the epoch. Each case has its own streams for
 * its way, its waits, its people and its service, so that a change of one shifts no other.
 */
export function openProcess(
	profile: ProcessProfile,
	options: { from: Millis; to: Millis; seed: number },
	watcher: ProcessWatcher
): Environment {
	const days = localDays(profile.zone, profile.days);
	const clock = workingClock(profile.hours, days);
	const workers = workersOf(profile.people, profile.hours, days);
	const env = new Environment(options.from);
	const { branch, channel, tier } = profile.mix;
	const world: World = {
		env,
		seed: options.seed,
		route: router(profile.routing),
		laws: Map.groupBy(profile.durations, ({ from, to }) => key(from, to)),
		services: new Map(profile.work.filter((one) => one.by === 'service').map((one) => [one.activity, one])),
		crew: new Crew(env, workers),
		waiting: new Waiting(profile, workers, clock, days),
		clock,
		watcher,
		mix: [mixer(branch), mixer(channel), mixer(tier)]
	};
	env.process(arrive(world, profile.name, arrivalsBetween(profile.arrivals, days, options)), 'arrivals');
	return env;
}

/** Cases that begin in [from, to), in order of their beginning, with the steps that end before `until`, else whole. */
export function runProcess(
	profile: ProcessProfile,
	options: { from: Millis; to: Millis; seed: number; until?: Millis }
): SimulatedCase[] {
	const cases: SimulatedCase[] = [];
	openProcess(profile, options, { began: (one) => cases.push(one) }).run(options.until);
	return cases.filter(({ steps }) => steps.length > 0);
}

function* arrive(world: World, name: string, arrivals: Iterable<{ day: number; times: Millis[] }>): Activity {
	const { env } = world;
	for (const { day, times } of arrivals)
		for (const [nth, at] of times.entries()) {
			yield env.timeout(at - env.now);
			const id = `${name}-${day}-${nth + 1}`;
			env.process(live(world, id), id);
		}
}

/** One case from its beginning to its end; it stays open where nobody is left for what comes next. */
function* live(world: World, id: string): Activity {
	const { env, watcher } = world;
	const stream = (purpose: string) => deriveStream(world.seed, id, purpose);
	const streams: Streams = {
		ways: stream('routing'),
		times: stream('times'),
		people: stream('people'),
		service: stream('service'),
		delay: stream('delay')
	};
	const mix = stream('mix');
	const [branch, channel, tier] = world.mix.map((draw) => draw(mix));
	const steps: SimulatedStep[] = [];
	const one: SimulatedCase = { id, branch, channel, tier, steps };
	watcher.began?.(one);
	const began = env.now;
	const past: (string | null)[] = [BEGIN];
	let next = world.route(past, streams.ways);
	while (next !== undefined && steps.length < LONGEST) {
		const activity: string = next;
		const last = past.at(-1) ?? null;
		const service = world.services.get(activity);
		if (service !== undefined) steps.push(yield* serve(world, one, service, streams));
		else {
			const law = last === null ? undefined : lawOf(world.laws, last, activity, (env.now - began) / 1_000);
			const end = world.waiting.end(activity, env.now, law, streams);
			if (end === undefined) return;
			if (end.at > env.now) yield env.timeout(end.at - env.now);
			steps.push({ at: env.now, activity, resource: end.by });
		}
		past.push(activity);
		next = world.route(past, streams.ways);
		watcher.ended?.(one, next === undefined || steps.length === LONGEST);
	}
}

/** An activity done by somebody who takes it from a queue. */
function* serve(world: World, one: SimulatedCase, service: Service, streams: Streams) {
	const { env, clock } = world;
	const { activity, delay, others } = service;
	// What begins a case was seen only when it was begun: there is no delay to know of.
	if (one.steps.length > 0 && streams.delay.next() >= delay.instant) {
		const idle = drawWithin(delay.law, delay.most ?? Infinity, streams.delay) * 1_000;
		yield env.timeout(clock.add(env.now, Math.round(idle)) - env.now);
	}
	const listed = others === 0 || streams.people.next() >= others;
	const worker: Worker | undefined = listed ? yield* wait(world.crew.ask(activity, streams.people)) : undefined;
	const started = env.now;
	const resource = worker?.name;
	world.watcher.started?.(one, one.steps.length, { activity, resource, started });
	if (streams.service.next() >= service.instant) {
		const seconds = drawWithin(service.law, service.most ?? Infinity, streams.service);
		const ms = Math.round((seconds * 1_000) / (worker?.speed ?? 1));
		const end = service.clock === 'wall' ? started + ms : (worker?.clock ?? clock).add(started, ms);
		if (end > started) yield env.timeout(end - started);
	}
	if (worker !== undefined) world.crew.free(worker);
	return { at: env.now, activity, resource, started };
}

function lawOf(laws: Laws, from: string, to: string, age: number): ProcessProfile['durations'][number] | undefined {
	for (const [a, b] of [
		[from, to],
		[null, to],
		[null, null]
	] as const) {
		const found = laws
			.get(key(a, b))
			?.find(({ age: [least, below] }) => age >= least && (below === null || age < below));
		if (found !== undefined) return found;
	}
	return undefined;
}
