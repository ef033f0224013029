/** The stages a card case passes through, in their usual order; `generic` holds steps of any other process. */
export const STAGES = [
	'report',
	'verify',
	'material',
	'risk',
	'approve',
	'produce',
	'deliver',
	'activate',
	'closed',
	'generic'
] as const;

export type Stage = (typeof STAGES)[number];

/** Stages in which work is outstanding: a case in one of them is open. */
export const OPEN_STAGES = STAGES.filter((stage) => stage !== 'closed');

export function isStage(text: string): text is Stage {
	return (STAGES as readonly string[]).includes(text);
}
