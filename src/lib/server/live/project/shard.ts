import { emitRows, type Mapping } from '../../../../../analytics/project/emit.ts';
import { hotRows } from '../../../../../analytics/project/hot-rows.ts';
import type { RowSink } from '../../../../../analytics/project/rows.ts';
import { VisitFold } from '../../../../../analytics/project/visits.ts';
import { occurredAt } from '../../../domain/case/evolve.ts';
import { HotcardError } from '../../../domain/error.ts';
import { nameOf } from '../../../domain/events/catalogue.ts';
import type { Happening, RecordedEvent } from '../../../domain/events/event.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { LogBatch } from '../../log/port.ts';
import { type ApplyToCase, CaseBook } from '../case-book.ts';
import { ClosedIds } from '../closed-ids.ts';
import { textOf } from '../decode.ts';
import { parseLine } from '../happening.ts';
import type { Targets } from '../targets.ts';
import { guessCaseId, ownerOf, type Part, visitFinder } from './owner.ts';

const NO_VISITS: Pick<VisitFold, 'apply'> = { apply: () => null };

/**
 * Makes the rows of one part of a log: of its cases, of its share of what belongs to no case and, in the first part, of
 * all visits (a visit has events with and without a case). Together the parts make the rows that one replay makes.
 */
export class Shard {
	readonly #part: Part;
	readonly #sink: RowSink;
	readonly #mapping: Mapping;
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
		this.#mapping = { visits: this.#visits ?? NO_VISITS, targets: targets.rows, rows: hotRows() };
	}

	/** Batches must come in the order of the log. Throws `shard-mismatch` where a line cannot be told to a part unread, and `log-corrupt`. */
	take({ first, count, lane, recordedAt, lines }: LogBatch): void {
		const { index, of } = this.#part;
		const text = textOf(lines);
		const isVisit = visitFinder(text);
		let from = 0;
		for (let offset = first; offset < first + count; offset += 1) {
			let to = text.indexOf('\n', from);
			if (to < 0) to = text.length;
			const own = of === 1 || ownerOf(guessCaseId(text, from, to), offset, of) === index;
			const visit = isVisit(from, to);
			if (own || (visit && this.#visits)) {
				const recorded = { offset, lane, recordedAt, event: parseLine(text.slice(from, to), offset) };
				if (own) this.#emit(recorded, visit);
				else this.#follow(recorded);
			}
			from = to + 1;
		}
	}

	#emit(recorded: RecordedEvent, seenAsVisit: boolean): void {
		const { event } = recorded;
		const name = nameOf(event.type);
		const caseId = caseIdOf(event);
		this.#check(recorded, caseId, name?.startsWith('visit.') !== true || seenAsVisit);
		if (name === undefined) return;
		const at = occurredAt(recorded);
		const entered = caseId === undefined ? undefined : this.#book(recorded.lane).enter(caseId, recorded, at);
		const fact = {
			recorded,
			before: entered?.before,
			applied: entered?.applied,
			occurredAt: at,
			name,
			offsets: entered?.entry.offsets
		};
		emitRows(fact, this.#mapping, this.#sink);
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
		const { index, of } = this.#part;
		if (of === 1 || (seenAsVisit && ownerOf(caseId, recorded.offset, of) === index)) return;
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

function caseIdOf(event: Happening): string | undefined {
	const { caseId } = event.data as { caseId?: unknown };
	return typeof caseId === 'string' ? caseId : undefined;
}
