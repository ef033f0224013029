import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Asks some customers afterwards; late cases and slow branches get worse marks. */
export function* survey(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { surveys } = world.profile;
	const stream = file.stream('survey');
	if (stream.next() >= surveys.share) return;
	yield world.env.timeout(span(stream, surveys.after));
	const mood = 4.6 - (file.late ? 1.5 : 0) - (file.branch.slowness - 1) * 2;
	const mark = (): number => Math.min(5, Math.max(1, Math.round(mood + (stream.next() - 0.5) * 2.2)));
	world.emit(
		'survey.answered',
		{
			surveyId: `Q-${file.caseId}`,
			caseId: file.caseId,
			branchId: file.branch.id,
			segment: file.customer.segment,
			attitude: mark(),
			efficiency: mark(),
			clarity: mark()
		},
		file.branch.source
	);
}
