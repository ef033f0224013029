import type { Actor } from '../../domain/actor.ts';
import { problemOf, problemResponse } from './words.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who a request acts as. Without a cookie that is the first person, as at a first visit, and so it is for reading with a cookie that
 * names nobody; but nothing is done in the name of somebody else: then the answer is a refusal, 403.
 */
export function acting(id: string | undefined, people: readonly Actor[], method: string): Actor | Response {
	const named = people.find((person) => person.id === id);
	if (named === undefined && id !== undefined && !READS.has(method)) return stranger(id);
	const actor = named ?? people[0];
	if (actor === undefined) throw new Error('the application has nobody to act as');
	return actor;
}

function stranger(id: string): Response {
	const shown = id.slice(0, 40);
	return problemResponse(
		403,
		problemOf('unknown-actor', {
			detail: `the cookie hc_actor names "${shown}", whom nobody here is`,
			detailZh: `Cookie hc_actor 所指的“${shown}”不在人员名单中`
		})
	);
}
