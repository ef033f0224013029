import { beforeEach, expect, test } from 'vitest';
import { told } from '../../../src/lib/components/sheet.ts';
import { DAY, HOUR } from '../../../src/lib/domain/time.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { ClockRunView } from '../../../src/lib/protocol/views.ts';
import { clockSheet, timeOf } from '../../../src/routes/cases/[id]/clocks.ts';

beforeEach(() => overwriteGetLocale(() => 'en'));

const FRIDAY = Date.parse('2026-11-20T17:30:00+08:00');
const MONDAY = Date.parse('2026-11-23T09:30:00+08:00');
const approval: ClockRunView = {
	clock: 'approval',
	name: { zh: '审批', en: 'Approval' },
	started: FRIDAY,
	due: Date.parse('2026-11-23T10:30:00+08:00'),
	atRiskAt: null,
	ended: MONDAY,
	status: 'met',
	spent: HOUR,
	target: 2 * HOUR,
	kind: 'working',
	workingDay: 8 * HOUR
};

test('a clock of working time tells what it counted, not the weekend between', () => {
	expect(timeOf(approval, MONDAY)).toBe('took 1 working h');
	expect(timeOf({ ...approval, spent: 12 * HOUR }, MONDAY)).toBe('took 1.5 working days');
	overwriteGetLocale(() => 'zh-CN');
	expect(timeOf(approval, MONDAY)).toBe('用时 1 工作小时');
});

test('a clock of the wall tells the time without its pauses, and one that is over never the words of its target', () => {
	const wall: ClockRunView = {
		...approval,
		kind: 'wall',
		workingDay: null,
		ended: FRIDAY + 3 * DAY,
		spent: 90 * 60_000
	};
	expect(timeOf(wall, MONDAY)).toBe('took 1 h 30 min');
	const over: ClockRunView = { ...approval, status: 'breached', spent: 2 * HOUR + 1 };
	expect(timeOf(over, MONDAY)).toBe('took >2 working h');
});

test('the clocks of a case are a table, too, with the time at which each is due', () => {
	const running: ClockRunView = { ...approval, ended: null, spent: null, status: 'running' };
	const sheet = clockSheet([approval, running], MONDAY + 2 * HOUR);
	const lines = sheet.rows.map((row) => row.map((value, at) => told(sheet.columns[at]!, value)));
	expect(lines).toEqual([
		[
			'Approval',
			'in time',
			'2 working h',
			'20 Nov 2026 17:30:00',
			'23 Nov 2026 10:30:00',
			'23 Nov 2026 09:30:00',
			'took 1 working h'
		],
		['Approval', 'past due', '2 working h', '20 Nov 2026 17:30:00', '23 Nov 2026 10:30:00', '—', '1 h late']
	]);
});
