import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import type { Profile } from './profile.ts';
import { span, type World } from './world.ts';

const MINUTE = 60_000;
const GOOD = ['办理很快', '工作人员态度好', '流程清楚，少跑了一趟', '手机上三步就挂失了'] as const;
const POOR = ['等的时间太长', '进度看不到', '材料要求说不清楚', '补卡太慢'] as const;

/** How long a wait feels, ms: the power law a × t^b over minutes (Antonides, Verhoef and van Aalst 2002). */
export function perceivedWait({ a, b }: Profile['surveys']['perceived'], waited: number): number {
	return a * (waited / MINUTE) ** b * MINUTE;
}

/** Asks some customers afterwards; late cases, slow branches and long lines get worse marks. */
export function* survey(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { surveys } = world.profile;
	const { caseId, branch, customer, waitedMs } = file;
	const stream = file.stream('survey');
	if (stream.next() >= (surveys.shares[customer.segment] ?? 0)) return;
	yield* file.time.pass(span(stream, surveys.after));
	const felt = waitedMs === undefined ? 0 : perceivedWait(surveys.perceived, waitedMs);
	const mood =
		surveys.mood -
		(file.late ? surveys.late : 0) -
		Math.max(0, branch.slowness - 1) * surveys.slow -
		(felt / (10 * MINUTE)) * surveys.waiting;
	const mark = (): number => Math.min(5, Math.max(1, Math.round(mood + (stream.next() - 0.5) * surveys.noise)));
	const attitude = mark();
	const efficiency = mark();
	const clarity = mark();
	const comments = stream.next() < surveys.comments;
	const words = attitude + efficiency + clarity >= 11 ? GOOD : POOR;
	const text = words[stream.int(0, words.length - 1)] as string;
	world.emit(
		'survey.answered',
		{
			surveyId: `Q-${caseId}`,
			caseId,
			branchId: branch.id,
			segment: customer.segment,
			attitude,
			efficiency,
			clarity,
			perceivedWaitSeconds: waitedMs === undefined ? undefined : Math.round(felt / 1_000),
			text: comments ? text : undefined
		},
		branch.source,
		file.time.now
	);
}
