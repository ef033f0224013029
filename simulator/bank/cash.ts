import type { SimEvent } from '../kernel/event.ts';
import { lognormal } from '../random/continuous.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

const NOTE = 100;
const FACTORS = ['face', 'sms'] as const;

/** Money for the first days without a card, from the machine at which the loss was reported: after two factors, and never above the limit of a day. */
export function* emergencyCash(world: World, file: CaseFile, deviceId: string): Generator<SimEvent, void, unknown> {
	const { cash } = world.profile;
	const stream = file.stream('cash');
	if (stream.next() >= cash.share || !file.verified) return;
	const wanted = lognormal(stream, cash.wanted.mean, cash.wanted.cv);
	const most = Math.min(wanted, cash.limit, file.customer.account.balance);
	const amount = Math.floor(most / NOTE) * NOTE;
	yield* file.time.pass(span(stream, cash.time));
	if (amount === 0) return;
	const { caseId, branch } = file;
	world.emit('case.cash_withdrawn', { caseId, amount, deviceId, methods: [...FACTORS] }, branch.source, file.time.now);
}
