import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { KINDS } from '../../../../simulator/faults/kinds.ts';
import { openFaults } from '../../../../simulator/faults/open-faults.ts';
import { faultsSchema, readFaults } from '../../../../simulator/faults/read-faults.ts';
import { HotcardError } from '../../../../src/lib/domain/error.ts';
import { HOUR } from '../../../../src/lib/domain/time.ts';
import { toBe } from '../bank/profile-file.ts';

const START = Date.parse('2026-11-02T00:00:00+08:00');
const profile = toBe();
const branches = createNetwork(1, 200, profile);
const ground = { start: START, branches, sites: profile.sites.names, products: profile.stock.products };
const FOLDER = 'scenarios/faults';
const files = readdirSync(FOLDER).map((name) => join(FOLDER, name));

function refusal(text: string): HotcardError {
	try {
		readFaults(text, 'f.yaml', ground);
	} catch (error) {
		if (error instanceof HotcardError) return error;
		throw error;
	}
	throw new Error('the faults were accepted');
}

const cut = (more: string): string => `faults:\n  - kind: network-cut\n    start: 2 h\n    end: 3 h\n${more}`;

describe('a faults file', () => {
	test('gives each fault its moments, after the start or by the calendar, and a name', () => {
		const [first, second] = readFaults(
			'faults:\n  - kind: slow-core\n    start: 2 h\n    ramp: 15 min\n    end: 2026-11-02T05:00:00+08:00\n    strength: 3\n' +
				'  - kind: registry-down\n    name: no-answer\n    start: 0 h\n    end: 1 d\n',
			'f.yaml',
			ground
		);
		expect(first).toMatchObject({
			name: 'slow-core-1',
			start: START + 2 * HOUR,
			end: START + 5 * HOUR,
			ramp: HOUR / 4
		});
		expect(second).toMatchObject({ name: 'no-answer', start: START, end: START + 24 * HOUR, ramp: 0, strength: 1 });
	});

	test.each<[string, string, string, string, RegExp]>([
		['an unknown kind', 'faults:\n  - kind: site-los\n', '2:11', '/faults/0/kind', /did you mean "site-loss"/],
		['a wrong key', cut('    scopes: {}\n'), '5:5', '/faults/0/scopes', /did you mean "scope"/],
		['a key of another kind', cut('    lag: 2 min\n'), '5:5', '/faults/0/lag', /expected one of kind, name/],
		['an end before the start', cut('').replace('3 h', '1 h'), '4:10', '/faults/0/end', /after the start of the fault/],
		[
			'a start before the run',
			cut('').replace('2 h', '2026-11-01T10:00:00+08:00'),
			'3:12',
			'/faults/0/start',
			/start of the run/
		],
		['a day that is none', cut('').replace('2 h', '2026-02-30T10:00:00+08:00'), '3:12', '/faults/0/start', /exist/],
		['a time without a unit', cut('').replace('2 h', '2'), '3:12', '/faults/0/start', /expected string/],
		['a ramp beyond the end', cut('    ramp: 2 h\n'), '5:11', '/faults/0/ramp', /before the fault ends/],
		[
			'an unknown branch',
			cut('    scope: { branches: [B0001, B9999] }\n'),
			'5:32',
			'/faults/0/scope/branches/1',
			/branch of the bank/
		],
		[
			'an unknown city',
			cut('    scope: { cities: [Atlantis] }\n'),
			'5:23',
			'/faults/0/scope/cities/0',
			/city of the bank/
		],
		[
			'an unknown province',
			cut('    scope: { provinces: [广冻] }\n'),
			'5:26',
			'/faults/0/scope/provinces/0',
			/province/
		],
		[
			'an unknown site',
			'faults:\n  - kind: site-loss\n    start: 2 h\n    end: 3 h\n    scope: { site: shanghia }\n',
			'5:20',
			'/faults/0/scope/site',
			/did you mean "shanghai"/
		],
		[
			'a share over 1',
			'faults:\n  - kind: courier-strike\n    start: 2 h\n    end: 3 h\n    strength: 1.5\n',
			'5:15',
			'/faults/0/strength',
			/at most 1/
		],
		[
			'a negative rate',
			'faults:\n  - kind: fraud-wave\n    start: 2 h\n    end: 3 h\n    reportsPerBranchHour: -1\n',
			'5:27',
			'/faults/0/reportsPerBranchHour',
			/at least 0/
		],
		[
			'a surge beyond all measure',
			'faults:\n  - kind: surge\n    start: 2 h\n    end: 3 h\n    strength: 1e9\n',
			'5:15',
			'/faults/0/strength',
			/at most 100/
		],
		[
			'a surge without end',
			'faults:\n  - kind: surge\n    start: 2 h\n    end: 3 h\n    strength: .inf\n',
			'5:15',
			'/faults/0/strength',
			/expected/
		],
		[
			'more false reports than a branch could take',
			'faults:\n  - kind: fraud-wave\n    start: 2 h\n    end: 3 h\n    reportsPerBranchHour: 601\n',
			'5:27',
			'/faults/0/reportsPerBranchHour',
			/at most 600/
		],
		[
			'a part of the phone bank',
			'faults:\n  - kind: staff-absence\n    start: 2 h\n    end: 3 h\n    strength: 1\n    scope: { groups: [phone], provinces: [广东] }\n',
			'6:42',
			'/faults/0/scope/provinces',
			/beside the group phone: they serve the whole bank/
		],
		[
			'the approvers of a city',
			'faults:\n  - kind: staff-absence\n    start: 2 h\n    end: 3 h\n    strength: 1\n    scope: { groups: [tellers, approvers], cities: [广州] }\n',
			'6:52',
			'/faults/0/scope/cities',
			/beside the group approvers: they serve a province or the bank/
		],
		[
			'a lag of days',
			'faults:\n  - kind: queue-lag\n    start: 2 h\n    end: 3 h\n    lag: 25 h\n',
			'5:10',
			'/faults/0/lag',
			/at most 1 d/
		],
		['an end beyond all time', cut('').replace('3 h', `${'9'.repeat(30)} d`), '4:10', '/faults/0/end', /3650 d/],
		[
			'two faults of one name',
			'faults:\n  - { kind: slow-core, name: a, start: 1 h, end: 2 h, strength: 2 }\n  - { kind: slow-core, name: a, start: 1 h, end: 2 h, strength: 2 }\n',
			'3:30',
			'/faults/1/name',
			/no other fault/
		],
		['no faults', 'faults: []\n', '1:9', '/faults', /at least 1/]
	])('with %s is refused with line, column and what was expected', (_, text, at, pointer, message) => {
		const error = refusal(text);
		expect(error.code).toBe('faults-invalid');
		expect(error.message).toMatch(message);
		expect({ at: `${error.place.line}:${error.place.column}`, pointer: error.place.pointer }).toEqual({ at, pointer });
		expect(error.message.startsWith(`f.yaml:${at} ${pointer}: `)).toBe(true);
	});

	test('that ships is accepted, and together the shipped ones show every kind', () => {
		const kinds = files.flatMap((file) =>
			readFaults(readFileSync(file, 'utf8'), file, ground).map((fault) => fault.kind)
		);
		expect([...new Set(kinds)].sort()).toEqual(Object.keys(KINDS).sort());
	});

	test('is opened by its name, and an unknown one is said to be so', async () => {
		const run = { seed: 1, start: START, branches: 200, profile };
		expect(await openFaults('site-loss', run)).toHaveLength(1);
		await expect(openFaults('site-lost', run)).rejects.toMatchObject({ code: 'faults-unknown' });
	});
});

// After a change of a kind: npx vitest run tests/unit/simulator/faults -u
describe('the published JSON Schema of faults', () => {
	const schema = {
		...(z.toJSONSchema(faultsSchema, { io: 'input' }) as Record<string, unknown>),
		$id: 'https://hotcard.example/schemas/faults',
		title: 'faults'
	};

	test('is what is committed', async () => {
		const path = join(import.meta.dirname, '../../../../scenarios/schema/faults.schema.json');
		await expect(`${JSON.stringify(schema, null, '\t')}\n`).toMatchFileSnapshot(path);
	});

	test('accepts the shipped files and refuses a wrong key', () => {
		const check = new Ajv2020({ strict: false }).compile(schema);
		for (const file of files) expect([file, check(parse(readFileSync(file, 'utf8')))]).toEqual([file, true]);
		expect(check(parse(cut('    scopes: {}\n')))).toBe(false);
	});
});
