import { beforeEach, describe, expect, it } from 'vitest';
import { stageRow } from '../../../src/lib/components/overview/stage-row.ts';
import { clockSheet } from '../../../src/lib/components/overview/sheets.ts';
import { sheetCsv, told } from '../../../src/lib/components/sheet.ts';
import { isWriting } from '../../../src/lib/components/writing.ts';
import { target } from '../../../src/lib/i18n/format.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { ClockAttainment, StageFlow } from '../../../src/lib/protocol/views.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => overwriteGetLocale(() => 'en'));

describe('a target', () => {
	it('that counts working time is told in working days and hours', () => {
		expect(target(24 * HOUR, 8 * HOUR, 'en')).toBe('3 working days');
		expect(target(8 * HOUR, 8 * HOUR, 'en')).toBe('1 working day');
		expect(target(24 * HOUR, 8 * HOUR, 'zh-CN')).toBe('3 个工作日');
		expect(target(2 * HOUR, 8 * HOUR, 'en')).toBe('2 working h');
		expect(target(2 * HOUR, 8 * HOUR, 'zh-CN')).toBe('2 工作小时');
	});
	it('of the wall is told in days of the wall', () => {
		expect(target(24 * HOUR, null, 'en')).toBe('1 d');
		expect(target(null, 8 * HOUR, 'en')).toBe('—');
	});
});

const flow: StageFlow = {
	stage: 'deliver',
	entered: 9,
	open: 4,
	atRisk: 0,
	breached: 0,
	dwell: { n: 9, p50: DAY, p90: 3 * DAY },
	clock: 'standard',
	target: 24 * HOUR,
	trend: []
};
const clock: ClockAttainment = {
	clock: 'standard',
	name: { zh: '标准配送', en: 'Standard delivery' },
	target: 24 * HOUR,
	kind: 'working',
	workingDay: 8 * HOUR,
	objective: 0.95,
	share: { met: 9, n: 9, low: 0.7, high: 1 },
	spent: { n: 9, p50: 8 * HOUR, p90: 16 * HOUR },
	running: 4,
	atRisk: 0,
	breached: 0,
	trend: []
};

describe('a stage', () => {
	it('is held against the time that its clock counted, however long the case lay in it', () => {
		expect(stageRow(flow, { standard: clock })).toMatchObject({ p90: 16 * HOUR, n: 9, over: false });
		const late = { ...clock, spent: { n: 9, p50: 8 * HOUR, p90: 25 * HOUR } };
		expect(stageRow(flow, { standard: late }).over).toBe(true);
	});
	it('is never over while no run of its clock has ended', () => {
		const row = stageRow(flow, { standard: { ...clock, share: null, spent: null } });
		expect(row).toMatchObject({ p90: null, over: false, targetText: '3 working days' });
	});
	it('has no target where no clock watches it', () => {
		expect(stageRow({ ...flow, clock: null }, {})).toMatchObject({ p90: 3 * DAY, target: null, over: false });
	});
});

describe('a table twin', () => {
	it('tells readers words and gives spreadsheets bare figures with their lane', () => {
		const sheet = clockSheet({ standard: clock });
		const [row = []] = sheet.rows;
		expect(sheet.columns.map((column, at) => told(column, row[at] ?? null))).toEqual([
			'Standard delivery',
			'3 working days',
			'1 d',
			'95.0%',
			'100.0%',
			'70.0%',
			'100.0%',
			'9',
			'16 h',
			'4',
			'0'
		]);
		expect(sheetCsv(sheet, 'drill:x').split('\r\n')[1]).toBe(
			'drill:x,Standard delivery,3 working days,86400000,0.95,1,0.7,1,9,57600000,4,0'
		);
	});
	it('keeps unknown apart from zero, and names apart from formulas', () => {
		const columns = [
			{ id: 'a', name: 'A' },
			{ id: 'b', name: 'B' }
		];
		const rows = [
			['=1+1', null],
			['x, "y"', 0]
		];
		expect(sheetCsv({ title: 'T', columns, rows }, 'demo')).toBe('lane,a,b\r\ndemo,\'=1+1,\r\ndemo,"x, ""y""",0\r\n');
		expect(told({ id: 'b', name: 'B' }, null)).toBe('—');
	});
});

describe('a lane that is being filled', () => {
	it('stands still far after its newest event', () => {
		expect(isWriting({ synthetic: true, speed: 0, newest: 20 * DAY })).toBe(true);
	});
	it('is not one that was paused, runs, is empty, or is real', () => {
		expect(isWriting({ synthetic: true, speed: 0, newest: 1_000 })).toBe(false);
		expect(isWriting({ synthetic: true, speed: 60, newest: 20 * DAY })).toBe(false);
		expect(isWriting({ synthetic: true, speed: 0, newest: null })).toBe(false);
		expect(isWriting({ synthetic: false, speed: 0, newest: 20 * DAY })).toBe(false);
	});
});
