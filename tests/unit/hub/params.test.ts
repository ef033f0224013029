import { expect, test } from 'vitest';
import { canonical, isTopic, parseParams } from '../../../src/lib/server/hub/params.ts';
import { actorOf, sameSite, sight } from '../../../src/lib/server/hub/handshake.ts';
import type { Actor } from '../../../src/lib/domain/actor.ts';

const people: Actor[] = [
	{ id: 'm', name: { zh: '', en: '' }, role: 'manager', scope: '*' },
	{ id: 't 1', name: { zh: '', en: '' }, role: 'teller', scope: 'B1' }
];

test('texts of a query and numbers of a socket give the same parameters', () => {
	const text = parseParams('cases', { lane: 'demo', offset: '50', limit: '150', descending: 'true', text: 'C-1' });
	const plain = parseParams('cases', { text: 'C-1', lane: 'demo', offset: 50, limit: 150, descending: true });
	expect(text).toEqual(plain);
	expect(canonical(text)).toBe(canonical(plain));
});

test.each([
	['cases', { lane: 'demo', limit: 100_000 }, '/limit'],
	['cases', { lane: 'demo', sort: 'drop table' }, '/sort'],
	['case', { lane: 'demo' }, '/caseId'],
	['log', { lane: 'drill:', before: -1 }, '/lane'],
	['overview', { lane: 'demo', from: '-8640000000000000' }, '/from'],
	['overview', { lane: 'demo', from: '0', to: '1e20' }, '/to'],
	['cases', { lane: 'demo', from: 1_000.5 }, '/from'],
	['branchCell', { lane: 'live', branchId: 'B1', hourOfWeek: 168 }, '/hourOfWeek']
] as const)('%s with %j is refused with the place', (topic, params, pointer) => {
	expect(() => parseParams(topic, params)).toThrow(pointer);
});

test('names of object members are no views', () => {
	expect(['shell', 'constructor', '__proto__', 7].map(isTopic)).toEqual([true, false, false, false]);
});

test('the cookie names the person; nobody, a stranger or a broken cookie is the first of the list', () => {
	expect(actorOf('x=1; hc_actor=t%201', people).id).toBe('t 1');
	for (const cookie of [undefined, 'hc_actor=boss', 'hc_actor=%E0%A4%A', 'nothc_actor=t%201']) {
		expect(actorOf(cookie, people).id).toBe('m');
	}
	expect(new Set(people.map(sight)).size).toBe(2);
});

test('only pages of the same host may open a socket', () => {
	const from = (origin?: string) =>
		sameSite({ headers: { host: 'bank:4600', ...(origin ? { origin } : {}) } } as never);
	expect([from(), from('http://bank:4600'), from('https://bank:4600')]).toEqual([true, true, true]);
	expect([from('http://bank:4601'), from('https://evil.example'), from('null')]).toEqual([false, false, false]);
});
