import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLine } from '#lib/server/live/happening.ts';

const attribute = fc.constantFrom(
	'specversion',
	'id',
	'source',
	'type',
	'time',
	'subject',
	'sequence',
	'simrun',
	'Data'
);
const value = fc.oneof(
	fc.string(),
	fc.constantFrom('com.hotcard.case.closed.v1', '2026-11-23T10:00:00+08:00', '"type":"x"', '{"data":{', '一\\"'),
	fc.integer(),
	fc.constant(null)
);
const data = fc.dictionary(fc.constantFrom('caseId', 'data', 'type', 'time', '"'), fc.jsonValue({ maxDepth: 2 }));
/** The members of an object as texts: any order, any name twice, spaces where JSON allows them. */
const members = fc
	.array(
		fc.oneof(
			{ weight: 6, arbitrary: fc.record({ name: attribute, text: value.map((each) => JSON.stringify(each)) }) },
			{ weight: 2, arbitrary: fc.record({ name: fc.constant('data'), text: data.map((each) => JSON.stringify(each)) }) }
		),
		{ maxLength: 9 }
	)
	.chain((list) => fc.tuple(fc.constant(list), fc.array(fc.constantFrom('', '', '', ' ', '\t'), { minLength: 12 })));

/** As `JSON.stringify` writes an event: what the quick way is for. */
const common = fc
	.tuple(
		fc.dictionary(attribute, fc.oneof(fc.string(), fc.constantFrom('com.hotcard.case.closed.v1', '"type":"x"'))),
		data
	)
	.map(([attributes, own]) => JSON.stringify({ ...attributes, data: own }));

const seen = ({ type, time, data: own }: { type?: unknown; time?: unknown; data?: unknown }): object => ({
	type,
	time,
	data: own
});

describe('what a line of the log says', () => {
	test('is what the parser finds in it, however it is written', () => {
		const written = members.map(
			([list, spaces]) =>
				`{${list.map(({ name, text }, at) => `${spaces[at] ?? ''}${JSON.stringify(name)}:${spaces[at + 1] ?? ''}${text}`).join(',')}}`
		);
		fc.assert(
			fc.property(fc.oneof(written, common), (line) => {
				expect(seen(parseLine(line, 0))).toEqual(seen(JSON.parse(line) as object));
			}),
			{ numRuns: 3_000 }
		);
	});

	test('is refused with its offset where the parser refuses it', () => {
		fc.assert(
			fc.property(common, fc.nat(), (line, at) => {
				const broken = line.slice(0, at % line.length);
				expect(() => parseLine(broken, 7)).toThrow(
					expect.objectContaining({ code: 'log-corrupt', place: { entity: 'offset 7' } })
				);
			}),
			{ numRuns: 500 }
		);
	});
});
