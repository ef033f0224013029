import { nameOf, type EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import type { Bank } from './bank.ts';

/** How a bank takes over a lane that another one has filled. */
export interface Join {
	/** From here on it tells what happens. Before, it only warms up. */
	at: Millis;
	/** Part of the ids of its cases and visits, so that they never meet those of the bank before. */
	mark: string;
}

const ENDS: ReadonlySet<EventName | undefined> = new Set([
	'case.closed',
	'case.released',
	'case.rejected',
	'case.cancelled',
	'visit.completed',
	'visit.abandoned',
	'appointment.missed',
	'transfer.rejected',
	'stock.moved'
] as const);

/**
 * A bank that says nothing of its warm-up but what is still going on when it joins: its branches, how its devices and
 * shelves stand, and every event of the cases and visits that are open then, at their own times. What had ended by then stays unsaid,
 * also what follows it, such as a survey.
 */
export function joinLane(bank: Bank, at: Millis): Bank {
	const warmUp = new WarmUp();
	let joined = false;
	return {
		run: bank.run,
		branches: bank.branches,
		get now() {
			return bank.now;
		},
		peek: () => bank.peek(),
		advance(until) {
			const before: DomainEvent[] = [];
			if (!joined) {
				for (const event of bank.advance(Math.min(until, at))) warmUp.hear(event);
				if (until < at) return [];
				joined = true;
				for (const event of warmUp.going(at)) before.push(event);
			}
			for (const event of bank.advance(until)) if (warmUp.concerns(event)) before.push(event);
			return before;
		},
		obey: (order) => bank.obey(order)
	};
}

/** What is to be told of a time that nobody watched. */
class WarmUp {
	readonly #going = new Map<string, DomainEvent[]>();
	readonly #ended = new Set<string>();
	/** The case that a visit, a call or a complaint is about. */
	readonly #about = new Map<string, string>();

	hear(event: DomainEvent): void {
		const name = nameOf(event.type);
		const { branchId, deviceId, caseId } = event.data as Ids;
		if (name === 'branch.opened') this.#going.set(`branch ${branchId}`, [event]);
		else if (name === 'branch.windows_changed') this.#going.set(`windows ${branchId}`, [event]);
		else if (name?.startsWith('device.')) this.#going.set(`device ${deviceId}`, [event]);
		else if (name?.startsWith('stock.')) this.#shelf(event, name === 'stock.counted');
		const { story, part } = storyOf(event);
		if (story === undefined) return;
		if (part !== undefined && caseId !== undefined) this.#about.set(part, caseId);
		const about = this.#about.get(story) ?? story;
		if (this.#ended.has(about)) return;
		if (ENDS.has(name) && (name?.startsWith('case.') || about === part)) {
			this.#ended.add(about);
			this.#going.delete(about);
		} else this.#add(about, event);
	}

	/** A count says everything; what moves after it must be told as well. */
	#shelf(event: DomainEvent, counted: boolean): void {
		const { branchId, from, to, product, transferId } = event.data as Ids;
		if (transferId !== undefined) this.#add(`stock ${from} ${product}`, event);
		const shelf = `stock ${branchId ?? (to === 'issued' ? from : to)} ${product}`;
		if (counted) this.#going.set(shelf, [event]);
		else this.#add(shelf, event);
	}

	#add(key: string, event: DomainEvent): void {
		const told = this.#going.get(key);
		if (told) told.push(event);
		else this.#going.set(key, [event]);
	}

	/** Everything that goes on, in the order in which it happened; asked once, then forgotten. */
	going(at: Millis): DomainEvent[] {
		// A transfer is part of two shelves.
		const events = [...new Set([...this.#going.values()].flat())].filter((event) => !this.#kept(event, at));
		this.#going.clear();
		for (const [part, caseId] of this.#about) {
			if (this.#ended.has(caseId)) this.#ended.add(part);
		}
		this.#about.clear();
		return events.sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || numberOf(a) - numberOf(b));
	}

	/** An appointment whose hour is past: nobody needs to hear of it, nor that it was missed. */
	#kept({ type, data }: DomainEvent, at: Millis): boolean {
		const { slot, appointmentId } = data as Ids;
		if (nameOf(type) !== 'appointment.booked' || slot === undefined || Date.parse(slot) >= at) return false;
		if (appointmentId !== undefined) this.#ended.add(appointmentId);
		return true;
	}

	/** Whether an event after the warm-up belongs to something that the lane knows or will know. */
	concerns(event: DomainEvent): boolean {
		const { story, part } = storyOf(event);
		if (story === undefined || !this.#ended.has(story)) return true;
		if (part !== undefined) this.#ended.add(part);
		return false;
	}
}

interface Ids {
	branchId?: string;
	deviceId?: string;
	caseId?: string;
	visitId?: string;
	callId?: string;
	complaintId?: string;
	videoId?: string;
	transferId?: string;
	appointmentId?: string;
	/** When an appointment is. */
	slot?: string;
	/** Of a stock movement: branches, the centre or the customer. */
	from?: string;
	to?: string;
	product?: string;
}

/** What an event is about: its case, or the visit, call or complaint (`part`) where it names no case. */
function storyOf(event: DomainEvent): { story: string | undefined; part: string | undefined } {
	const { caseId, visitId, callId, complaintId, videoId, transferId, appointmentId } = event.data as Ids;
	const part = visitId ?? callId ?? complaintId ?? videoId ?? transferId ?? appointmentId;
	return { story: caseId ?? part, part };
}

/** The count in the event's id: the order of those at the same tick. */
function numberOf(event: DomainEvent): number {
	return parseInt(event.id.slice(event.id.lastIndexOf('.') + 1), 36);
}
