import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openProfile } from '../../../../simulator/bank/open-profile.ts';
import { profileSchema, readProfile } from '../../../../simulator/bank/profile.ts';
import { parse } from 'yaml';
import * as z from 'zod';
import { HotcardError } from '../../../../src/lib/domain/error.ts';
import { toBe, toBeText } from './profile-file.ts';

function refusal(text: string): HotcardError {
	try {
		readProfile(text, 'bank.yaml');
	} catch (error) {
		if (error instanceof HotcardError) return error;
		throw error;
	}
	throw new Error('the profile was accepted');
}

function lineOf(text: string, part: string): number {
	return text.slice(0, text.indexOf(part)).split('\n').length;
}

describe('a bank profile', () => {
	test.each(['as-is', 'to-be'])('%s is shipped and says what it is', async (name) => {
		expect((await openProfile(name)).name).toBe(name);
	});

	test('is read with durations in milliseconds', () => {
		const profile = toBe();
		expect(profile.name).toBe('to-be');
		expect(profile.delivery.keep).toBe(48 * 3_600_000);
		expect(profile.risk.decision.mean).toBe(24);
	});

	test('with a wrong key is refused where the key stands', () => {
		const text = toBeText().replace('  pensionDay:', '  pensionDays:');
		const error = refusal(text);
		expect(error.code).toBe('profile-invalid');
		expect(error.place).toMatchObject({ file: 'bank.yaml' });
		expect(error.message).toMatch(
			/^bank\.yaml:\d+:\d+ \/arrivals\/pensionDays: unknown key .*did you mean "pensionDay"/
		);
		expect(error.place.line).toBe(lineOf(text, 'pensionDays'));
	});

	test.each<[string, string, string, string]>([
		['a negative rate', 'casesPerBranchDay: ', 'casesPerBranchDay: -', '/arrivals/casesPerBranchDay'],
		['a probability over 1', 'prefilled: 0.9', 'prefilled: 1.9', '/materials/prefilled'],
		['a duration without a unit', 'keep: 48 h', 'keep: 48', '/delivery/keep'],
		['an unknown unit', 'keep: 48 h', 'keep: 48 hours', '/delivery/keep']
	])('with %s is refused with line and path', (_, right, wrong, pointer) => {
		const text = toBeText().replace(right, wrong);
		const error = refusal(text);
		expect(error.place.line).toBe(lineOf(text, wrong));
		expect(error.place.pointer).toBe(pointer);
	});

	const hours = /^ {2}hours: \[6.*$/m;
	test.each<[string, RegExp | string, string, string, string, RegExp]>([
		[
			'pass above second check',
			'pass: 0.58',
			'pass: 0.85',
			'pass: 0.85',
			'/risk/thresholds/pass',
			/at most secondCheck \(0\.8\), found 0\.85/
		],
		[
			'a teller above the supervisor',
			'upTo: { teller: 60000',
			'upTo: { teller: 900000',
			'upTo: { teller',
			'/approval/upTo/teller',
			/at most supervisor/
		],
		[
			'shelves from many to few',
			'initial: { low: 5',
			'initial: { low: 220',
			'initial: { low',
			'/stock/initial/low',
			/at most high \(30\)/
		],
		[
			'a desk that closes before it opens',
			'desk: { from: 8',
			'desk: { from: 22',
			'desk: { from',
			'/approval/desk/from',
			/an hour before to \(21\)/
		],
		[
			'branches that close when they open',
			'opens: 9',
			'opens: 17',
			'opens: 17',
			'/visits/opens',
			/an hour before closes/
		],
		[
			'couriers that work at night',
			'hours: { from: 8',
			'hours: { from: 21',
			'hours: { from',
			'/delivery/hours/from',
			/an hour before to/
		],
		[
			'more ways of delivery than cards',
			'express: 0.16',
			'express: 0.6',
			'otherProvince',
			'/delivery/otherProvince',
			/together, found 1\.13/
		],
		[
			'more lockers than parcels in the city',
			'locker: 0.14',
			'locker: 0.5',
			'locker: 0.5',
			'/delivery/locker',
			/at most sameCity/
		],
		[
			'more unfit accounts than accounts',
			'staleData: 0.02',
			'staleData: 0.99',
			'closedAccount',
			'/customers/accounts/closedAccount',
			/together/
		],
		[
			'one site twice',
			'names: [shanghai, hefei]',
			'names: [hefei, hefei]',
			'names: [hefei',
			'/sites/names/1',
			/only once/
		],
		[
			'no hour in which anybody comes',
			hours,
			`  hours: [${'0, '.repeat(23)}0]`,
			'  hours: [0, 0',
			'/arrivals/hours',
			/at least one of them above 0/
		],
		['no customers', /tiers: \{.*\}/, 'tiers: { standard: 0 }', 'tiers:', '/customers/tiers', /above 0/],
		['no cause of complaints', /causes: \{ time.*\}/, 'causes: {}', 'causes: {}', '/complaints/causes', /above 0/],
		[
			'what it learns between borders crossed',
			'threshold: { from: 0.52',
			'threshold: { from: 0.9',
			'threshold: { from',
			'/risk/learning/threshold/from',
			/at most to/
		],
		[
			'23 hours',
			hours,
			`  hours: [${'1, '.repeat(22)}1]`,
			'  hours: [1, 1',
			'/arrivals/hours',
			/expected 24 hours, found 23$/
		],
		[
			'a payment channel of its own',
			'unionpay: 1',
			'bitcoin: 1',
			'bitcoin',
			'/freeze/channels/bitcoin',
			/expected one of unionpay, mobile_pay, third_party, online_bank$/
		],
		[
			'a holiday that ends before it begins',
			'to: 2026-01-03',
			'to: 2025-01-03',
			'to: 2025',
			'/arrivals/holidays/0/to',
			/not before from/
		]
	])('with %s is refused where that stands, in both languages', (_, right, wrong, needle, pointer, said) => {
		const text = toBeText().replace(right, wrong);
		expect(text).not.toBe(toBeText());
		const error = refusal(text);
		expect(error.place).toMatchObject({ file: 'bank.yaml', pointer });
		expect(error.place.line).toBe(lineOf(text, needle));
		expect(error.message).toMatch(said);
		expect(error.message).not.toContain('\n');
		expect(error.zh.message).toMatch(/^\S+:\d+:\d+ \S+ .*[\u4e00-\u9fff]/);
		expect(error.zh.message).not.toContain('expected');
	});

	test('with several mistakes tells all of them in the order of the file, and how many more than ten', () => {
		const text = toBeText()
			.replace('pass: 0.58', 'pass: 0.85')
			.replace('casesPerBranchDay: ', 'casesPerBranchDay: -')
			.replace('  mismatch:', '  mismatches:');
		const error = refusal(text);
		const lines = ['casesPerBranchDay', 'pass: 0.85', 'mismatches:'].map((part) => lineOf(text, part));
		expect(error.message.split('\n').map((line) => Number(line.split(':')[1]))).toEqual(lines);
		expect(error.zh.message?.split('\n')).toHaveLength(3);
		expect(error.remedy).toContain(`these 3 places of bank.yaml, the first at line ${lines[0]}`);
		const many = refusal(toBeText().replaceAll('cv: 0.', 'cv: -0.')).message.split('\n');
		expect(many).toHaveLength(11);
		expect(many[10]).toMatch(/^and \d+ more$/);
	});

	test('that is not YAML is refused with the line', () => {
		expect(refusal('name: to-be\narrivals: [1, 2').place.line).toBeGreaterThanOrEqual(2);
	});
});

// After a change of the profile: npx vitest run tests/unit/simulator/bank/profile.test.ts -u
describe('the published JSON Schema of profiles', () => {
	const schema = {
		...(z.toJSONSchema(profileSchema, { io: 'input' }) as Record<string, unknown>),
		$id: 'https://hotcard.example/schemas/profile',
		title: 'profile'
	};

	test('is what is committed', async () => {
		const path = join(import.meta.dirname, '../../../../scenarios/schema/profile.schema.json');
		await expect(`${JSON.stringify(schema, null, '\t')}\n`).toMatchFileSnapshot(path);
	});

	test('accepts the shipped profiles and refuses a wrong key', () => {
		const check = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
		for (const name of readdirSync('scenarios/profiles'))
			expect([name, check(parse(readFileSync(`scenarios/profiles/${name}`, 'utf8')))]).toEqual([name, true]);
		expect(check(parse(toBeText().replace('  pensionDay:', '  pensionDays:')))).toBe(false);
	});
});
