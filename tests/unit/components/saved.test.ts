import { beforeEach, expect, test } from 'vitest';
import { eventSheet, logSheet, refusedSheet } from '../../../src/lib/components/event/sheets.ts';
import { actSheet } from '../../../src/lib/components/overview/sheets.ts';
import { sheetCsv } from '../../../src/lib/components/sheet.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { Params, Topic, View } from '../../../src/lib/protocol/topics.ts';
import { fakeApplication, FAKE_PEOPLE } from '../../support/fake-application.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const app = fakeApplication({ now: () => NOW, after: () => () => {} }, { mood: 'crisis' });
const read = async <T extends Topic>(topic: T, params: Params<T>): Promise<View<T>> =>
	(await app.views.read(topic, params, FAKE_PEOPLE[0]!)).view;
const lines = (csv: string) => csv.trimEnd().split('\r\n');

beforeEach(() => overwriteGetLocale(() => 'en'));

test('what needs a person is saved as it is told, with due times as moments', async () => {
	const { act } = await read('overview', { lane: 'demo' });
	const rows = Object.values(act);
	const saved = lines(sheetCsv(actSheet(rows, FAKE_PEOPLE, NOW), 'demo'));
	expect(saved[0]).toBe('lane,rank,severity,what,why,cases,due,owner,next');
	expect(saved).toHaveLength(rows.length + 1);
	const due = rows.find((row) => row.due !== null)!;
	expect(saved.find((line) => line.startsWith(`demo,${due.rank},`))).toContain(new Date(due.due!).toISOString());
});

test('the events of a case are saved with their facts in words', async () => {
	const view = await read('case', { lane: 'demo', caseId: 'C-1' });
	const saved = lines(sheetCsv(eventSheet(view!.timeline, FAKE_PEOPLE), 'demo'));
	expect(saved[0]).toBe('lane,offset,occurred_at,recorded_at,type,event,by,facts,violation');
	expect(saved[1]).toMatch(/^demo,0,2026-11-22T23:42:07\.000Z,.*,case\.reported,Loss reported,,channel: Mobile app,/);
});

test('a page of the log and one of the quarantine are saved, refused bodies left out', async () => {
	const log = lines(sheetCsv(logSheet((await read('log', { lane: 'demo', limit: 5 })).rows), 'demo'));
	expect(log).toHaveLength(6);
	expect(log[1]).toMatch(/^demo,1284331,2026-11-23T02:42:07\.000Z,.*case\.verified/);
	const { rows } = await read('quarantine', { lane: 'demo' });
	const refused = sheetCsv(refusedSheet(rows), 'demo');
	expect(lines(refused)).toHaveLength(rows.length + 1);
	expect(rows[0]!.body).not.toBe('');
	expect(refused).not.toContain(rows[0]!.body.slice(0, 20));
});
