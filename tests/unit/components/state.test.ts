import { describe, expect, it } from 'vitest';
import { actSentence } from '../../../src/lib/components/act-sentence.ts';
import { gridColumns, gridRows, heatCsv, highest, scaleEnd } from '../../../src/lib/components/branches/grid.ts';
import { heatParams, highestHour, namedHour } from '../../../src/lib/components/branches/params.ts';
import { rangeParams, readRange } from '../../../src/lib/components/range.ts';
import { readKey } from '../../../src/lib/components/shell/keys.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import { fakeApplication, FAKE_PEOPLE } from '../../support/fake-application.ts';
import type { HeatmapView } from '../../../src/lib/protocol/views.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const still = { now: () => NOW, after: () => () => {} };

describe('a time range in the link', () => {
	it('is read from quick names, relative to the present of the lane', () => {
		expect(readRange('today', null, NOW)).toEqual({ from: NOW - 10 * HOUR - 42 * MINUTE - 7_000, to: NOW, live: true });
		expect(readRange('now-1h', null, NOW)?.from).toBe(NOW - HOUR - 7_000);
	});
	it('stays the same view until a step has passed', () => {
		const at = (now: number) => rangeParams(readRange('now-24h', null, now));
		expect(at(NOW)).toEqual(at(NOW + 5 * MINUTE));
		expect(at(NOW)).not.toEqual(at(NOW + 30 * MINUTE));
	});
	it('never begins before the first moment that can be asked about', () => {
		expect(readRange('now-9999d', null, NOW)?.from).toBeGreaterThanOrEqual(0);
		expect(readRange('now-9999d', null, HOUR)).toMatchObject({ from: 0, to: HOUR });
	});
	it('stays the same view for ten seconds of the reader on a lane that runs fast, and never by much of its length', () => {
		const at = (wall: number, speed: number) => readRange('now-1h', null, NOW + wall * 1_000 * speed, speed)?.from;
		const kept = (seconds: number, speed: number) =>
			new Set(Array.from({ length: seconds }, (_, second) => at(second, speed))).size;
		expect(kept(60, 60)).toBeLessThanOrEqual(7);
		expect(NOW - (readRange('now-1h', null, NOW, 100_000)?.from ?? 0)).toBeLessThanOrEqual(70 * MINUTE);
	});
	it('keeps both ends where it is of the past', () => {
		expect(rangeParams(readRange('1000', '5000', NOW))).toEqual({ from: 1_000, to: 5_000 });
	});
	it.each([
		[null, null],
		['5000', '1000'],
		['soon', null],
		['', null],
		['now-1y', null],
		['1000', 'x'],
		['-8640000000000000', null],
		['0', '1e20'],
		['0', '9999999999999'],
		['1000.5', null],
		['1000', '5000.5']
	])('%s to %s is none', (from, to) => {
		expect(readRange(from, to, NOW)).toBeNull();
	});
});

describe('keys', () => {
	const pages = { o: '/', c: '/cases' };
	const state = { chord: false, typing: false, single: true, pages };
	const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
	it('open the palette even while typing and with single keys off', () => {
		expect(readKey(press('k', { ctrlKey: true }), { ...state, typing: true, single: false })).toBe('palette');
		expect(readKey(press('K', { metaKey: true }), state)).toBe('palette');
	});
	it('lead to a page after g, and nowhere after g and something else', () => {
		expect(readKey(press('g'), state)).toBe('chord');
		expect(readKey(press('c'), { ...state, chord: true })).toEqual({ go: '/cases' });
		expect(readKey(press('z'), { ...state, chord: true })).toBeNull();
		expect(readKey(press('c'), state)).toBeNull();
	});
	it('mean nothing in a field or when they are switched off', () => {
		expect(readKey(press('?'), { ...state, typing: true })).toBeNull();
		expect(readKey(press('?'), { ...state, single: false })).toBeNull();
		expect(readKey(press('?'), state)).toBe('help');
	});
});

