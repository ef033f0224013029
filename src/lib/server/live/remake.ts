import { renameSync } from 'node:fs';
import type { Store } from '../../../../analytics/store.ts';
import { HotcardError } from '../../domain/error.ts';
import type { EngineOptions } from './engine-options.ts';
import { openProjections } from './open-projections.ts';
import { dropStore, projectInto, type Sources } from './prove.ts';

/** Makes the projections of the whole log anew beside the old ones, which stay as they are where that fails, and puts them in their place. */
export async function remakeProjections(old: Store, options: EngineOptions, sources: Sources): Promise<Store> {
	const { file } = old;
	const until = options.log.head();
	if (file === ':memory:') {
		const { store } = await projectInto(file, sources, until);
		await old.close();
		return store;
	}
	const beside = `${file}.rebuild`;
	await projectAnew(beside, options, sources, until);
	await old.close();
	dropStore(file);
	renameSync(beside, file);
	return openProjections(options);
}

/** In parts by several threads, where there are some and the log can be told into parts. */
async function projectAnew(file: string, options: EngineOptions, sources: Sources, until: number): Promise<void> {
	try {
		if (options.projectInParts) return await options.projectInParts(file, until);
	} catch (error) {
		if (!(error instanceof HotcardError) || error.code !== 'shard-mismatch') throw error;
	}
	const { store } = await projectInto(file, sources, until);
	await store.close();
}
