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
