import { openStore, type Store } from '../../../../analytics/store.ts';
import { HotcardError } from '../../domain/error.ts';
import type { EngineOptions } from './engine-options.ts';
import { dropStore } from './prove.ts';

/**
 * Opens the projections. A file of another schema or policy, or one that is ahead of the log, is dropped: the log will
 * make it anew. Throws `store-locked` and `store-failed`.
 */
export async function openProjections(options: EngineOptions): Promise<Store> {
	const { file, clock, policy, log } = options;
	const open = (): Promise<Store> => openStore(file, { clock, policyHash: policy.hash });
	try {
		const store = await open();
		if (store.meta.offset <= log.head()) return store;
		options.onFault?.(new HotcardError('store-ahead', `${file} is ahead of the log and is made anew from it.`));
		await store.close();
	} catch (error) {
		if (!(error instanceof HotcardError) || error.code !== 'store-version') throw error;
		options.onFault?.(error);
	}
	dropStore(file);
	return open();
}
