import type { CaseFile } from './case-file.ts';
import { STAGE_MESSAGES } from './profile-messages.ts';
import type { World } from './world.ts';

export type StageMessage = (typeof STAGE_MESSAGES)[number];

/** A bit for each message of a stage, in their order, and two more. */
const BITS = new Map(STAGE_MESSAGES.map((message, index) => [message, 1 << index]));
export const SLIP = 1 << STAGE_MESSAGES.length;
export const VIRTUAL_CARD = SLIP << 1;

/** Draws what a customer wishes for on the way, all of it at the report: what comes first later on may hang on chance. */
export function wish({ profile }: World, file: CaseFile): void {
	const { stages, slip } = profile.notifications;
	const stream = file.stream('wishes');
	let wishes = 0;
	for (let index = 0; index < STAGE_MESSAGES.length; index++)
		if (stream.next() < stages[STAGE_MESSAGES[index] as StageMessage]) wishes |= 1 << index;
	if (stream.next() < slip) wishes |= SLIP;
	if (stream.next() < profile.production.virtual.share) wishes |= VIRTUAL_CARD;
	file.wishes = wishes;
}

export function wished(file: CaseFile, message: StageMessage): boolean {
	return (file.wishes & (BITS.get(message) as number)) !== 0;
}
