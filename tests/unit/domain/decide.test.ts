import { describe, expect, test } from 'vitest';
import { evolve } from '../../../src/lib/domain/case/evolve.ts';
import type { Actor, Role } from '../../../src/lib/domain/actor.ts';
import type { CaseState } from '../../../src/lib/domain/case/state.ts';
import type { Command } from '../../../src/lib/domain/commands/command.ts';
import { decide } from '../../../src/lib/domain/commands/decide.ts';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { recorded, report } from './support.ts';

const actor = (id: string, role: Role, scope = '*'): Actor => ({ id, role, scope, name: { zh: id, en: id } });
const open = evolve(undefined, report(0, { branchId: 'B1' })).state;
const then = (state: CaseState, decided: ReturnType<typeof decide>) =>
	decided.reduce((now, { name, data }) => evolve(now, recorded(name, 1, { ...data })).state, state);

const at = { lane: 'live', caseId: 'C1' } as const;
const ask: Command = { kind: 'case.release', ...at, reason: 'found' };
const approve: Command = { kind: 'case.release.approve', ...at };
const assign: Command = { kind: 'case.assign', ...at, owner: 'T9' };
const code = (run: () => unknown) => {
	try {
		run();
		return 'done';
	} catch (error) {
		return (error as { code: string }).code;
	}
};

describe('given an open case', () => {
	test('when it is assigned, then its owner changes and the former one is named', () => {
		const first = decide(assign, open, actor('S1', 'supervisor'));
		expect(first).toEqual([{ name: 'case.assigned', data: { caseId: 'C1', owner: 'T9', by: 'S1' } }]);
		const owned = then(open, first);
		expect(owned.owner).toBe('T9');
		expect(decide(assign, owned, actor('S1', 'supervisor'))).toEqual([]);
		expect(decide({ ...assign, owner: 'T8' }, owned, actor('S1', 'supervisor'))[0]!.data).toMatchObject({
			previous: 'T9'
		});
	});

	test('when a note or a priority is given, then it is recorded with who gave it', () => {
		const note = decide({ kind: 'case.annotate', ...at, text: ' called ' }, open, actor('T1', 'teller'));
		expect(note).toEqual([{ name: 'case.annotated', data: { caseId: 'C1', by: 'T1', text: 'called' } }]);
		const prioritise: Command = { kind: 'case.prioritise', ...at, reason: 'late' };
		const decided = decide(prioritise, open, actor('S1', 'supervisor'));
		expect(then(open, decided).priority).toBe(true);
	});

	test('when someone asks for its release, then a second person must agree', () => {
		const asked = then(open, decide(ask, open, actor('S1', 'supervisor')));
		expect(asked).toMatchObject({ status: 'open', releaseAskedBy: 'S1' });
		expect(code(() => decide(approve, asked, actor('S1', 'supervisor')))).toBe('four-eyes');
		expect(code(() => decide(approve, asked, actor('T1', 'teller')))).toBe('forbidden');
		expect(code(() => decide(ask, asked, actor('T1', 'teller')))).toBe('release-asked');
		const released = decide(approve, asked, actor('S2', 'supervisor'));
		expect(released).toEqual([{ name: 'case.released', data: { caseId: 'C1', by: 'S1', approvedBy: 'S2' } }]);
		expect(then(asked, released)).toMatchObject({ status: 'closed', outcome: 'released', releaseAskedBy: null });
	});

	test('when nobody has asked, then nothing can be approved', () => {
		expect(code(() => decide(approve, open, actor('S2', 'supervisor')))).toBe('release-not-asked');
	});

	test('when a text is empty or endless, then it is refused', () => {
		const note = (text: string) =>
			code(() => decide({ kind: 'case.annotate', ...at, text }, open, actor('T1', 'teller')));
		expect([note('  '), note('x'.repeat(2_001)), note('x')]).toEqual(['invalid-command', 'invalid-command', 'done']);
	});
});

test('given a closed case, only notes are taken', () => {
	const closed = evolve(open, recorded('case.cancelled', 1, { reason: 'x' })).state;
	const by = actor('M1', 'manager');
	expect(code(() => decide(assign, closed, by))).toBe('case-closed');
	expect(code(() => decide({ kind: 'case.annotate', ...at, text: 'x' }, closed, by))).toBe('done');
});

test('given no case, it is not found', () => {
	expect(code(() => decide(assign, undefined, actor('M1', 'manager')))).toBe('not-found');
});

describe('who may', () => {
	test.each([
		['viewer', 'forbidden'],
		['auditor', 'forbidden'],
		['trainer', 'forbidden'],
		['planner', 'forbidden'],
		['teller', 'done'],
		['supervisor', 'done'],
		['manager', 'done']
	] as const)('%s assigning: %s', (role, expected) => {
		expect(code(() => decide(assign, open, actor('X', role)))).toBe(expected);
	});

	test('is bound to a part of the organisation', () => {
		const province = (branchId: string) => (branchId === 'B1' ? '广东' : null);
		const by = (scope: string, state = open) =>
			code(() => decide(assign, state, actor('T1', 'teller', scope), province));
		expect([by('*'), by('B1'), by('广东'), by('B2'), by('上海')]).toEqual([
			...['done', 'done', 'done', 'forbidden', 'forbidden']
		]);
		const nowhere = evolve(undefined, report()).state;
		expect([by('*', nowhere), by('广东', nowhere)]).toEqual(['done', 'forbidden']);
	});

	test('the demo people can be told apart and can do four eyes among them', () => {
		expect(new Set(PEOPLE.map(({ id }) => id)).size).toBe(PEOPLE.length);
		const roles = new Set(PEOPLE.map(({ role }) => role));
		for (const role of ['manager', 'trainer', 'planner', 'teller', 'supervisor', 'auditor'])
			expect(roles).toContain(role);
		expect(PEOPLE.filter(({ role }) => role === 'supervisor').length).toBeGreaterThan(1);
	});
});
