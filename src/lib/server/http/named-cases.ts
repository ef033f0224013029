import type { Actor } from '../../domain/actor.ts';
import type { Lane } from '../../domain/lane.ts';
import type { NamedCase } from '../../protocol/views.ts';
import type { Views } from '../application.ts';

const MOST = 8;
const LONGEST = 200;

/** Cases, open and closed, whose number is or holds a text. */
export async function namedCases(views: Views, lane: Lane, text: string, actor: Actor): Promise<NamedCase[]> {
	const wanted = text.trim().slice(0, LONGEST);
	if (wanted === '') return [];
	const [one, some] = await Promise.all([
		views.read('case', { lane, caseId: wanted }, actor),
		views.read('cases', { lane, status: 'all', text: wanted, sort: 'case', limit: MOST }, actor)
	]);
	const rows = some.view.rows.filter(({ caseId }) => caseId !== wanted);
	if (one.view !== null) rows.unshift(one.view.row);
	return rows.slice(0, MOST).map(({ caseId, stage, activity }) => ({ caseId, stage, activity }));
}
