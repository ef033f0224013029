import { nameOf } from '../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { parseTime } from '../../src/lib/domain/events/rfc3339.ts';
import { type CaseRecord, newRecord } from './case-record.ts';

type Data = Readonly<Record<string, unknown>>;

/** Hears everything that a bank tells and keeps what is measured: cases reported in a window of time, and what else began in it. */
export class Observer {
	readonly cases = new Map<string, CaseRecord>();
	readonly branchWaits: number[] = [];
	readonly handling: number[] = [];
	readonly phoneWaits: number[] = [];
	calls = 0;
	callsLost = 0;
	readonly complaints: { cause: string; answeredAfter: number | null }[] = [];
	readonly #from: number;
	readonly #to: number;
	readonly #tickets = new Map<string, number>();
	readonly #called = new Map<string, number>();
	readonly #visitsBefore = new Map<string, number>();
	readonly #filed = new Map<string, { at: number; entry: { cause: string; answeredAfter: number | null } }>();

	constructor(from: number, to: number) {
		this.#from = from;
		this.#to = to;
	}

	hear(events: readonly DomainEvent[]): void {
		for (const event of events) {
			const name = nameOf(event.type) as string;
			const at = parseTime(event.time);
			const data = event.data as Data;
			if (name === 'case.reported') this.#report(at, data);
			// A second report of the same loss is no second card.
			else if (data['duplicateOf'] !== undefined) this.cases.delete(String(data['caseId']));
			else if (name.startsWith('case.') || name.startsWith('shipment.')) {
				const record = this.cases.get(String(data['caseId']));
				if (record) note(record, name, at, data);
			} else if (name.startsWith('visit.')) this.#visit(name, at, data);
			else if (name.startsWith('call.')) this.#call(name, at, data);
			else if (name.startsWith('complaint.')) this.#complaint(name, at, data);
		}
	}

	#inside(at: number): boolean {
		return at >= this.#from && at < this.#to;
	}

	#report(at: number, data: Data): void {
		if (!this.#inside(at)) return;
		const caseId = String(data['caseId']);
		const record = newRecord(at, data);
		record.visits = this.#visitsBefore.get(caseId) ?? 0;
		this.cases.set(caseId, record);
	}

	#visit(name: string, at: number, data: Data): void {
		const visitId = String(data['visitId']);
		if (name === 'visit.ticket_taken') {
			if (this.#inside(at)) this.#tickets.set(visitId, at);
			const { caseId } = data as { caseId?: string };
			if (caseId === undefined) return;
			const record = this.cases.get(caseId);
			if (record) record.visits++;
			else this.#visitsBefore.set(caseId, (this.#visitsBefore.get(caseId) ?? 0) + 1);
			return;
		}
		const ticketAt = this.#tickets.get(visitId);
		if (ticketAt === undefined || data['teller'] === undefined) return;
		if (name === 'visit.called') {
			this.branchWaits.push(at - ticketAt);
			this.#called.set(visitId, at);
		} else if (name === 'visit.completed') this.handling.push(at - (this.#called.get(visitId) ?? at));
	}

	#call(name: string, at: number, data: Data): void {
		if (!this.#inside(at)) return;
		if (name === 'call.queued') this.calls++;
		else if (name === 'call.answered') this.phoneWaits.push(Number(data['waitedSeconds']));
		else if (name === 'call.abandoned') this.callsLost++;
	}

	#complaint(name: string, at: number, data: Data): void {
		const complaintId = String(data['complaintId']);
		if (name === 'complaint.filed') {
			if (!this.cases.has(String(data['caseId']))) return;
			const entry = { cause: String(data['cause']), answeredAfter: null };
			this.complaints.push(entry);
			this.#filed.set(complaintId, { at, entry });
		} else if (name === 'complaint.answered') {
			const filed = this.#filed.get(complaintId);
			if (filed) filed.entry.answeredAfter = at - filed.at;
		}
	}
}

function operation(record: CaseRecord, data: Data): void {
	if (typeof data['automatic'] !== 'boolean') return;
	record.operations++;
	if (data['automatic']) record.untouched++;
}

function note(record: CaseRecord, name: string, at: number, data: Data): void {
	switch (name) {
		case 'case.freeze_requested':
			record.freezeAskedAt ??= at;
			return;
		case 'case.freeze_completed':
			record.frozenAt ??= at;
			return;
		case 'case.materials_flagged':
			record.papersAgain = true;
			return;
		case 'case.materials_accepted':
			record.prefilled = data['prefilled'] === true;
			return;
		case 'case.approval_requested':
			record.approvalAskedAt ??= at;
			return;
		case 'case.authorised':
			record.authorisedAt = at;
			record.automatic = data['automatic'] === true;
			return;
		case 'case.rejected':
			record.rejected = true;
			return;
		case 'case.virtual_card_issued':
			record.virtualAt = at;
			return;
		case 'case.card_ordered':
			operation(record, data);
			if (data['way'] === 'centre') record.orderedByBranch = data['branchId'] !== undefined;
			return;
		case 'case.card_personalised':
			record.way = String(data['way']);
			return;
		case 'case.services_rebound':
			record.rebound = true;
			record.left = data['failed'] !== undefined;
			return;
		case 'shipment.dispatched':
			operation(record, data);
			record.mode ??= String(data['mode']);
			record.dispatchedAt ??= at;
			return;
		case 'shipment.delayed':
			record.late = true;
			return;
		case 'shipment.delivered':
			record.deliveredAt ??= at;
			return;
		default:
	}
}
