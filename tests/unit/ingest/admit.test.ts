import { expect, test } from 'vitest';
import { entryOf } from '../../../src/lib/server/ingest/check.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
import { createIngest } from '../../../src/lib/server/ingest/ingest.ts';
import { memoryQuarantine } from '../../../src/lib/server/ingest/quarantine.ts';
import { withCheckDigit } from '../domain/support.ts';
import { memoryPorts, NOW } from '../../support/import-ports.ts';

const draft = (id: string, at: number, activity: string) => {
	const time = new Date(at).toISOString();
	const data = { caseId: 'c1', activity };
	const event = { specversion: '1.0', id, source: '/import/x', type: 'com.hotcard.process.step.v1', time, data };
	return { at, ...entryOf(event as DomainEvent) };
};

test('a file import is stored but for what holds a card number or lies ahead, which goes to the quarantine alone', async () => {
	const ports = memoryPorts();
	const card = withCheckDigit('4111'.padEnd(15, '1'));
	const drafts = [
		draft('1', 0, 'A'),
		draft('2', NOW, `card ${card}`),
		draft('3', NOW + 3_600_000, 'B'),
		draft('4', NOW, 'C')
	];
	const answer = await ports.admit('live', drafts, 'import:x.csv');
	expect(answer).toMatchObject({
		status: 207,
		accepted: 2,
		rejected: [
			{ index: 1, id: '2' },
			{ index: 2, id: '3' }
		]
	});
	expect((await ports.events()).map(({ id }) => id)).toEqual(['1', '4']);
	expect(ports.refused().map(({ code }) => code)).toEqual(['pan-detected', 'time-in-future']);
	expect(JSON.stringify(ports.refused())).not.toContain(card);
});

test('what two fields of one name hide is not stored', async () => {
	const ports = memoryPorts();
	const card = withCheckDigit('4111'.padEnd(15, '1'));
	const { line } = draft('1', NOW, 'A');
	const twice = line.replace('"activity":', `"activity":"${card}","activity":`);
	for (const [contentType, body] of [
		['application/cloudevents-batch+json', `[${twice}]`],
		['application/x-ndjson', `${twice}\n`]
	] as const) {
		const request = {
			lane: 'live' as const,
			contentType,
			headers: {},
			body: new TextEncoder().encode(body),
			origin: 'http'
		};
		const answer = await createIngest({ log: ports.log, clock: ports.clock, quarantine: memoryQuarantine() }).accept(
			request
		);
		expect(answer.status).toBe(202);
	}
	expect((await ports.events()).length).toBe(1);
	expect(JSON.stringify(await ports.events())).not.toContain(card);
	for await (const { lines } of ports.log.read(0)) expect(new TextDecoder().decode(lines)).not.toContain(card);
});
