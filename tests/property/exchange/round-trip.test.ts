import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { STAGES } from '../../../src/lib/domain/stage.ts';
import { exportLog } from '../../../src/lib/server/exchange/export.ts';
import { createImports } from '../../../src/lib/server/exchange/imports.ts';
import { memoryPorts, NOW } from '../../support/import-ports.ts';
import { tempDir } from '../../support/temp.ts';

const awkward = fc.constantFrom(
	'"',
	'""',
	',',
	';',
	'\n',
	'\r\n',
	'\t',
	' ',
	'<&>',
	'&amp;',
	"'",
	'NA',
	'null',
	'挂失',
	'😀',
	'é',
	']]>',
	'=1+1',
	'\\n',
	'0'
);
const text = fc
	.oneof(
		{
			weight: 3,
			arbitrary: fc.array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 4 })), {
				minLength: 1,
				maxLength: 6
			})
		},
		{
			weight: 1,
			arbitrary: fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }), {
				minLength: 1,
				maxLength: 2
			})
		}
	)
	.map((parts) => parts.join('').slice(0, 40).toWellFormed().replaceAll('\ufffd', '?'))
	.filter((joined) => joined.length > 0);

const step = fc.record({
	caseId: fc.oneof(text, fc.constantFrom('c1', 'c2')),
	activity: text,
	at: fc.integer({ min: 0, max: NOW }),
	stage: fc.option(fc.constantFrom(...STAGES), { nil: undefined }),
	resource: fc.option(text, { nil: undefined })
});

type Step = { caseId: string; activity: string; at: number; stage?: string | undefined; resource?: string | undefined };

function eventOf({ at, ...data }: Step, index: number): DomainEvent {
	const type = 'com.hotcard.process.step.v1';
	return {
		specversion: '1.0',
		id: `t${index}`,
		source: '/test',
		type,
		time: new Date(at).toISOString(),
		data
	} as DomainEvent;
}

/** What must survive, in an order that does not depend on how a format groups events. */
function essence(events: readonly DomainEvent[], personal: boolean): string[] {
	return events
		.map(({ time, data }) => {
			const { caseId, activity, stage, resource } = data as unknown as Step;
			return JSON.stringify([caseId, activity, Date.parse(time), stage ?? null, personal ? (resource ?? null) : null]);
		})
		.sort();
}

const FORMATS = [
	['csv', 'hotcard', 60],
	['parquet', 'hotcard', 15],
	['xes', 'hotcard-xes', 25],
	['ocel', 'hotcard-xes', 60]
] as const;

test.each(FORMATS)('what is exported as %s comes back equal', async (format, mappingName, numRuns) => {
	const dir = await tempDir();
	const mapping = readFileSync(`scenarios/mappings/${mappingName}.yaml`, 'utf8');
	let run = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), fc.boolean(), async (steps, personal) => {
			const from = memoryPorts();
			await from.submit('live', steps.map(eventOf), 'import:test');
			const before = await from.events();
			fc.pre(before.length > 0);
			const out = join(dir, `${++run}.${format}`);
			const written = await exportLog({ log: from.log }, { lane: 'live', format, out, personal });
			const to = memoryPorts();
			const summary = await createImports(to).run(out, mapping, { lane: 'live' });
			const after = await to.events();
			expect(summary.rejected).toBe(0);
			expect(written.events).toBe(before.length);
			expect(summary.cases).toBe(written.cases);
			expect(essence(after, personal)).toEqual(essence(before, personal));
			if (!personal) expect(after.every(({ data }) => !('resource' in data))).toBe(true);
		}),
		{ numRuns }
	);
});
