import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runImport } from '../../../src/lib/server/exchange/import/run-import.ts';
import { memoryPorts } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const pan = ['4111', '1111', '1111', '1111'].join('');
const sign = fc.constantFrom(
	'a',
	'Z',
	'0',
	'7',
	' ',
	'-',
	'.',
	"'",
	'\\',
	'/',
	'{',
	'~',
	'\x1b',
	'\t',
	'\r',
	'é',
	'挂',
	'😀'
);
const word = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('c1', 'c2', 'Start', 'End', 'Ann', '5', '') },
	{ weight: 3, arbitrary: fc.string({ unit: sign, maxLength: 6 }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'x'.repeat(81),
			'x'.repeat(201),
			'x'.repeat(401),
			pan,
			`a ${pan}`,
			'123456789012',
			'__proto__'
		)
	}
);
const time = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: 0, max: Date.UTC(2026, 0, 1) }).map((at) => new Date(at).toISOString()) },
	{
		weight: 3,
		arbitrary: fc.constantFrom('2020-01-01', '2020-01-01 10:00', '2020/1/2 03:04:05.6', '2020-01-01T10:00:00+0200')
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom('', 'soon', '1960-01-01', '1960-01-01T00:00:00Z', '2099-01-01', '2020-13-01')
	}
);
const row = fc.record({
	case: word,
	activity: word,
	time,
	who: word,
	amount: word,
	extra: fc.boolean(),
	quoted: fc.nat(9)
});
const file = fc.record({
	rows: fc.array(row, { maxLength: 30 }),
	delimiter: fc.constantFrom(',', ';', '\t', '|'),
	newline: fc.constantFrom('\n', '\r\n'),
	bom: fc.boolean(),
	blank: fc.boolean(),
	ends: fc.boolean(),
	names: fc.constantFrom('who,amount', '7,é', 'amount,who'),
	roles: fc.constantFrom('', 'resource: A\n', 'branch: A\ntier: B\n', 'lifecycle: B\nchannel: B\n'),
	attributes: fc.constantFrom('', 'attributes: all\n', 'attributes: [B, A]\n'),
	more: fc.constantFrom(
		'',
		'final: [End]\n',
		'stages: { Start: report }\nactivities: { End: { stage: closed, final: true } }\n'
	),
	pieces: fc.integer({ min: 1, max: 400 })
});
type File = typeof file extends fc.Arbitrary<infer F> ? F : never;

function textOf({ rows, delimiter, newline, bom, blank, ends, names }: File): string {
	const lines = [`case,activity,time,${names}`.replaceAll(',', delimiter)];
	for (const one of rows) {
		const cells = [one.case, one.activity, one.time, one.who, one.amount, ...(one.extra ? ['more'] : [])];
		const plain = cells.map((cell) => cell.replaceAll(delimiter, ' ').replaceAll('\r', ' '));
		lines.push(plain.map((cell, i) => (i === one.quoted ? `"${cell}\n""x"""` : cell)).join(delimiter));
		if (blank) lines.push('');
	}
	return (bom ? '\ufeff' : '') + lines.join(newline) + (ends ? newline : '');
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

test('plain lines written byte by byte become the events, refusals and notes that all other rows become', async () => {
	const path = join(await tempDir(), 'log.csv');
	let plain = 0;
	await fc.assert(
		fc.asyncProperty(file, async (given) => {
			const bytes = Buffer.from(textOf(given));
			await writeFile(path, bytes);
			const [a, b] = given.names.split(',') as [string, string];
			const named = (text: string): string => text.replace(/\bA\b/, `"${a}"`).replaceAll(/\bB\b/g, `"${b}"`);
			const mapping = `case: case\nactivity: activity\ntime: time\ncsv: { delimiter: ${JSON.stringify(given.delimiter)} }\n${named(given.roles)}${named(given.attributes)}${given.more}`;
			const run = async (byBytes: boolean) => {
				const ports = memoryPorts();
				const chunks = cut(bytes, given.pieces);
				const done = await runImport(ports, path, mapping, { byBytes, chunks }).catch((error: unknown) =>
					String(error)
				);
				const summary = typeof done === 'string' ? done : { ...done, seconds: 0 };
				return { summary, events: await ports.events(), refused: ports.refused() };
			};
			const [slow, fast] = [await run(false), await run(true)];
			expect(fast).toEqual(slow);
			plain += fast.events.length;
		}),
		{ numRuns: 120 }
	);
	expect(plain).toBeGreaterThan(100);
});
