import type { Lane } from '../lane.ts';

/** What a person may ask to be done with a case. */
export type Command =
	| { kind: 'case.assign'; lane: Lane; caseId: string; owner: string }
	| { kind: 'case.annotate'; lane: Lane; caseId: string; text: string }
	| { kind: 'case.prioritise'; lane: Lane; caseId: string; reason: string }
	| { kind: 'case.release'; lane: Lane; caseId: string; reason: string }
	| { kind: 'case.release.approve'; lane: Lane; caseId: string };
