import type { EventName } from '#lib/domain/events/catalogue.ts';
import type { Millis } from '#lib/domain/time.ts';
import type { VisitRow } from './rows.ts';

/** A branch visit that has not ended yet, as far as it was seen. */
export interface OpenVisit {
	lane: string;
	visitId: string;
	branchId: string;
	caseId: string | null;
	ticketAt: Millis | null;
	calledAt: Millis | null;
	materialAt: Millis | null;
	systemAt: Millis | null;
	teller: string | null;
}

type Data = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Time from one step to a later one; null where either was not seen or the order is wrong. */
function span(from: Millis | null, to: Millis | null): Millis | null {
	return from === null || to === null || to < from ? null : to - from;
}

/** Keeps open visits by lane and id, and makes a row of each that ends. Its value can be saved and restored. */
export class VisitFold {
	readonly #open = new Map<string, OpenVisit>();

	get size(): number {
		return this.#open.size;
	}

	/** Applies a `visit.*` event; answers the finished visit, or null while it goes on. */
	apply(lane: string, name: EventName, at: Millis, data: Data): VisitRow | null {
		const visitId = String(data['visitId']);
		const key = `${lane}\n${visitId}`;
		const visit = this.#open.get(key) ?? this.#start(key, lane, visitId, String(data['branchId']));
		visit.caseId ??= text(data['caseId']);
		visit.teller ??= text(data['teller']);
		if (name === 'visit.ticket_taken') visit.ticketAt ??= at;
		else if (name === 'visit.called') visit.calledAt ??= at;
		else if (name === 'visit.material_checked') visit.materialAt ??= at;
		else if (name === 'visit.system_processed') visit.systemAt ??= at;
		else return this.#end(key, visit, at, data, name === 'visit.abandoned');
		return null;
	}

	#start(key: string, lane: string, visitId: string, branchId: string): OpenVisit {
		const unseen = { caseId: null, ticketAt: null, calledAt: null, materialAt: null, systemAt: null, teller: null };
		const visit: OpenVisit = { lane, visitId, branchId, ...unseen };
		this.#open.set(key, visit);
		return visit;
	}

	#end(key: string, visit: OpenVisit, at: Millis, data: Data, abandoned: boolean): VisitRow {
		this.#open.delete(key);
		const waited = data['waitedSeconds'];
		const given = typeof waited === 'number' ? waited * 1_000 : null;
		return {
			...visit,
			completedAt: at,
			waitMs: abandoned ? (given ?? span(visit.ticketAt, at)) : span(visit.ticketAt, visit.calledAt),
			handlingMs: abandoned ? null : span(visit.calledAt, at),
			abandoned
		};
	}

	save(): OpenVisit[] {
		return [...this.#open.values()].map((visit) => ({ ...visit }));
	}

	restore(visits: readonly OpenVisit[]): void {
		this.#open.clear();
		for (const visit of visits) this.#open.set(`${visit.lane}\n${visit.visitId}`, { ...visit });
	}
}
