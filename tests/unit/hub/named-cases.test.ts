import { expect, test } from 'vitest';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import type { Views } from '../../../src/lib/server/application.ts';
import { namedCases } from '../../../src/lib/server/http/named-cases.ts';

const reader: Actor = { id: 'V', name: { zh: '看', en: 'V' }, role: 'viewer', scope: '*' };
const row = (caseId: string) => ({ caseId, stage: 'verify', activity: 'Resolve ticket' });

/** Views of a lane that has these cases, in the order of their numbers. */
function views(ids: readonly string[], asked: object[] = []): Views {
	return {
		read: async (topic: string, params: { caseId?: string; text?: string; limit?: number }) => {
			asked.push({ topic, ...params });
			const { caseId, text = '' } = params;
			if (topic === 'case') return { view: ids.includes(caseId!) ? { row: row(caseId!) } : null };
			const rows = ids.filter((id) => id.toLowerCase().includes(text.toLowerCase())).slice(0, params.limit);
			return { view: { rows: rows.map(row) } };
		}
	} as unknown as Views;
}

test('a case is found by its whole number, also with a space in it, before those that merely hold it', async () => {
	const ids = [...Array.from({ length: 20 }, (_, at) => `A Case 1${at}`), 'Case 1'];
	const found = await namedCases(views(ids), 'whatif:helpdesk', ' Case 1 ', reader);
	expect(found).toHaveLength(8);
	expect(found[0]).toEqual(row('Case 1'));
	expect(found.filter(({ caseId }) => caseId === 'Case 1')).toHaveLength(1);
});

test('closed cases are found too, and an empty text asks for nothing', async () => {
	const asked: object[] = [];
	expect(await namedCases(views(['C-1'], asked), 'live', '  ', reader)).toEqual([]);
	expect(asked).toEqual([]);
	expect(await namedCases(views(['C-1'], asked), 'live', 'c-', reader)).toEqual([row('C-1')]);
	expect(asked).toContainEqual({ topic: 'cases', lane: 'live', status: 'all', text: 'c-', sort: 'case', limit: 8 });
});