describe('the heatmap', () => {
	const values: (number | null)[] = new Array(3 * 168).fill(null);
	const counts: number[] = new Array(3 * 168).fill(0);
	const put = (row: number, hour: number, value: number) => (
		(values[row * 168 + hour] = value),
		(counts[row * 168 + hour] = 7)
	);
	put(0, 9, 60_000);
	put(1, 34, 180_000);
	put(2, 24 + 12, 120_000);
	const view: HeatmapView = {
		measure: 'wait',
		range: { from: 0, to: 1 },
		computedAt: NOW,
		target: null,
		branches: [
			{ id: 'a', name: '=1+1', city: '杭州', province: '浙江' },
			{ id: 'b', name: '乙', city: '上海', province: '上海' },
			{ id: 'c', name: '丙', city: '杭州', province: '浙江' }
		],
		values,
		counts
	};
	it('shows the hours in which anything happened, on every day', () => {
		const columns = gridColumns(view);
		expect(columns.slice(0, 4).map((entry) => entry.column)).toEqual([9, 10, 11, 12]);
		expect(columns).toHaveLength(28);
	});
	it('is grouped by city or ordered by the highest value', () => {
		expect(gridRows(view, 'city').map((row) => row.group)).toEqual(['上海', '浙江', '浙江']);
		expect(gridRows(view, 'worst').map((row) => row.row)).toEqual([1, 2, 0]);
		expect(gridRows(view, 'worst')[0]).toEqual({ row: 1, label: '上海 乙', group: '' });
	});
	it('has headings per city only where cities have several branches', () => {
		const branches = ['甲', '乙', '丙'].map((name) => ({ id: name, name, city: '杭州', province: '浙江' }));
		expect(gridRows({ ...view, branches }, 'city')[0]?.group).toBe('浙江 · 杭州');
	});
	it('ends its scale at what nearly all cells hold, or at the target', () => {
		expect(scaleEnd(view)).toBe(180_000);
		expect(scaleEnd({ ...view, target: 600_000 })).toBe(600_000);
		expect(scaleEnd({ ...view, values: values.map(() => null) })).toBeNull();
	});
	it('is exported cell by cell with its lane, and a name is never a formula', () => {
		const lines = heatCsv(view, 'demo').trimEnd().split('\r\n');
		expect(lines).toHaveLength(4);
		expect(lines[1]).toBe("demo,wait,a,'=1+1,杭州,浙江,1,9,60,7");
	});
	it('is asked for by the link, which may name a cell', () => {
		const query = new URLSearchParams('measure=overtime&province=浙江&hour=34');
		expect(heatParams(query, 'demo', NOW)).toEqual({ lane: 'demo', measure: 'overtime', province: '浙江' });
		expect(heatParams(new URLSearchParams('measure=x'), 'demo', NOW)).toEqual({ lane: 'demo', measure: 'wait' });
		expect(namedHour(query)).toBe(34);
		expect(['hour=168', 'hour=', 'hour=1.5', ''].map((text) => namedHour(new URLSearchParams(text)))).toEqual([
			null,
			null,
			null,
			null
		]);
		expect(highestHour(values, 1)).toBe(34);
		expect(highestHour(values, 0)).toBe(9);
	});
	it('lists the highest hour of every branch that has one, the highest first', () => {
		const values: (number | null)[] = Array.from({ length: 3 * 168 }, () => null);
		const counts = values.map(() => 0);
		for (const [at, value] of [
			[9, 2],
			[10, 5],
			[2 * 168 + 33, 7]
		] as const)
			[values[at], counts[at]] = [value, value * 10];
		const branches = ['A', 'B', 'C'].map((id) => ({ id, name: id, city: '', province: '' }));
		const both = [
			{ row: 2, hour: 33, value: 7, n: 70 },
			{ row: 0, hour: 10, value: 5, n: 50 }
		];
		expect(highest({ values, counts, branches }, 9)).toEqual(both);
		expect(highest({ values, counts, branches }, 1)).toEqual(both.slice(0, 1));
	});
});

describe('what needs a person', () => {
	it.each(['zh-CN', 'en'] as const)('is said in %s without a hole for every kind', async (language) => {
		overwriteGetLocale(() => language);
		const app = fakeApplication(still, { mood: 'crisis' });
		const { view } = await app.views.read('overview', { lane: 'demo' }, FAKE_PEOPLE[0]!);
		const sentences = Object.values(view.act).map((act) => actSentence(act, language, still.now()));
		expect(new Set(Object.values(view.act).map((act) => act.kind)).size).toBe(8);
		for (const { what, why, next } of sentences) expect(`${what}|${why}|${next}`).not.toMatch(/—|\{|undefined/);
	});
	it('names a single case and counts many', async () => {
		overwriteGetLocale(() => 'en');
		const base = { id: 'x', rank: 1, severity: 'broken', cases: 1, due: null, owner: null, link: '/' } as const;
		const what = { clockEn: 'Approval', clockZh: '审批', stage: 'approve', target: 2 * HOUR };
		expect(actSentence({ ...base, kind: 'breached', what: { ...what, caseId: 'C-1' } }, 'en', NOW)).toEqual({
			what: 'Case C-1',
			why: 'Approval ≤ 2 h',
			next: 'Chase it'
		});
		expect(actSentence({ ...base, kind: 'breached', what }, 'en', NOW).what).toBe('Approval: past due');
	});
	it('gathers many devices in one row and says the day of what began on another one', () => {
		overwriteGetLocale(() => 'en');
		const base = { id: 'x', rank: 1, severity: 'soon', cases: 0, due: null, owner: null, link: '/' } as const;
		const tell = (what: Record<string, string | number>) =>
			actSentence({ ...base, kind: 'device_down', what }, 'en', NOW);
		const many = { devices: 1_200, branches: 9, deviceKind: 'vtm', since: NOW - 2 * HOUR };
		expect(tell(many)).toEqual({
			what: '1,200 devices down',
			why: 'VTM at 9 branches, the first since 08:42',
			next: 'See the branch'
		});
		expect(tell({ ...many, province: '浙江' }).why).toBe('Zhejiang · VTM, the first since 08:42');
		expect(tell({ branch: '杭州分行营业部', device: 'V-1', since: NOW - 24 * HOUR }).why).toBe(
			'Hangzhou Main · V-1 since 22 Nov 10:42'
		);
	});
	it('calls stock that is gone gone', () => {
		overwriteGetLocale(() => 'en');
		const base = { id: 'x', rank: 1, severity: 'broken', cases: 0, due: null, owner: null, link: '/' } as const;
		const what = { branch: 'A', product: 'p', quantity: 0, threshold: 40 };
		expect(actSentence({ ...base, kind: 'low_stock', what }, 'en', NOW).what).toBe('Out of stock');
		expect(actSentence({ ...base, kind: 'low_stock', what: { ...what, quantity: 3 } }, 'en', NOW).what).toBe(
			'Stock running out'
		);
	});
});
