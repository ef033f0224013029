import type { Policy } from '../../domain/sla/policy.ts';
import type { Clock, Millis } from '../../domain/time.ts';
import type { Found } from './checkpoint.ts';
import type { Firing } from './deadlines.ts';
import type { LogReader } from './views/context.ts';

export interface EngineOptions {
	/** DuckDB file of the projections, or `:memory:`. The checkpoint lies beside it as `<file>.checkpoint`. */
	file: string;
	policy: Policy;
	clock: Clock;
	/** The log, or a second, read-only reader of it. */
	log: LogReader;
	/** Makes the projections of the log up to an offset in a new file, by several threads; without it one thread does it. */
	projectInParts?: (file: string, until: number) => Promise<void>;
	/** Gives the checkpoint, where somebody has read it already; asked once, by `recover`. */
	checkpoint?: () => Found;
	/** Longest time between a folded event and its commit to the projections, ms; default 500. */
	commitEvery?: Millis;
	/** Events between checkpoints of live state; default 250,000. */
	checkpointEvery?: number;
	/** Time between self-checks, ms; default one minute. */
	checkEvery?: Millis;
	/** Told of each deadline that passed, once per id. */
	onFirings?: (firings: readonly Firing[]) => void;
	/** Told how far the log is folded, after each batch. */
	onApplied?: (offset: number) => void;
	/** Told of faults that do not stop the engine. */
	onFault?: (error: unknown) => void;
}

export interface EngineStats {
	/** Next offset to fold, and next offset to project as committed. */
	applied: number;
	committed: number;
	lanes: Record<string, { events: number; open: number }>;
	rooms: number;
	/** Set once the projections cannot be written any more; live views go on. */
	broken: string | null;
	/** How live state came up: from where the log was replayed and why. */
	recovery: { from: number; events: number; seconds: number; reason: string } | null;
}
