import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { publishedSchemas } from '../../../src/lib/domain/events/json-schema.ts';
import { readPolicy } from '../../../src/lib/domain/sla/read-policy.ts';
import { readCalendar } from '../../../src/lib/domain/sla/working-calendar.ts';
import { DAY, HOUR, MINUTE } from '../../../src/lib/domain/time.ts';

const FILE = 'scenarios/policies/default.yaml';
const text = readFileSync(FILE, 'utf8');
const calendarText = readFileSync('scenarios/calendars/cn.yaml', 'utf8');
const cn = readCalendar(calendarText, 'cn.yaml');

function refusal(read: () => unknown): HotcardError {
	try {
		read();
	} catch (error) {
		if (error instanceof HotcardError) return error;
		throw error;
	}
	throw new Error('nothing was refused');
}

function lineOf(needle: string, changed: string): number {
	return changed.slice(0, changed.indexOf(needle)).split('\n').length;
}

describe('the shipped policy', () => {
	const policy = readPolicy(text, FILE, { cn });
	const clock = (id: string) => policy.clocks.find((rule) => rule.id === id)!;

	test.each([
		['freeze', 10_000],
		['freeze_worst', 10 * MINUTE],
		['first_notice', MINUTE],
		['virtual_card', MINUTE],
		['delay_notice', MINUTE],
		['status_ticket', 30 * MINUTE],
		['verification', 90_000],
		['voice_print', 5_000],
		['material_check', 5 * MINUTE],
		['handling', 8 * MINUTE],
		['dispute', 2 * HOUR],
		['approval', 2 * HOUR],
		['approval_vip', 24 * MINUTE],
		['delivery_standard', 3 * 8 * HOUR],
		['delivery_express', DAY],
		['delivery_same_city', DAY],
		['delivery_other_province', 2 * DAY],
		['end_to_end', 3 * 8 * HOUR]
	])('has the clock %s', (id, target) => {
		expect(clock(id).target).toBe(target);
	});

	test('watches every status ticket, not the first alone', () => {
		expect(policy.clocks.filter(({ repeats }) => repeats).map(({ id }) => id)).toEqual(['status_ticket']);
	});

	test('has the figures that are no clocks, from D1 to D14', () => {
		const { figures } = policy;
		expect(figures['mobile_report']).toMatchObject({ from: 'D2', value: 15, unit: 's', bound: 'at_most' });
		expect(figures['risk_decision']).toMatchObject({ value: 50, unit: 'ms' });
		expect(figures['overtime_alert']).toMatchObject({ value: 0.15 });
		const parts = new Set(Object.values(figures).map(({ from }) => from));
		for (let no = 1; no <= 14; no++) if (no !== 7) expect(parts).toContain(`D${no}`);
	});

	test('has another hash when a target or the calendar behind it changes, and the same for other spacing', () => {
		const hash = (policyText: string, calendar = cn) => readPolicy(policyText, FILE, { cn: calendar }).hash;
		expect(hash(`${text}\n# a remark\n`)).toBe(policy.hash);
		expect(hash(text.replace('target: 90s', 'target: 91s'))).not.toBe(policy.hash);
		const later = readCalendar(calendarText.replace("mon: ['09:00", "mon: ['10:00"), 'cn.yaml');
		expect(hash(text, later)).not.toBe(policy.hash);
	});
});

describe('a policy with a mistake is refused at its place', () => {
	test('with a star that begins a text says where, and what to write', () => {
		const changed = text.replace('start: case.reported', 'start: *reported');
		const error = refusal(() => readPolicy(changed, FILE, { cn }));
		expect(error).toMatchObject({ code: 'policy-invalid', place: { line: lineOf('*reported', changed) } });
		expect(error.message).toContain('*reported stands for nothing');
		expect(error.zh.message).toContain('*reported 没有所指');
	});

	test.each([
		['objective: 0.95', 'objectiv: 0.95', 'objectiv:', 'did you mean "objective"'],
		['objective: 0.95', 'objective: 95', 'objective: 95', 'expected at most 1, found 95'],
		['target: 10s', 'target: 10 s', 'target: 10 s', 'expected a duration such as 10s'],
		['target: 10s', 'target: 0s', 'target: 0s', 'expected more than nothing'],
		['target: 10m', 'target: 3wd', 'target: 3wd', 'expected kind: working'],
		['start: case.reported', 'start: case.reportd', 'start: case.reportd', 'did you mean "case.reported"'],
		['start: { stage: verify }', 'start: { stage: verfy }', 'start: { stage: verfy', 'did you mean "verify"'],
		['calendar: cn', 'calendar: cm', 'calendar: cm', 'did you mean "cn"'],
		['repeats: true\n', 'repeat: true\n', 'repeat: true', 'did you mean "repeats"'],
		['kind: working', 'kind: workin', 'kind: workin', 'did you mean "working"'],
		['id: freeze_worst', 'id: freeze', '- id: freeze', 'expected each clock once'],
		['from: D1\n', 'from: D99\n', 'from: D99', 'expected D1'],
		['value: 15\n', 'value: fifteen\n', 'value: fifteen', 'expected number, found "fifteen"'],
		['figures:', 'figure:', 'figure:', 'did you mean "figures"']
	])('%s → %s', (right, wrong, needle, expected) => {
		const changed = text.replace(right, wrong);
		const error = refusal(() => readPolicy(changed, FILE, { cn }));
		expect(error.code).toBe('policy-invalid');
		expect(error.message).toContain(expected);
		const line = needle === '- id: freeze' ? lineOf('freeze_worst', text) : lineOf(needle, changed);
		expect(error.place).toMatchObject({ file: FILE, line });
		expect(error.message.startsWith(`${FILE}:${line}:${error.place.column} /`)).toBe(true);
		expect(error.remedy).not.toBe('');
		expect(error.zh.message).toMatch(/^\S+:\d+:\d+ .*[\u4e00-\u9fff]/);
		expect(error.zh.remedy).toContain(`第 ${line} 行`);
		const meant = /did you mean "(.*?)"/.exec(expected)?.[1];
		if (meant === undefined) return;
		expect(error.suggestion).toBe(meant);
		expect(error.zh.message).toContain(`是否想写“${meant}”`);
	});

	test('as is one that is no YAML, or nothing', () => {
		expect(refusal(() => readPolicy('clocks: [', 'x.yaml', {})).message).toContain('expected YAML');
		expect(refusal(() => readPolicy('clocks: []\nclocks: []', 'x.yaml', {})).place.line).toBe(2);
		expect(refusal(() => readPolicy('', 'x.yaml', {})).message).toContain('expected object');
		expect(refusal(() => readPolicy('\u0000\u0001\u0002', 'x.yaml', {})).code).toBe('policy-invalid');
	});
});

test('the shipped files meet their published JSON Schemas, and a mistyped one does not', () => {
	const ajv = new Ajv2020({ strict: false });
	const schemas = publishedSchemas();
	const policy = ajv.compile(JSON.parse(schemas.get('policy.schema.json')!));
	const calendar = ajv.compile(JSON.parse(schemas.get('calendar.schema.json')!));
	expect([policy(parse(text)), policy.errors]).toEqual([true, null]);
	expect([calendar(parse(calendarText)), calendar.errors]).toEqual([true, null]);
	expect(policy(parse(text.replace('objective: 0.95', 'objectiv: 0.95')))).toBe(false);
});
