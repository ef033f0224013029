import { expect, test } from 'vitest';
import { entryOf } from '../../../src/lib/server/ingest/check.ts';
import type { DomainEvent } from '../../../src/lib/domain/events/event.ts';
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
