import { rmSync } from 'node:fs';
import { differences, fingerprints } from '../../../../analytics/fingerprint.ts';
import { openStore, type Store } from '../../../../analytics/store.ts';
import type { Clock } from '../../domain/time.ts';
import type { VerifyAnswer } from '../application.ts';
import { Folds } from './folds.ts';
import type { ApplyToCase } from './case-book.ts';
import { replay } from './replay.ts';
import type { Targets } from './targets.ts';
import type { LogReader } from './views/context.ts';

export interface Sources {
	log: LogReader;
	clock: Clock;
	apply: ApplyToCase;
	targets: Targets;
}

/** Removes a projection file with its write-ahead log. */
export function dropStore(file: string): void {
	if (file === ':memory:') return;
	rmSync(file, { force: true });
	rmSync(`${file}.wal`, { force: true });
}

/** Writes the projections of the log up to `until` into a new file; an old one of that name is dropped. */
export async function projectInto(
	file: string,
	sources: Sources,
	until: number
): Promise<{ store: Store; folds: Folds }> {
	const { log, clock, apply, targets } = sources;
	dropStore(file);
	// One thread of DuckDB writes while this one folds: a second one would only take turns with them.
	const store = await openStore(file, { clock, policyHash: targets.policy.hash, threads: 1 });
	const folds = new Folds(apply, targets);
	try {
		await replay(folds, log, store, { until, rowsFrom: 0, alone: true });
		await store.writer.commit(folds.next);
	} catch (error) {
		await store.close();
		dropStore(file);
		throw error;
	}
	return { store, folds };
}

/** Replays the log up to the offset of `store` into a second store and compares every table. `store` must not move meanwhile. */
export async function proveEqual(store: Store, sources: Sources): Promise<VerifyAnswer> {
	const { offset } = store.writer;
	const file = store.file === ':memory:' ? ':memory:' : `${store.file}.verify`;
	const second = await projectInto(file, sources, offset);
	try {
		const kept = await fingerprints(store);
		const found = differences(kept, await fingerprints(second.store));
		const tables = kept.map(({ table, rows }) => {
			const difference = found.find((candidate) => candidate.table === table);
			return { table, rows, equal: difference === undefined, ...(difference ? { detail: difference.detail } : {}) };
		});
		return { ok: found.length === 0, offset, tables };
	} finally {
		await second.store.close();
		dropStore(file);
	}
}
