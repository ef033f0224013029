import { emitRows } from '../../../../analytics/project/emit.ts';
import { hotRows } from '../../../../analytics/project/hot-rows.ts';
import type { RowSink } from '../../../../analytics/project/rows.ts';
import { VisitFold } from '../../../../analytics/project/visits.ts';
import type { Lane } from '../../domain/lane.ts';
import type { LogBatch } from '../log/port.ts';
import type { Checkpoint, CheckpointBody } from './checkpoint.ts';
import { decodeBatch } from './decode.ts';
import type { ApplyToCase } from './case-book.ts';
import { LaneFold } from './lane-fold.ts';
import type { Targets } from './targets.ts';

const NOWHERE: RowSink = { add: () => undefined };

/** All lanes folded from one log, and the rows that each event makes on the way. */
export class Folds {
	readonly lanes = new Map<Lane, LaneFold>();
	readonly #visits = new VisitFold();
	readonly #rows = hotRows();
	readonly #apply: ApplyToCase;
	readonly #targets: Targets;
	#next = 0;

	constructor(apply: ApplyToCase, targets: Targets, from?: Checkpoint) {
		this.#apply = apply;
		this.#targets = targets;
		if (!from) return;
		this.#next = from.offset;
		this.#visits.restore(from.visits);
		for (const saved of from.lanes)
			this.lanes.set(saved.state.lane, new LaneFold(saved.state.lane, apply, targets, saved));
	}

	/** The next offset to fold. */
	get next(): number {
		return this.#next;
	}

	lane(lane: Lane): LaneFold {
		let fold = this.lanes.get(lane);
		if (!fold) {
			fold = new LaneFold(lane, this.#apply, this.#targets);
			fold.watch();
			this.lanes.set(lane, fold);
		}
		return fold;
	}

	/** Folds a batch that starts at `next`; rows of events from offset `rowsFrom` on go to `sink`. */
	take(batch: LogBatch, sink: RowSink, rowsFrom: number): void {
		const fold = this.lane(batch.lane);
		const mapping = { visits: this.#visits, targets: this.#targets.rows, rows: this.#rows };
		for (const recorded of decodeBatch(batch)) {
			const folded = fold.apply(recorded);
			this.#next = recorded.offset + 1;
			if (!folded) continue;
			const { name, at, before, applied, offsets } = folded;
			const fact = { recorded, before, applied, occurredAt: at, name, offsets };
			emitRows(fact, mapping, recorded.offset >= rowsFrom ? sink : NOWHERE);
		}
	}

	/** Events that make rows nowhere are those of a type that the catalogue does not know: the door refuses them. */
	save(tags: Pick<CheckpointBody, 'policyHash' | 'schemaHash'>): CheckpointBody {
		return {
			...tags,
			offset: this.#next,
			lanes: [...this.lanes.values()].map((fold) => ({ state: fold.state, closed: fold.closed.table() })),
			visits: this.#visits.save()
		};
	}
}
