import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { CloudEvent } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import { CATALOGUE, nameOf, typeOf, type EventName } from '../../../src/lib/domain/events/catalogue.ts';
import { eventSchema, publishedSchemas, type JsonSchema } from '../../../src/lib/domain/events/json-schema.ts';
import { eventReference } from '../../../src/lib/domain/events/reference.ts';
import { validateEvent } from '../../../src/lib/domain/events/validate.ts';
import { report } from './support.ts';

const { event } = report();
const names = Object.keys(CATALOGUE) as EventName[];

describe('an event at the door', () => {
	test('passes as it is, with fields that nobody knows', () => {
		const more = { ...event, extra: 1, data: { ...event.data, hint: 'kept' } };
		const answer = validateEvent(more);
		expect(answer).toEqual({ ok: true, event: more });
		expect(() => new CloudEvent(more as never).validate()).not.toThrow();
	});

	test.each([
		['no object', 'text', 'envelope', ''],
		['a list', [event], 'envelope', ''],
		['no version', { ...event, specversion: undefined }, 'envelope', '/specversion'],
		['version 0.3', { ...event, specversion: '0.3' }, 'envelope', '/specversion'],
		['an empty id', { ...event, id: '' }, 'envelope', '/id'],
		['a number as id', { ...event, id: 7 }, 'envelope', '/id'],
		['no source', { ...event, source: undefined }, 'envelope', '/source'],
		['no time', { ...event, time: undefined }, 'envelope', '/time'],
		['a time without offset', { ...event, time: '2026-11-22T10:00:00' }, 'envelope', '/time'],
		['a day that is none', { ...event, time: '2026-02-30T10:00:00Z' }, 'envelope', '/time'],
		['XML inside', { ...event, datacontenttype: 'application/xml' }, 'envelope', '/datacontenttype'],
		['bytes inside', { ...event, data: undefined, data_base64: 'AA==' }, 'envelope', '/data_base64'],
		['a number as subject', { ...event, subject: 1 }, 'envelope', '/subject'],
		['an unknown type', { ...event, type: 'com.hotcard.case.stolen.v1' }, 'unknown-type', '/type'],
		['a later version', { ...event, type: 'com.hotcard.case.reported.v2' }, 'unknown-type', '/type'],
		['a type from the prototype', { ...event, type: 'com.hotcard.constructor.v1' }, 'unknown-type', '/type'],
		['no data', { ...event, data: undefined }, 'schema', '/data'],
		['a wrong field', { ...event, data: { ...event.data, kind: 'oral' } }, 'schema', '/data/kind'],
		['a field too few', { ...event, data: { ...event.data, customerRef: undefined } }, 'schema', '/data/customerRef'],
		[
			'a wrong field inside',
			{ ...event, data: { ...event.data, card: { token: 't', bin: '6228', last4: '1234' } } },
			'schema',
			'/data/card/bin'
		]
	])('%s is refused', (_, value, code, pointer) => {
		const answer = validateEvent(value);
		expect(answer).toMatchObject({ ok: false, code, pointer });
		expect(answer.ok ? '' : answer.detail).not.toBe('');
		expect(answer.ok ? '' : answer.detailZh).toMatch(/[\u4e00-\u9fff]/);
	});

	test.each([
		['com.hotcard.case.reportd.v1', 'com.hotcard.case.reported.v1'],
		['com.hotcard.case.reported.v2', 'com.hotcard.case.reported.v1'],
		['case.reported', 'com.hotcard.case.reported.v1'],
		['com.hotcard.somewhere.else.entirely.v1', undefined],
		[`com.hotcard.${'x'.repeat(1_000_000)}`, undefined]
	])('of the unknown type %.40s is answered with the nearest known one', (type, suggestion) => {
		const answer = validateEvent({ ...event, type });
		expect(answer.ok ? null : answer.suggestion).toBe(suggestion);
		if (suggestion === undefined || answer.ok) return;
		expect(answer.detail).toContain(`did you mean "${suggestion}"?`);
		expect(answer.detailZh).toContain(`是否想写“${suggestion}”？`);
	});

	test('with a mistyped word or field name is answered with the one that was meant', () => {
		const word = validateEvent({ ...event, data: { ...event.data, kind: 'formall' } });
		expect(word).toMatchObject({
			pointer: '/data/kind',
			suggestion: 'formal',
			detailZh: '应为以下之一：formal、verbal；是否想写“formal”？'
		});
		const { customerRef, ...rest } = event.data as Record<string, unknown>;
		const field = validateEvent({ ...event, data: { ...rest, customerref: customerRef } });
		expect(field).toMatchObject({
			pointer: '/data/customerRef',
			suggestion: 'customerRef',
			detailZh: '缺少此项，应为文本（收到的是“customerref”）；是否想写“customerRef”？'
		});
	});

	test('is judged alike by the published JSON Schema', () => {
		const ajv = new Ajv2020({ strict: false });
		formats.default(ajv);
		const check = ajv.compile(eventSchema('case.reported'));
		expect(check(event)).toBe(true);
		expect(check({ ...event, data: { ...event.data, kind: 'oral' } })).toBe(false);
	});
});

describe('the catalogue', () => {
	test.each(names)('%s has a class on every field', (name) => {
		const missing: string[] = [];
		const walk = (schema: JsonSchema, path: string) => {
			for (const [key, field] of Object.entries(schema.properties ?? {})) {
				if (!['C1', 'C2', 'C3', 'none'].includes(field['x-pfi'] ?? '')) missing.push(`${path}/${key}`);
				walk(field, `${path}/${key}`);
			}
		};
		walk(eventSchema(name), '');
		expect(missing).toEqual(['/data']);
	});

	test.each(names)('%s goes to its wire type and back', (name) => {
		expect(nameOf(typeOf(name))).toBe(name);
	});
});

// After a change of the catalogue: npx vitest run tests/unit/domain/validate.test.ts -u
describe('what is generated is what is committed', () => {
	const root = join(import.meta.dirname, '../../..');

	test('schemas', async () => {
		for (const [path, text] of publishedSchemas()) {
			await expect(text).toMatchFileSnapshot(join(root, 'scenarios/schema', path));
		}
		expect(readdirSync(join(root, 'scenarios/schema/events')).length).toBe(names.length);
	});

	test('the event reference', async () => {
		await expect(eventReference()).toMatchFileSnapshot(join(root, 'docs/reference/events.md'));
	});
});
