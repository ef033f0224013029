import { typeOf, type EventName } from '#lib/domain/events/catalogue.ts';
import type { DomainEvent } from '#lib/domain/events/event.ts';
import type { Lane } from '#lib/domain/lane.ts';
import type { ClockRule, Policy } from '#lib/domain/sla/policy.ts';
import { withPlan } from '#lib/domain/sla/plan.ts';
import { HOUR, MINUTE, type Clock, type Millis } from '#lib/domain/time.ts';
import type { EventLog } from '#lib/server/log/port.ts';

/** Wednesday noon in Shanghai. */
export const NOON = Date.parse('2026-11-18T12:00:00+08:00');

/** A clock that stands still until it is moved; timers fire in their order while it moves. */
export class HandClock implements Clock {
	#now: Millis;
	#timers: { at: Millis; run: () => void }[] = [];

	constructor(now: Millis = NOON) {
		this.#now = now;
	}

	now(): Millis {
		return this.#now;
	}

	after(delay: Millis, callback: () => void): () => void {
		const timer = { at: this.#now + Math.max(0, delay), run: callback };
		this.#timers.push(timer);
		return () => {
			this.#timers = this.#timers.filter((one) => one !== timer);
		};
	}

	/** Moves on to `to`, running what falls due on the way. */
	moveTo(to: Millis): void {
		for (;;) {
			const [next] = this.#timers.filter((timer) => timer.at <= to).sort((a, b) => a.at - b.at);
			if (!next) break;
			this.#timers = this.#timers.filter((timer) => timer !== next);
			this.#now = Math.max(this.#now, next.at);
			next.run();
		}
		this.#now = Math.max(this.#now, to);
	}
}

const rule = (id: string, more: Partial<ClockRule>): ClockRule => ({
	id,
	name: { zh: id, en: id },
	stage: null,
	start: [],
	end: [],
	cancel: [],
	target: HOUR,
	objective: 0.95,
	atRisk: 0.8,
	kind: 'wall',
	calendar: null,
	scope: {},
	pause: [],
	...more
});

/** Three clocks: the freeze, the identity check, and the way to the new card, which stands still while a case is paused. */
export const POLICY: Policy = withPlan({
	hash: 'test-policy',
	clocks: [
		rule('freeze', {
			stage: 'report',
			start: [{ type: 'case.freeze_requested' }],
			end: [{ type: 'case.freeze_completed' }],
			target: 10 * MINUTE
		}),
		rule('verify', { stage: 'verify', start: [{ stage: 'verify' }], end: [{ stage: 'risk' }], target: 5 * MINUTE }),
		rule('end_to_end', {
			start: [{ type: 'case.reported' }],
			end: [{ type: 'case.card_activated' }],
			target: 2 * HOUR,
			pause: [{ from: [{ type: 'case.paused' }], until: [{ type: 'case.resumed' }] }]
		})
	],
	closes: []
});

let count = 0;

/** One event of ours. */
export function event(name: EventName, at: Millis, data: object): DomainEvent {
	count += 1;
	return {
		specversion: '1.0',
		id: `e${count}`,
		source: '/test',
		type: typeOf(name),
		time: new Date(at).toISOString(),
		data
	} as DomainEvent;
}

export const CARD = { token: 'tok-1', bin: '622848', last4: '6789', product: 'debit' };

export function reported(caseId: string, at: Millis, more: object = {}): DomainEvent {
	const data = { caseId, kind: 'formal', channel: 'mobile', customerRef: `cust-${caseId}`, card: CARD, ...more };
	return event('case.reported', at, data);
}

/** Appends events of one lane and answers the offset of the last. */
export async function append(log: EventLog, lane: Lane, events: readonly DomainEvent[]): Promise<void> {
	await log.append(
		lane,
		events.map((one) => ({
			source: one.source,
			id: one.id,
			key: (one.data as { caseId?: string }).caseId ?? one.id,
			line: JSON.stringify(one)
		}))
	);
}

/** A card's whole way from the report on, a few minutes each. */
export function journey(caseId: string, at: Millis, more: object = {}): DomainEvent[] {
	const step = (name: EventName, minutes: number, data: object = {}): DomainEvent =>
		event(name, at + minutes * MINUTE, { caseId, ...data });
	return [
		reported(caseId, at, more),
		step('case.freeze_requested', 0, { paymentChannels: ['unionpay'] }),
		step('case.freeze_completed', 1),
		step('case.verification_started', 2, { methods: ['face'] }),
		step('case.verified', 4),
		step('case.risk_assessed', 4, { score: 0.1, outcome: 'pass', decisionMs: 40, reasons: [] }),
		step('case.authorised', 5, { level: 'auto', automatic: true }),
		step('case.card_ordered', 6, { way: 'instant' }),
		step('case.card_personalised', 16, { way: 'instant' }),
		step('case.card_activated', 20),
		step('case.closed', 21, { outcome: 'completed' })
	];
}
