import { type BankOptions, createBank } from '../../../../simulator/bank/bank.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { MINUTE } from '../../domain/time.ts';
import type { Ask, Reply } from './producer.ts';

/** A slice small enough that a batch exceeds its limit only a little, also in a surge. */
const SLICE = MINUTE;

/** Answers questions to one bank, in whichever thread. */
export function bankSession(options: BankOptions): { run: string; answer(ask: Ask): Reply } {
	const bank = createBank(options);
	return {
		run: bank.run,
		answer(ask) {
			if (ask.kind === 'obey') {
				bank.obey(ask.order);
				return { kind: 'batch', text: '[]', upTo: bank.now };
			}
			if (ask.kind === 'skip') {
				while (bank.now < ask.until) bank.advance(Math.min(ask.until, bank.now + SLICE));
				return { kind: 'batch', text: '[]', upTo: bank.now };
			}
			const events: DomainEvent[] = [];
			while (bank.now < ask.until && events.length < ask.limit)
				for (const event of bank.advance(Math.min(ask.until, bank.now + SLICE))) events.push(event);
			return { kind: 'batch', text: JSON.stringify(events), upTo: bank.now };
		}
	};
}
