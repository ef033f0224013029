import { emitRows } from '../../../../../analytics/project/emit.ts';
import type { RowSink } from '../../../../../analytics/project/rows.ts';
import { VisitFold } from '../../../../../analytics/project/visits.ts';
import { occurredAt } from '../../../domain/case/evolve.ts';
import { HotcardError } from '../../../domain/error.ts';
import { nameOf } from '../../../domain/events/catalogue.ts';
import type { DomainEvent, RecordedEvent } from '../../../domain/events/event.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { LogBatch } from '../../log/port.ts';
import { type ApplyToCase, CaseBook } from '../case-book.ts';
import { ClosedIds } from '../closed-ids.ts';
import { parseLine } from '../decode.ts';
import type { Targets } from '../targets.ts';
import { guessCaseId, looksLikeVisit, ownerOf, type Part, visitFinder } from './owner.ts';

interface Line {
	offset: number;
	text: string;
	/** Whether this part makes the event's rows; else it only follows the visit. */
	own: boolean;
}

const NO_VISITS: Pick<VisitFold, 'apply'> = { apply: () => null };
const utf8 = new TextDecoder();

/**
 * Makes the rows of one part of a log: of its cases, of its share of what belongs to no case and, in the first part, of
 * all visits (a visit has events with and without a case). Together the parts make the rows that one replay makes.
 */
export class Shard {
	readonly #part: Part;
	readonly #sink: RowSink;
	readonly #apply: ApplyToCase;
	readonly #targets: Targets;
	readonly #books = new Map<Lane, CaseBook>();
	readonly #visits: VisitFold | undefined;

	constructor(part: Part, apply: ApplyToCase, targets: Targets, sink: RowSink) {
		this.#part = part;
		this.#apply = apply;
		this.#targets = targets;
		this.#sink = sink;
		this.#visits = part.index === 0 ? new VisitFold() : undefined;
	}

	/** Batches must come in the order of the log. Throws `shard-mismatch` where a line cannot be told to a part unread, and `log-corrupt`. */
	take(batch: LogBatch): void {
		const { lane, recordedAt } = batch;
		for (const { offset, text, own } of this.#choose(batch)) {
			const recorded = { offset, lane, recordedAt, event: parseLine(text, offset) };
			if (own) this.#emit(recorded, text);
			else this.#follow(recorded);
		}
	}

	#choose(batch: LogBatch): Line[] {
		const text = utf8.decode(batch.lines);
		const isVisit = this.#visits ? visitFinder(text) : (): boolean => false;
		const lines: Line[] = [];
		let from = 0;
		for (let index = 0; index < batch.count; index += 1) {
			const offset = batch.first + index;
			let to = text.indexOf('\n', from);
			if (to < 0) to = text.length;
			const own = ownerOf(guessCaseId(text, from, to), offset, this.#part.of) === this.#part.index;
			if (own || isVisit(from, to)) {
				lines.push({ offset, text: text.slice(from, to), own });
			}
			from = to + 1;
		}
		return lines;
	}

	#emit(recorded: RecordedEvent, text: string): void {
		const { event } = recorded;
		const name = nameOf(event.type);
		const caseId = caseIdOf(event);
		this.#check(recorded, caseId, name?.startsWith('visit.') !== true || looksLikeVisit(text));
		if (name === undefined) return;
		const at = occurredAt(recorded);
		const { before, applied } =
			caseId === undefined
				? { before: undefined, applied: undefined }
				: this.#book(recorded.lane).enter(caseId, recorded, at);
		const mapping = { visits: this.#visits ?? NO_VISITS, targets: this.#targets.rows };
		emitRows({ recorded, before, applied, occurredAt: at, name }, mapping, this.#sink);
	}

	/** A visit's event whose other rows another part makes. */
	#follow(recorded: RecordedEvent): void {
		const name = nameOf(recorded.event.type);
		if (!this.#visits || name?.startsWith('visit.') !== true) return;
		const data = recorded.event.data as Record<string, unknown>;
		const visit = this.#visits.apply(recorded.lane, name, occurredAt(recorded), data);
		if (visit) this.#sink.add('visits', visit);
	}

	#check(recorded: RecordedEvent, caseId: string | undefined, seenAsVisit: boolean): void {
		if (seenAsVisit && ownerOf(caseId, recorded.offset, this.#part.of) === this.#part.index) return;
		throw new HotcardError(
			'shard-mismatch',
			`The event at offset ${recorded.offset} cannot be told to a part unread.`,
			{
				place: { entity: `offset ${recorded.offset}` },
				remedy: 'Nothing is wrong with it: the log is projected by one thread instead.'
			}
		);
	}

	#book(lane: Lane): CaseBook {
		let book = this.#books.get(lane);
		if (!book) {
			const shelves = { open: new Map(), recent: new Map() };
			book = new CaseBook(shelves, new ClosedIds(), this.#apply, this.#targets.policy);
			this.#books.set(lane, book);
		}
		return book;
	}
}

function caseIdOf(event: DomainEvent): string | undefined {
	const { caseId } = event.data as { caseId?: unknown };
	return typeof caseId === 'string' ? caseId : undefined;
}
