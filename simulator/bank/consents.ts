import type { METHODS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import type { World } from './world.ts';

type Method = (typeof METHODS)[number];

const PERSONAL: ReadonlySet<Method> = new Set<Method>(['face', 'fingerprint', 'voice', 'vein']);

/** Who has not agreed yet that a part of the body proves who they are is asked, and gets a code by SMS after a no. */
export function consented(world: World, file: CaseFile, method: Method, stream: Stream): Method {
	const { identity } = world.profile;
	if (!PERSONAL.has(method) || stream.next() >= identity.unasked) return method;
	const granted = stream.next() < identity.consents;
	const { customer, channel, branch } = file;
	const data = { customerRef: customer.ref, method, channel, granted };
	world.emit('customer.consent_changed', data, branch.source, file.time.now);
	return granted ? method : 'sms';
}
