import { describe, expect, test } from 'vitest';
import { ROLES, type Actor, type Role } from '../../../src/lib/domain/actor.ts';
import { evolve } from '../../../src/lib/domain/case/evolve.ts';
import type { Command } from '../../../src/lib/domain/commands/command.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { PEOPLE } from '../../../src/lib/domain/people.ts';
import { createCommands } from '../../../src/lib/server/access/run-command.ts';
import { sight } from '../../../src/lib/server/hub/handshake.ts';
import { rawEvent } from '../../../src/lib/server/hub/raw-event.ts';
import { memoryQuarantine } from '../../../src/lib/server/ingest/quarantine.ts';
import { viewsOf, type ViewSource } from '../../../src/lib/server/views.ts';
import { event, NOW, stillClock, testDoor } from '../../support/ingest.ts';
import { report } from '../domain/support.ts';

type Handler = (event: never) => Promise<Response>;
const route = async (path: string) =>
	(await import(new URL(`../../../src/routes/api/v1/${path}/+server.ts`, import.meta.url).href)) as Record<
		'POST' | 'DELETE',
		Handler
	>;

const at = { lane: 'live', caseId: 'C1' } as const;
const actor = (role: Role): Actor => ({ id: `${role}-1`, name: { zh: role, en: role }, role, scope: '*' });

/** Who may do what, written apart from the program's own table. */
const COMMANDS: readonly (readonly [Command, readonly Role[]])[] = [
	[{ kind: 'case.assign', ...at, owner: 'T9' }, ['teller', 'supervisor', 'manager']],
	[{ kind: 'case.annotate', ...at, text: 'x' }, ['teller', 'supervisor', 'manager', 'trainer', 'planner']],
	[{ kind: 'case.prioritise', ...at, reason: 'x' }, ['supervisor', 'manager']],
	[{ kind: 'case.release', ...at, reason: 'x' }, ['teller', 'supervisor', 'manager']],
	[{ kind: 'case.release.approve', ...at }, ['supervisor', 'manager']]
];
const UNMASK: readonly Role[] = ['supervisor', 'manager', 'auditor'];
const REPAIR: readonly Role[] = ['supervisor', 'manager', 'planner'];
const IMPORT: readonly Role[] = ['manager', 'planner'];

test('every role can be acted as', () => {
	expect(new Set(PEOPLE.map(({ role }) => role))).toEqual(new Set(ROLES));
	expect(new Set(PEOPLE.map(({ id }) => id)).size).toBe(PEOPLE.length);
});

describe.each(ROLES)('a %s', (role) => {
	test.each(COMMANDS)('may or may not $kind, and either is recorded', async (command, allowed) => {
		const names: string[] = [];
		const open = evolve(undefined, report(0)).state;
		const state = command.kind === 'case.release.approve' ? { ...open, releaseAskedBy: 'T7' } : open;
		const commands = createCommands({
			caseState: () => Promise.resolve(state),
			submit(_, events) {
				names.push(...events.map(({ type }) => type.slice('com.hotcard.'.length, -'.v1'.length)));
				return Promise.resolve({ status: 202, accepted: events.length, duplicates: 0, rejected: [] });
			},
			laneNow: () => NOW,
			provinceOf: () => null,
			newId: () => 'id'
		});
		const outcome = await commands.run(command, actor(role)).then(
			() => 'done',
			(error: unknown) => (error instanceof HotcardError ? error.code : String(error))
		);
		expect(outcome).toBe(allowed.includes(role) ? 'done' : 'forbidden');
		expect(names.includes('audit.recorded')).toBe(true);
		expect(names.length > 1).toBe(allowed.includes(role));
	});

	test('sees who is behind an event, or not', () => {
		const stored = { lane: 'live', recordedAt: NOW, event: report(0).event as DomainEvent } as const;
		const { masked } = rawEvent(1, stored, actor(role));
		expect(masked).toBe(!UNMASK.includes(role));
	});

	test('reads what was refused at the door, or the reasons alone, and shares no room with those who see more', async () => {
		const quarantine = memoryQuarantine();
		const why = { origin: 'http', line: null, code: 'schema', pointer: null, detail: 'x' };
		quarantine.addNew([{ lane: 'live', at: NOW, ...why, body: '{"by":"T7"}' }]);
		const surroundings = { clock: stillClock(), log: testDoor().log, lanes: () => [] };
		const views = viewsOf({} as ViewSource, quarantine, surroundings);
		const { view } = await views.read('quarantine', { lane: 'live' }, actor(role));
		views.close();
		const reads = REPAIR.includes(role) || UNMASK.includes(role);
		expect(view?.rows[0]?.body).toBe(reads ? '{"by":"T7"}' : '');
		for (const other of ROLES.filter((one) => sight(actor(one)) === sight(actor(role)))) {
			expect([UNMASK.includes(other), REPAIR.includes(other) || UNMASK.includes(other)]).toEqual([
				UNMASK.includes(role),
				reads
			]);
		}
	});

	test('repairs and dismisses what was refused, or is turned away', async () => {
		const door = testDoor();
		await door.send([event('1', { type: 'x' }), event('2', { type: 'x' })]);
		const { POST, DELETE } = await route('quarantine/[id]');
		const locals = { app: { ingest: door.door }, actor: actor(role) };
		const body = JSON.stringify(event('1'));
		const repaired = await POST({
			request: new Request('http://x', { method: 'POST', body }),
			params: { id: '1' },
			locals
		} as never);
		const dismissed = await DELETE({ params: { id: '2' }, locals } as never);
		expect([repaired.status, dismissed.status]).toEqual(REPAIR.includes(role) ? [202, 204] : [403, 403]);
	});

	test('brings in files and puts uploads away, or is turned away', async () => {
		const locals = { app: { config: { dataDir: '/nowhere' } }, actor: actor(role) };
		const { POST, DELETE } = await route('imports/[id]');
		const request = new Request('http://x', { method: 'POST', body: '{}' });
		const imported = await POST({ request, params: { id: 'none' }, locals } as never);
		const dropped = await DELETE({ params: { id: 'none' }, locals } as never);
		expect([imported.status, dropped.status]).toEqual(IMPORT.includes(role) ? [400, 204] : [403, 403]);
	});
});
