import * as z from 'zod';
import type { Impairment } from '../impairment.ts';
import { factor, kind, timing } from '../kind.ts';
import { branchScope, covering, everywhere } from '../scope.ts';
import { failing, slow } from './parts.ts';

/** The population registry does not answer: documents and faces are checked by other means. */
export const registryDown = kind({
	schema: z.strictObject({
		kind: z.literal('registry-down'),
		...timing,
		/** Share of the questions that stay without answer. */
		strength: z.number().min(0).max(1).default(1)
	}),
	impairs: ({ strength }) => [
		failing(['registry'], strength),
		{ what: 'registry', strength, covers: () => true } satisfies Impairment<'registry'>
	]
});

/** The core system is slow: everything that waits for it takes `strength` times as long. */
export const slowCore = kind({
	schema: z.strictObject({
		kind: z.literal('slow-core'),
		...timing,
		scope: branchScope,
		strength: factor
	}),
	impairs: ({ scope, strength }): Impairment[] => [
		// Of a few branches with a slow core the sites' own watch knows nothing.
		...(everywhere(scope) ? [slow(['core'], strength)] : []),
		{ what: 'core', strength, covers: covering(scope) } satisfies Impairment<'core'>
	]
});
