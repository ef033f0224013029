import type { CaseFile } from './case-file.ts';
import type { Profile } from './profile.ts';
import { VIRTUAL_CARD } from './wishes.ts';
import type { World } from './world.ts';

type Step = Profile['production']['virtual']['after'];

const STEPS: readonly Step[] = ['verified', 'risk', 'approval'];

/** Issues the card without a body that keeps the account in use until the plastic comes; once, after the step that the profile names. */
export function issueVirtualCard({ profile, emit }: World, file: CaseFile, step: Step): void {
	if ((file.wishes & VIRTUAL_CARD) === 0) return;
	if (STEPS.indexOf(step) < STEPS.indexOf(profile.production.virtual.after)) return;
	// Who gave reason for doubt when proving who they are gets nothing before the risk is known.
	if (step === 'verified' && file.doubted) return;
	file.wishes &= ~VIRTUAL_CARD;
	const { caseId, customer, branch, time } = file;
	emit('case.virtual_card_issued', { caseId, product: customer.card.product }, branch.source, time.now);
}
