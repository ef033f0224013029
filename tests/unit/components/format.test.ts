import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as format from '../../../src/lib/i18n/format.ts';
import en from '../../../src/lib/i18n/messages/en.json' with { type: 'json' };
import zh from '../../../src/lib/i18n/messages/zh-CN.json' with { type: 'json' };
import workEn from '../../../src/lib/i18n/messages/work/en.json' with { type: 'json' };
import workZh from '../../../src/lib/i18n/messages/work/zh-CN.json' with { type: 'json' };

const AT = Date.UTC(2026, 10, 23, 2, 42, 7);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('messages', () => {
	const holes = (text: unknown) => (JSON.stringify(text).match(/\{\w+\}/g) ?? []).sort();
	it.each([
		['shell', zh, en],
		['work', workZh, workEn]
	] as const)('of %s exist in both languages with the same parameters', (_, one, other) => {
		const [left, right] = [one, other] as Record<string, unknown>[];
		expect(Object.keys(left ?? {}).sort()).toEqual(Object.keys(right ?? {}).sort());
		for (const key of Object.keys(left ?? {})) expect([key, holes(left?.[key])]).toEqual([key, holes(right?.[key])]);
	});
	it('never take a key of each other', () => {
		const taken = new Set(Object.keys(zh));
		expect(Object.keys(workZh).filter((key) => key !== '$schema' && taken.has(key))).toEqual([]);
	});
	it('are never empty', () => {
		for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text).not.toBe('');
	});
});

describe('a figure beside what it is held against', () => {
	it.each([
		[0.949_7, 0.95, '94.97%'],
		[0.949_97, 0.95, '94.997%'],
		[0.949_999, 0.95, '<95.0%'],
		[0.95, 0.95, '95.0%'],
		[0.94, 0.95, '94.0%'],
		[0.999_96, 1, '99.9%'],
		[null, 0.95, '—']
	])('%s against %s is %s', (share, objective, text) => {
		expect(format.percentAgainst(share, objective)).toBe(text);
	});
	it('never reads as met where it fell short, nor the other way round', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(share, fc.constantFrom(0.85, 0.9, 0.95, 0.98, 0.99, 0.999, 1), (met, objective) => {
				const text = format.percentAgainst(met, objective);
				const figure = Number.parseFloat(text.replace('<', '')) / 100;
				if (met >= objective) expect(figure).toBeGreaterThanOrEqual(objective);
				else if (!text.startsWith('<')) expect(figure).toBeLessThan(objective);
			})
		);
	});
	it('says that it is above a target that would read the same', () => {
		expect(format.above('2 h', '2 h', true)).toBe('>2 h');
		expect(format.above('2 h', '2 h', false)).toBe('2 h');
		expect(format.above('2.1 h', '2 h', true)).toBe('2.1 h');
	});
});

describe('durations', () => {
	it.each([
		[31, '31 毫秒', '31 ms'],
		[3_400, '3.4 秒', '3.4 s'],
		[41_000, '41 秒', '41 s'],
		[2.4 * HOUR, '2.4 小时', '2.4 h'],
		[33 * HOUR, '1.4 天', '1.4 d'],
		[59_960, '1 分', '1 min'],
		[0, '0 秒', '0 s'],
		[-4 * MINUTE, '−4 分', '−4 min'],
		[null, '—', '—']
	])('%s ms is %s', (ms, chinese, english) => {
		expect(format.duration(ms, 'zh-CN')).toBe(chinese);
		expect(format.duration(ms, 'en')).toBe(english);
	});
	it.each([
		[80 * MINUTE, '1 小时 20 分', '1 h 20 min'],
		[4 * MINUTE + 59_000, '4 分', '4 min'],
		[-35_400, '−35 秒', '−35 s'],
		[26 * HOUR, '1 天 2 小时', '1 d 2 h'],
		[12 * HOUR + MINUTE, '12 小时', '12 h'],
		[400, '0 秒', '0 s']
	])('%s ms left is %s', (ms, chinese, english) => {
		expect(format.span(ms, 'zh-CN')).toBe(chinese);
		expect(format.span(ms, 'en')).toBe(english);
	});
	it('ago is told as people say it', () => {
		expect(format.ago(12_000, 'zh-CN')).toBe('12 秒前');
		expect(format.ago(3 * MINUTE, 'en')).toBe('3 min ago');
		expect(format.ago(200, 'zh-CN')).toBe('刚刚');
		expect(format.ago(null, 'en')).toBe('—');
	});
});

describe('figures', () => {
	it('count in 万 and 亿 in Chinese and in groups in English', () => {
		expect(format.count(3_208, 'zh-CN')).toBe('3,208');
		expect(format.count(12_345, 'zh-CN')).toBe('1.2 万');
		expect(format.count(1_284_331, 'zh-CN')).toBe('128 万');
		expect(format.count(320_000_000, 'zh-CN')).toBe('3.2 亿');
		expect(format.count(12_345, 'en')).toBe('12,345');
		expect(format.count(1_284_331, 'en')).toBe('1.3 M');
		expect(format.count(null, 'en')).toBe('—');
	});
	it('group the digits of any whole number without changing it', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
				expect(Number(format.grouped(value).replaceAll(',', '').replace('−', '-')) + 0).toBe(value + 0);
			})
		);
	});
	it('never round a share to all or nothing', () => {
		expect(format.percent(0.968)).toBe('96.8%');
		expect(format.percent(0.99999)).toBe('99.9%');
		expect(format.percent(0.00001)).toBe('<0.1%');
		expect([format.percent(1), format.percent(0), format.percent(null)]).toEqual(['100.0%', '0.0%', '—']);
	});
});

describe('times', () => {
	it('are told in the bank’s zone on a 24-hour clock', () => {
		expect(format.time(AT, true)).toBe('10:42:07');
		expect(format.dateTime(AT, 'zh-CN')).toBe('2026-11-23 10:42');
		expect(format.dateTime(AT, 'en')).toBe('23 Nov 2026 10:42');
		expect([format.weekday(AT, 'zh-CN'), format.weekday(AT, 'en')]).toEqual(['周一', 'Mon']);
	});
	it('begin their day at the bank’s midnight', () => {
		expect(format.time(format.dayStart(AT), true)).toBe('00:00:00');
		expect(AT - format.dayStart(AT)).toBe(10 * HOUR + 42 * MINUTE + 7_000);
	});
	it('go into an input and come back', () => {
		expect(format.bankInput(AT)).toBe('2026-11-23T10:42');
		expect(format.fromBankInput('2026-11-23T10:42')).toBe(AT - 7_000);
		expect(format.fromBankInput('')).toBeNull();
	});
});
