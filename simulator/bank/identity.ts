import type { METHODS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

type Method = (typeof METHODS)[number];

/** How long the registry is waited for, ms. */
const REGISTRY_TIMEOUT = 10_000;

/** Which factors a customer is asked for: by channel, more where something is unusual. */
export function methodsFor(file: CaseFile, stepUp: boolean): Method[] {
	const { channel, customer } = file;
	const methods: Method[] =
		channel === 'phone'
			? ['voice']
			: channel === 'counter'
				? ['document']
				: channel === 'vtm' || channel === 'atm'
					? ['face']
					: customer.segment === 'elderly'
						? ['face']
						: customer.tier === 'corporate'
							? ['token']
							: ['fingerprint'];
	if (customer.tier === 'vip' && channel !== 'counter') return stepUp ? ['face', 'sms', 'callback'] : ['face', 'sms'];
	if (customer.segment === 'new') methods.push('sms');
	if (stepUp) methods.push('callback');
	return methods;
}

/** Answers whether the customer proved to be who they say. */
export function* identify(world: World, file: CaseFile): Generator<SimEvent, boolean, unknown> {
	const { identity } = world.profile;
	const { caseId, branch, customer } = file;
	const stream = file.stream('identity');
	const stepUp = stream.next() < identity.stepUp * (customer.awayFromHome ? 4 : 1);
	const methods = methodsFor(file, stepUp);
	world.emit('case.verification_started', { caseId, methods, ...(stepUp ? { stepUp } : {}) }, branch.source);
	if (stream.next() < identity.abandon) {
		yield world.env.timeout(1_800_000);
		return false;
	}
	for (const method of methods) {
		const profile = method === 'voice' ? identity.voice : method === 'callback' ? identity.callback : identity.attempt;
		for (;;) {
			const tookMs = span(stream, profile);
			if (yield* unanswered(world, file, method)) break;
			yield world.env.timeout(tookMs);
			const failed = stream.next() < identity.failure;
			const score = Math.round((failed ? 0.3 + 0.4 * stream.next() : 0.9 + 0.0999 * stream.next()) * 1e3) / 1e3;
			const result = failed ? 'failed' : 'passed';
			world.emit('case.verification_attempted', { caseId, method, result, score, tookMs }, branch.source);
			if (!failed) break;
			yield world.env.timeout(span(stream, identity.attempt));
		}
	}
	world.emit('case.verified', { caseId, methods }, branch.source);
	return true;
}

/** Where the registry does not answer for a document or a face, somebody calls the customer back instead. */
function* unanswered(world: World, file: CaseFile, method: Method): Generator<SimEvent, boolean, unknown> {
	const share = method === 'document' || method === 'face' ? world.faults.share('registry', undefined) : 0;
	if (share === 0) return false;
	const stream = file.stream('registry');
	if (stream.next() >= share) return false;
	const { caseId, branch } = file;
	const tell = (data: { method: Method; result: 'error' | 'passed'; tookMs: number }): void =>
		world.emit('case.verification_attempted', { caseId, ...data }, branch.source);
	yield world.env.timeout(REGISTRY_TIMEOUT);
	tell({ method, result: 'error', tookMs: REGISTRY_TIMEOUT });
	const tookMs = span(stream, world.profile.identity.callback);
	yield world.env.timeout(tookMs);
	tell({ method: 'callback', result: 'passed', tookMs });
	return true;
}
