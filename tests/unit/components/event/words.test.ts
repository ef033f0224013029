import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
	eventGroup,
	eventName,
	factTexts,
	refusal,
	violationText
} from '../../../../src/lib/components/event/words.ts';
import { DOCUMENT_KINDS } from '../../../../simulator/bank/documents.ts';
import { EXCEPTION_KINDS } from '../../../../simulator/bank/exceptions.ts';
import { createBank } from '../../../../simulator/bank/bank.ts';
import { readProfile } from '../../../../simulator/bank/profile.ts';
import { CATALOGUE, nameOf, type EventName } from '../../../../src/lib/domain/events/catalogue.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';
import { factsOf } from '../../../../src/lib/server/live/views/facts.ts';
import { overwriteGetLocale } from '../../../../src/lib/i18n/paraglide/runtime.js';

const LANGUAGES = ['zh-CN', 'en'] as const;
const messages = Object.fromEntries(
	LANGUAGES.map((language) => [
		language,
		JSON.parse(readFileSync(`src/lib/i18n/messages/work/${language}.json`, 'utf8')) as Record<string, string>
	])
);
const names = Object.keys(CATALOGUE) as EventName[];
const RARE_REASONS = (
	'repeated_device velocity fraud_suspected refused not_collected core_unreachable blacklist holiday forged_document blocked ' +
	'ribbon_low ribbon_empty chip_reader_fault camera_dark receipt_jam restore_test ' +
	'confirmed_fraud not_recognised interview needed_here expected_demand transfer verified staff_absence ' +
	'failback no_answer gateway_down courier_strike'
).split(' ');
/** What the bank's events tell in words, by field; what points to something else is a name, not a word. */
const said = (() => {
	const file = 'scenarios/profiles/to-be.yaml';
	const start = Date.parse('2026-11-02T00:00:00+08:00');
	const profile = readProfile(readFileSync(file, 'utf8'), file);
	const found = new Map<string, string>();
	// What an ordinary week has none of.
	for (const word of RARE_REASONS) found.set(`reason ${word}`, word);
	for (const word of DOCUMENT_KINDS) found.set(`documents ${word}`, word);
	for (const word of EXCEPTION_KINDS) found.set(`kind ${word}`, word);
	for (const event of createBank({ seed: 1, profile, start, branches: 20 }).advance(start + 7 * DAY)) {
		const name = nameOf(event.type);
		if (name === undefined) continue;
		for (const [field, value] of Object.entries(factsOf(name, event, true)))
			if (
				typeof value === 'string' &&
				!/(Id|Ref|Of)$|^(card|batch|ticket|name|text|from|window|modelVersion)$/.test(field)
			)
				found.set(`${field} ${value}`, value);
	}
	return [...found].map(([key, value]) => [key.split(' ')[0] ?? '', value] as const);
})();
const speak = (language: (typeof LANGUAGES)[number]) => overwriteGetLocale(() => language);

describe.each(LANGUAGES)('in %s', (language) => {
	const known = messages[language] ?? {};

	test('every event of the catalogue has a name, and so has every group of them', () => {
		for (const name of names) {
			expect(known[`event_${name.replace('.', '_')}`], name).toBeTruthy();
			expect(known[`events_${name.split('.')[0]}`], name).toBeTruthy();
		}
		speak(language);
		expect(new Set(names.map((name) => eventName(name))).size).toBe(names.length);
		expect(names.filter((name) => eventName(name) === name || eventGroup(name.split('.')[0] ?? '') === name)).toEqual(
			[]
		);
	});

	test('every field of the catalogue has a label, and so has every word of a field', () => {
		speak(language);
		for (const name of names) {
			const { properties = {} } = z.toJSONSchema(CATALOGUE[name], { unrepresentable: 'any' }) as {
				properties?: Record<string, { enum?: string[] }>;
			};
			for (const [field, shape] of Object.entries(properties)) {
				if (['caseId', 'activity', 'lifecycle', 'attributes'].includes(field)) continue;
				expect(known[`fact_${field}`], `${name} ${field}`).toBeTruthy();
				for (const word of shape.enum ?? []) {
					const [fact] = factTexts({ [field]: word });
					if (language === 'zh-CN' && !/^(ATM|VTM|VIP)$/i.test(word))
						expect(fact?.value, `${field} ${word}`).not.toBe(word);
				}
			}
		}
	});

	test('no code is left over in what the events of the bank tell', () => {
		speak(language);
		expect(said.length).toBeGreaterThan(60);
		const left = said.flatMap(([field, value]) =>
			factTexts({ [field]: value })
				.filter((fact) =>
					(language === 'en' ? /[a-z]_[a-z]|^(debit|credit)-|^(sf|ems|vtm)$/ : /[a-z]/).test(fact.value)
				)
				.map((fact) => `${field} ${fact.value}`)
		);
		expect(left).toEqual([]);
	});

	test('every reason why a step was wrong is told without its code', () => {
		speak(language);
		const reasons = [
			'before-report: case.verified before any report',
			'repeated: paused twice',
			'impossible-step: case.verified in stage deliver',
			'impossible-step: resumed, but it was not paused',
			'impossible-step: case.verified while the case is paused',
			'unknown-type: com.hotcard.x.v1',
			'out-of-order: case.verified happened 5000 ms before the event recorded before it',
			'after-close: case.verified after the close'
		];
		const told = reasons.map((reason) => violationText(reason, 'case.verified'));
		expect(new Set(told).size).toBe(reasons.length);
		for (const text of told) expect(text).not.toMatch(/undefined|case\.verified|[a-z]-[a-z]+:/);
		for (const reason of reasons) expect(violationText(reason.split(':')[0] ?? '', 'case.verified')).not.toContain(':');
	});

	test('every refusal of a command is told, and an unknown one is passed on as it came', () => {
		speak(language);
		const codes = ['forbidden', 'case-closed', 'four-eyes', 'release-not-asked', 'release-asked', 'invalid-command'];
		for (const code of [...codes, 'not-found', 'command-not-kept', 'unreachable'])
			expect(refusal({ code, detail: 'as said', remedy: '' })).not.toMatch(/^as said/);
		expect(refusal({ code: 'never-heard-of', detail: 'as said', remedy: 'do that' })).toBe('as said · do that');
	});
});

test('durations among the facts are told as people say them, and names of others stay as they are', () => {
	speak('en');
	expect(
		factTexts({ tookMs: 1_500, waitedSeconds: 90, signed: true, carrier: 'standard' }).map(({ value }) => value)
	).toEqual(['1.5 s', '1.5 min', 'yes', 'standard']);
	expect(eventName('Assign seriousness')).toBe('Assign seriousness');
});
