import type { Lane } from '../lane.ts';

/** Characters that what is written in a command may have at most. */
export const LONGEST = { owner: 80, note: 2_000, priority: 80, release: 2_000 } as const;

/** What a person may ask to be done with a case. */
export type Command =
	| { kind: 'case.assign'; lane: Lane; caseId: string; owner: string }
	| { kind: 'case.annotate'; lane: Lane; caseId: string; text: string }
	| { kind: 'case.prioritise'; lane: Lane; caseId: string; reason: string }
	| { kind: 'case.release'; lane: Lane; caseId: string; reason: string }
	| { kind: 'case.release.approve'; lane: Lane; caseId: string };
