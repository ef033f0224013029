import { setImmediate } from 'node:timers/promises';
import type { Store } from '../../../../analytics/store.ts';
import type { Folds } from './folds.ts';
import type { LogReader } from './views/context.ts';

/** Rows per commit while catching up: enough to make a commit's fixed cost small, little enough to hold in memory. */
const ROWS_PER_COMMIT = 100_000;
/** Rows that go to DuckDB at once while a file is made anew: no longer stop of the thread than a frame or two. */
const ROWS_PER_SPILL = 20_000;
/** Events per commit of a new file: a little less than the row groups that DuckDB collects before it stops to write them. */
const EVENTS_PER_COMMIT = 480_000;
/** Rows that may wait for a commit that is under way. */
const MOST_WAITING = 200_000;

/** Lets waiting messages and timers run. */
export const breathe = (): Promise<void> => setImmediate(undefined);

/**
 * Folds the log from `folds.next` up to `until` and writes the rows of events from `rowsFrom` on, committing on the way.
 * Rows added after the last commit are left to the caller. An infinite `rowsFrom` writes nothing. `alone` says that
 * nobody else uses the store: its transactions may then be large.
 */
export async function replay(
	folds: Folds,
	log: LogReader,
	store: Store,
	range: { until: number; rowsFrom: number; alone?: boolean }
): Promise<void> {
	const { writer } = store;
	const alone = range.alone === true;
	const most = alone ? ROWS_PER_SPILL : ROWS_PER_COMMIT;
	// The projections write one piece while the next rows are folded; never more, so that memory stays bounded.
	let writing: Promise<void> = Promise.resolve();
	let busy = false;
	let committed = folds.next;
	for await (const batch of log.read(folds.next, { until: range.until })) {
		folds.take(batch, writer, range.rowsFrom);
		if (range.rowsFrom < Infinity && writer.pending >= (busy ? MOST_WAITING : most)) {
			await writing;
			const due = !alone || folds.next - committed >= EVENTS_PER_COMMIT;
			if (due) committed = folds.next;
			busy = true;
			writing = (due ? writer.commit(folds.next) : writer.spill()).finally(() => (busy = false));
			// Its failure is thrown by the next wait for it.
			writing.catch(() => undefined);
		}
		await breathe();
	}
	await writing;
}
