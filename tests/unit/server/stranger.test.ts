import { describe, expect, test } from 'vitest';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { acting } from '../../../src/lib/server/http/acting.ts';

describe('who a request acts as', () => {
	test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
		'is nobody for a %s with a cookie that names nobody',
		async (method) => {
			for (const cookie of ['X999', '', '__proto__']) {
				const refused = acting(cookie, PEOPLE, method) as Response;
				expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
				const problem = (await refused.json()) as Record<string, string>;
				expect(problem).toMatchObject({ code: 'unknown-actor', detail: expect.stringContaining(`"${cookie}"`) });
				expect(problem['detailZh']).toMatch(/[\u4e00-\u9fff]/);
				expect(problem['remedyZh']).toMatch(/[\u4e00-\u9fff]/);
			}
		}
	);

	test.each([
		['POST', undefined, PEOPLE[0]?.id],
		['POST', 'V001', 'V001'],
		['GET', 'X999', PEOPLE[0]?.id],
		['HEAD', 'X999', PEOPLE[0]?.id],
		['GET', 'T001', 'T001']
	])('for a %s with the cookie %s is %s', (method, cookie, id) => {
		expect(acting(cookie, PEOPLE, method)).toMatchObject({ id });
	});
});
