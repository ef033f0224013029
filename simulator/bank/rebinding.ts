import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

const SERVICES = ['water', 'power', 'gas', 'wechat_pay', 'alipay', 'metro', 'insurance'] as const;

/** Moves debits and payment apps to the new card; some do not move at once. */
export function* rebind(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { activation } = world.profile;
	const stream = file.stream('rebinding');
	if (stream.next() >= activation.rebind) return;
	yield world.env.timeout(span(stream, activation.rebindTime));
	const services = SERVICES.filter(() => stream.next() < 0.35);
	if (services.length === 0) services.push('wechat_pay');
	const failed = services.filter(() => stream.next() < activation.rebindFailure);
	const { caseId, branch } = file;
	world.emit('case.services_rebound', { caseId, services, ...(failed.length ? { failed } : {}) }, branch.source);
}
