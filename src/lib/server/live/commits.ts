import type { Store } from '../../../../analytics/store.ts';
import type { Lane } from '../../domain/lane.ts';
import { checkpointOf, dropCheckpoint, packCheckpoint, saveCheckpoint } from './checkpoint.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Folds } from './folds.ts';

const COMMIT_EVERY = 500;
const CHECKPOINT_EVERY = 250_000;
/** Rows beyond which a commit does not wait for its time. */
const BACKLOG = 50_000;

/** What is committed: rows of a store, as far as the folds stand. */
interface Committed {
	readonly store: Store;
	readonly folds: Folds;
	/** Whether rows may be committed when their time comes: nothing is being caught up, nothing is closed. */
	readonly flowing: boolean;
}

/** Commits rows with their offset now and then, and saves live state beside them. */
export class Commits {
	readonly #of: Committed;
	readonly #options: EngineOptions;
	readonly #done: (moved: ReadonlySet<Lane>) => void;
	#moved = new Set<Lane>();
	#cancel: (() => void) | undefined;
	#held = 0;
	#checkpointed = 0;
	/** Whether live state has changed since it was saved, by events or by deadlines that fired. */
	#unsaved = true;
	#broken: string | null = null;

	/** `done` is told which lanes moved between two commits. */
	constructor(of: Committed, options: EngineOptions, done: (moved: ReadonlySet<Lane>) => void) {
		this.#of = of;
		this.#options = options;
		this.#done = done;
	}

	/** Why nothing can be written any more; null while it can. */
	get broken(): string | null {
		return this.#broken;
	}

	get checkpointFile(): string | null {
		return checkpointOf(this.#options.file);
	}

	/** Rows are missing for events from here on; infinite where none can be written. */
	get rowsFrom(): number {
		return this.#broken === null ? Math.max(this.#of.store.writer.offset, this.#of.folds.next) : Infinity;
	}

	/** Begins anew, on another store or with other folds: live state was last saved at `checkpointed`. */
	restart(checkpointed: number = this.#checkpointed): void {
		this.#broken = null;
		this.#checkpointed = checkpointed;
	}

	/** An event or a deadline changed a lane. */
	moved(lane: Lane): void {
		this.#unsaved = true;
		this.#moved.add(lane);
	}

	break(error: unknown): void {
		this.#broken = error instanceof Error ? error.message : String(error);
		this.#options.onFault?.(error);
	}

	arm(): void {
		const { store, folds, flowing } = this.#of;
		if (!flowing || this.#held > 0 || this.#broken !== null || this.#cancel) return;
		if (store.writer.offset === folds.next) return;
		const wait = store.writer.pending > BACKLOG ? 0 : (this.#options.commitEvery ?? COMMIT_EVERY);
		this.#cancel = this.#options.clock.after(wait, () => {
			this.#cancel = undefined;
			if (this.#held === 0 && this.#of.flowing) void this.commit();
		});
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** Commits every row folded so far. */
	async commit(): Promise<void> {
		this.stop();
		const { store, folds } = this.#of;
		if (this.#broken !== null || store.writer.offset === folds.next) return;
		const due = folds.next - this.#checkpointed >= (this.#options.checkpointEvery ?? CHECKPOINT_EVERY);
		const moved = this.#moved;
		this.#moved = new Set();
		try {
			await (due ? this.checkpoint() : store.writer.commit(folds.next));
		} catch (error) {
			this.break(error);
			return;
		}
		this.#done(moved);
	}

	/** Saves live state at an offset that the projections have reached. */
	async checkpoint(): Promise<void> {
		if (this.#broken !== null) return;
		const { store, folds } = this.#of;
		const offset = folds.next;
		if (!this.#unsaved && offset === store.writer.offset) return;
		const tags = { policyHash: this.#options.policy.hash, schemaHash: store.meta.schemaHash };
		const file = this.checkpointFile;
		const bytes = file === null ? null : packCheckpoint(folds.save(tags));
		this.#checkpointed = offset;
		this.#unsaved = false;
		await store.writer.commit(offset);
		if (file !== null && bytes !== null) await saveCheckpoint(file, bytes);
	}

	/** Forgets the live state that was saved. */
	drop(): void {
		this.#checkpointed = 0;
		this.#unsaved = true;
		if (this.checkpointFile !== null) dropCheckpoint(this.checkpointFile);
	}

	/** Keeps commits waiting while `work` reads the projections at the offset of the last one. */
	async hold<T>(work: () => Promise<T>): Promise<T> {
		this.#held += 1;
		try {
			return await work();
		} finally {
			this.#held -= 1;
			this.arm();
		}
	}
}
