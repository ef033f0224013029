import type { METHODS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { consented } from './consents.ts';
import { span, type World } from './world.ts';

type Method = (typeof METHODS)[number];

const BY_DOCUMENT: ReadonlySet<Method> = new Set<Method>(['document', 'video']);
const IN_PERSON: ReadonlySet<string> = new Set(['counter', 'phone', 'atm']);

/** Why a stronger check is needed, if one is. */
function doubts(world: World, file: CaseFile, stream: Stream): string[] {
	const { customer } = file;
	const away = stream.next() < world.profile.identity.stepUpAway;
	const found: string[] = [];
	if (customer.unusualDevice && !IN_PERSON.has(file.channel)) found.push('unusual_device');
	if (customer.awayFromHome && away) found.push('away_from_home');
	return found;
}

/** Which factors a customer is asked for: by channel and kind of customer, more where something is unusual. */
export function methodsFor(world: World, file: CaseFile, stepUp: boolean, stream: Stream): Method[] {
	const { channel, customer } = file;
	const { identity } = world.profile;
	const video = stream.next() < identity.elderlyVideo;
	const callback = stream.next() < identity.callback;
	const remote = !IN_PERSON.has(channel);
	if (remote && (customer.immobile || (customer.segment === 'elderly' && video))) return ['video'];
	const methods: Method[] = [usualMethod(world, file)];
	if (remote && customer.tier === 'vip') methods.push('sms');
	if (customer.segment === 'new') methods.push('sms');
	if (stepUp) methods.push(channel === 'vtm' ? 'vein' : callback || channel === 'phone' ? 'callback' : 'voice');
	return methods;
}

function usualMethod(world: World, { channel, customer }: CaseFile): Method {
	const usual = world.profile.identity.usual[channel] ?? 'sms';
	if (IN_PERSON.has(channel) || channel === 'vtm') return usual;
	if (customer.tier === 'corporate') return 'token';
	// Old fingers are hard to read.
	return customer.tier === 'vip' || customer.segment === 'elderly' ? 'face' : usual;
}

/** Answers whether the customer proved to be who they say. */
export function* identify(world: World, file: CaseFile): Generator<SimEvent, boolean, unknown> {
	const { identity } = world.profile;
	const { caseId, branch, time } = file;
	const stream = file.stream('identity');
	const reasons = doubts(world, file, stream);
	const stepUp = (file.doubted = reasons.length > 0);
	const methods = methodsFor(world, file, stepUp, stream).map((method) => consented(world, file, method, stream));
	const started = { caseId, methods, stepUp: stepUp || undefined, reasons: stepUp ? reasons : undefined };
	world.emit('case.verification_started', started, branch.source, time.now);
	if (stream.next() < identity.abandon) {
		yield* time.pass(identity.abandonAfter);
		return false;
	}
	const passed: Method[] = [];
	for (const method of methods) passed.push(yield* prove(world, file, method, stream));
	file.verified = true;
	world.emit('case.verified', { caseId, methods: passed }, branch.source, time.now);
	return true;
}

/** Tries one factor until it holds; after some failures a person takes over. Answers the factor that held. */
function* prove(world: World, file: CaseFile, method: Method, stream: Stream): Generator<SimEvent, Method, unknown> {
	const { identity } = world.profile;
	let current = method;
	let failures = 0;
	for (;;) {
		if (current === 'video' && !(yield* seen(world, file, stream))) current = 'callback';
		const tookMs = span(stream, identity.times[current] ?? identity.attempt);
		const asked = current === 'document' || current === 'face';
		const lost = asked ? world.faults.share('registry', undefined) : 0;
		if (lost > 0 && (yield* unanswered(world, file, current, lost))) return 'callback';
		yield* file.time.pass(tookMs);
		const failed = stream.next() < (identity.failures[current] ?? identity.failure);
		const luck = stream.next();
		const { from, to } = failed ? identity.scores.failed : identity.scores.passed;
		const score = Math.round((from + (to - from) * luck) * 1e3) / 1e3;
		const matched = !failed || luck >= identity.registryMismatch;
		const registryMatched = BY_DOCUMENT.has(current) ? matched : undefined;
		attempted(world, file, current, { result: failed ? 'failed' : 'passed', score, tookMs, registryMatched });
		if (!failed) return current;
		if (++failures === identity.attempts) current = file.channel === 'vtm' ? 'video' : 'callback';
		yield* file.time.pass(span(stream, identity.attempt));
	}
}

type Attempt = {
	result: 'passed' | 'failed' | 'error';
	score?: number;
	tookMs: number;
	registryMatched?: boolean | undefined;
};

function attempted(world: World, { caseId, branch, time }: CaseFile, method: Method, attempt: Attempt): void {
	const { result, score, tookMs, registryMatched } = attempt;
	const data = { caseId, method, result, score, tookMs, registryMatched };
	world.emit('case.verification_attempted', data, branch.source, time.now);
}

/** Where the registry does not answer for a document or a face, somebody calls the customer back instead. */
function* unanswered(
	world: World,
	file: CaseFile,
	method: Method,
	share: number
): Generator<SimEvent, boolean, unknown> {
	const { identity } = world.profile;
	const stream = file.stream('registry');
	if (stream.next() >= share) return false;
	yield* file.time.pass(identity.registryTimeout);
	attempted(world, file, method, { result: 'error', tookMs: identity.registryTimeout });
	const tookMs = span(stream, identity.times.callback ?? identity.attempt);
	yield* file.time.pass(tookMs);
	attempted(world, file, 'callback', { result: 'passed', tookMs });
	return true;
}

/** A talk with a video agent, who sees the customer and the document. */
function* seen(world: World, file: CaseFile, stream: Stream): Generator<SimEvent, boolean, unknown> {
	const { customer, caseId } = file;
	const reason = customer.immobile ? 'immobile' : customer.segment === 'elderly' ? 'elderly' : 'not_recognised';
	yield* file.time.meet();
	return (yield* world.video.talk(caseId, reason, stream)) !== null;
}
