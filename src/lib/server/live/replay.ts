import { setImmediate } from 'node:timers/promises';
import type { Store } from '../../../../analytics/store.ts';
import type { Folds } from './folds.ts';
import type { LogReader } from './views/context.ts';

/** Rows per commit while catching up: enough to make a commit's fixed cost small, little enough to hold in memory. */
const ROWS_PER_COMMIT = 100_000;

/** Lets waiting messages and timers run. */
export const breathe = (): Promise<void> => setImmediate(undefined);

/**
 * Folds the log from `folds.next` up to `until` and writes the rows of events from `rowsFrom` on, committing on the way.
 * Rows added after the last commit are left to the caller. An infinite `rowsFrom` writes nothing.
 */
export async function replay(
	folds: Folds,
	log: LogReader,
	store: Store,
	range: { until: number; rowsFrom: number }
): Promise<void> {
	const { writer } = store;
	// The projections write one commit while the next rows are folded; never more, so that memory stays bounded.
	let writing: Promise<void> = Promise.resolve();
	for await (const batch of log.read(folds.next, { until: range.until })) {
		folds.take(batch, writer, range.rowsFrom);
		if (range.rowsFrom < Infinity && writer.pending >= ROWS_PER_COMMIT) {
			await writing;
			writing = writer.commit(folds.next);
			// Its failure is thrown by the next wait for it.
			writing.catch(() => undefined);
		}
		await breathe();
	}
	await writing;
}
