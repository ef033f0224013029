import { CloudEvent, HTTP, type Message } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { event, testDoor } from '../../support/ingest.ts';

const given = () => event('ce-1', { subject: 'case/C-1', partitionkey: '310101', sequence: '42' });
const sdkEvent = () => new CloudEvent({ ...given(), time: given().time });

function request(message: Message): { body: unknown; type: string; headers: Record<string, string> } {
	const headers = Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
	);
	return { body: message.body, type: headers['content-type'] ?? '', headers };
}

describe('messages built by the CloudEvents SDK', () => {
	it.each([
		['structured', () => HTTP.structured(sdkEvent())],
		['binary', () => HTTP.binary(sdkEvent())]
	])('are taken in %s mode with every attribute', async (_, build) => {
		const { send, stored } = testDoor();
		const { body, type, headers } = request(build());
		expect(await send(body, type, { headers })).toEqual({ status: 202, accepted: 1, duplicates: 0, rejected: [] });
		const [kept] = await stored();
		const expected = sdkEvent().toJSON() as Record<string, unknown>;
		expect({ ...kept, datacontenttype: 'application/json', time: undefined }).toEqual({
			...expected,
			datacontenttype: 'application/json',
			time: undefined
		});
		expect(Date.parse(kept!['time'] as string)).toBe(Date.parse(given().time));
	});

	it('are taken as a batch, and what is stored reads back as the same events', async () => {
		const { send, stored } = testDoor();
		const events = ['a', 'b', 'c'].map((id) => new CloudEvent({ ...event(id) }));
		const answer = await send(`[${events.map((one) => one.toString()).join(',')}]`);
		expect(answer).toMatchObject({ status: 202, accepted: 3 });
		const message = {
			headers: { 'content-type': 'application/cloudevents-batch+json' },
			body: JSON.stringify(await stored())
		};
		const back = HTTP.toEvent(message) as CloudEvent<unknown>[];
		expect(back.map((one) => one.toJSON())).toEqual(events.map((one) => one.toJSON()));
	});
});
