import { describe, expect, test } from 'vitest';
import { isTimeFormat, timeReading } from '../../../src/lib/server/exchange/timestamps.ts';

const read = (cell: string | number, format?: string, zone = 'UTC'): number => timeReading(format, zone).read(cell);

describe('times with their offset', () => {
	test.each([
		['2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276Z'],
		['2011-10-11T13:45:40+0200', '2011-10-11T11:45:40.000Z'],
		['2011-10-11T13:45:40.123456Z', '2011-10-11T13:45:40.123Z'],
		['2011-10-11 13:45:40 UTC', '2011-10-11T13:45:40.000Z'],
		['2011/1/2 3:04-05', '2011-01-02T08:04:00.000Z'],
		['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z']
	])('%s', (text, expected) => {
		expect(new Date(read(text)).toISOString()).toBe(expected);
	});

	test.each(['', 'NA', '2011-02-30', '2011-13-01', '2011-10-11 25:00', '11.10.2011', '1318333540', 'yesterday'])(
		'"%s" is no time without a format',
		(text) => {
			expect(read(text)).toBeNaN();
		}
	);
});

describe('formats', () => {
	test.each([
		['dd.MM.yyyy HH:mm', '11.10.2011 13:45', '2011-10-11T13:45:00.000Z'],
		['dd.mm.yyyy HH:MM', '1.2.2011 3:45:40', '2011-02-01T03:45:40.000Z'],
		['dd/mm/yyyy HH:MM:SS', '11/10/2011 13:45:40.5', '2011-10-11T13:45:40.500Z'],
		['MM/dd/yyyy', '10/11/2011', '2011-10-11T00:00:00.000Z'],
		['yyyyMMddHHmmss', '20111011134540', '2011-10-11T13:45:40.000Z'],
		['yyyy年MM月dd日 HH:mm', '2011年10月11日 13:45', '2011-10-11T13:45:00.000Z'],
		['epoch-seconds', '1318340740', '2011-10-11T13:45:40.000Z'],
		['epoch-ms', '1318340740276', '2011-10-11T13:45:40.276Z'],
		['epoch-us', '1318340740276999', '2011-10-11T13:45:40.276Z'],
		['epoch-ns', '1318340740276000000', '2011-10-11T13:45:40.276Z'],
		['epoch-seconds', '1318340740.276', '2011-10-11T13:45:40.276Z'],
		['MM/dd/yyyy hh:mm:ss a', '10/11/2011 01:45:40 PM', '2011-10-11T13:45:40.000Z'],
		['MM/dd/yyyy hh:mm:ss a', '10/11/2011 12:45:40\u202fam', '2011-10-11T00:45:40.000Z'],
		['M/d/yyyy h:mm tt', '1/2/2011 12:05 PM', '2011-01-02T12:05:00.000Z'],
		['M/d/yyyy, h:mm A', '1/2/2011, 12:05:09 p.m.', '2011-01-02T12:05:09.000Z'],
		['yyyy/M/d tt h:mm:ss', '2011/1/2 下午 3:04:05', '2011-01-02T15:04:05.000Z'],
		['dd.MM.yy HH:mm', '11.10.11 13:45', '2011-10-11T13:45:00.000Z'],
		['dd.MM.yy', '11.10.99', '1999-10-11T00:00:00.000Z'],
		['DD/MM/YYYY HH:mm', '11/10/2011 13:45', '2011-10-11T13:45:00.000Z'],
		['HH:mm:ss dd.MM.yyyy', '13:45:40 11.10.2011', '2011-10-11T13:45:40.000Z'],
		['HH:mm dd.MM.yyyy', '13:45 11.10.2011', '2011-10-11T13:45:00.000Z'],
		["yyyy-MM-dd'T'HH:mm:ssXXX", '2011-10-11T13:45:40+02:00', '2011-10-11T11:45:40.000Z'],
		["yyyy-MM-dd'T'HH:mm:ss'Z'", '2011-10-11T13:45:40Z', '2011-10-11T13:45:40.000Z'],
		['yyyy-MM-dd HH:mm:ss.SSS Z', '2011-10-11 13:45:40.276 +0200', '2011-10-11T11:45:40.276Z'],
		['yyyy-MM-dd HH:mm:ss.SSS', '2011-10-11 13:45:40', '2011-10-11T13:45:40.000Z'],
		['dd-MMM-yyyy HH:mm:ss', '15-Mar-2019 10:00:00', '2019-03-15T10:00:00.000Z'],
		['d MMMM yyyy', '3 September 2019', '2019-09-03T00:00:00.000Z'],
		['dd-MMM-yy', '15-MÄR-19', '2019-03-15T00:00:00.000Z'],
		['dd MMM yyyy', '15 mrt. 2019', '2019-03-15T00:00:00.000Z'],
		['%d/%m/%Y %H:%M:%S.%f', '11/10/2011 13:45:40.276', '2011-10-11T13:45:40.276Z'],
		['%I:%M %p %d %b %Y', '01:45 PM 11 Oct 2011', '2011-10-11T13:45:00.000Z']
	])('%s reads %s', (format, text, expected) => {
		expect(new Date(read(text, format)).toISOString()).toBe(expected);
	});

	test.each([
		['MM/dd/yyyy hh:mm a', '10/11/2011 13:45 PM'],
		['dd-MMM-yyyy', '15-Foo-2019'],
		['dd.MM.yy', '11.10.2011']
	])('%s does not read %s', (format, text) => {
		expect(read(text, format)).toBeNaN();
	});

	test('numbers are read as an epoch only where the format says so', () => {
		expect(read(1318340740, 'epoch-seconds')).toBe(1318340740000);
		expect(read(1318340740)).toBeNaN();
	});

	test('a pattern without a date, or with unknown letters, is none', () => {
		const none = [
			'HH:mm',
			'yyyy-MM',
			'weekday',
			'yyyy-QQ-dd',
			'yyyy-MMMMM-dd',
			'yyyy-mmm-dd',
			'yyyyy-MM-dd',
			'dd-dd-yyyy-MM'
		];
		expect(none.filter(isTimeFormat)).toEqual([]);
	});
});

describe('times without offset', () => {
	test('are read in the zone, and counted', () => {
		const reading = timeReading(undefined, 'Asia/Shanghai');
		expect(reading.read('2026-11-22 08:00:00')).toBe(Date.UTC(2026, 10, 22));
		expect(reading.read('2026-11-22T08:00:00Z')).toBe(Date.UTC(2026, 10, 22, 8));
		expect(reading.naive()).toBe(1);
	});

	test('know summer time', () => {
		expect(read('2026-07-01 12:00', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 6, 1, 10));
		expect(read('2026-01-01 12:00', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 0, 1, 11));
	});

	test('mean the earlier of two instants in autumn and move on over the gap in spring', () => {
		expect(read('2026-10-25 02:30', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 9, 25, 0, 30));
		expect(read('2026-03-29 02:30', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 2, 29, 1, 30));
	});

	test('are exact on both sides of the switch', () => {
		expect(read('2026-10-25 01:59', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 9, 24, 23, 59));
		expect(read('2026-10-25 03:00', undefined, 'Europe/Rome')).toBe(Date.UTC(2026, 9, 25, 2));
	});
});
