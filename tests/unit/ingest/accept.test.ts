import { describe, expect, it } from 'vitest';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { memoryLog } from '../../../src/lib/server/log/memory.ts';
import { cardNumber, event, NOW, stillClock, testDoor } from '../../support/ingest.ts';

describe('the door for events', () => {
	it('takes a batch, a single event, an array, NDJSON and binary mode', async () => {
		const { send, stored } = testDoor();
		const in202 = (accepted: number) => ({ status: 202, accepted, duplicates: 0, rejected: [] });
		expect(await send([event('1'), event('2')])).toEqual(in202(2));
		expect(await send(event('3'), 'application/cloudevents+json; charset=UTF-8')).toEqual(in202(1));
		expect(await send(event('4'), 'application/json')).toEqual(in202(1));
		expect(await send([event('5')], 'application/json;charset="utf-8"')).toEqual(in202(1));
		for (const [i, type] of ['application/x-ndjson', 'application/ndjson', 'application/jsonl'].entries()) {
			const lines = [event(`6${i}a`), event(`6${i}b`)].map((one) => JSON.stringify(one));
			expect(await send(`${lines.join('\r\n')}\n\n`, type)).toEqual(in202(2));
		}
		const { data, ...attributes } = event('7', { subject: 'case/挂失' });
		const headers = Object.fromEntries(
			Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(String(value))])
		);
		expect(await send(data, 'application/json', { headers })).toEqual(in202(1));
		expect((await stored()).at(-1)).toMatchObject({ id: '7', subject: 'case/挂失', source: '/bank/a', data });
		expect(await send([])).toEqual(in202(0));
	});

	it('keeps attributes and fields that it does not know', async () => {
		const { send, stored } = testDoor();
		const odd = event('1', { myextension: 'x', data: { caseId: 'C-1', note: { deep: [1, '二'] } } });
		await send([odd]);
		expect(await stored()).toEqual([odd]);
	});

	it('counts what it knows already as duplicates, per lane', async () => {
		const { send } = testDoor();
		await send([event('1')]);
		expect(await send([event('1'), event('2'), event('2')])).toMatchObject({ status: 202, accepted: 1, duplicates: 2 });
		expect(await send([event('1')], undefined, { lane: 'demo' })).toMatchObject({ accepted: 1, duplicates: 0 });
	});

	it('rejects single events with index, id, code and pointer, takes the others and quarantines the rejected', async () => {
		const { send, quarantine, stored, door } = testDoor();
		const answer = await send([
			event('good'),
			event('schema', { data: { caseId: 7 } }),
			event('type', { type: 'com.hotcard.unheard.v1' }),
			event('old', { time: '1989-12-31T23:59:59Z' }),
			event('future', { time: new Date(NOW + 5 * 60_000 + 1).toISOString() }),
			event('skew', { time: new Date(NOW + 5 * 60_000).toISOString() }),
			event('untimed', { time: '2026-11-22 10:00' }),
			'no event at all'
		]);
		expect(answer).toMatchObject({ status: 207, accepted: 2, duplicates: 0 });
		expect(answer.rejected.map(({ index, id, code, pointer }) => [index, id, code, pointer])).toEqual([
			[1, 'schema', 'schema', '/data/caseId'],
			[2, 'type', 'unknown-type', '/type'],
			[3, 'old', 'time-too-old', '/time'],
			[4, 'future', 'time-in-future', '/time'],
			[6, 'untimed', 'envelope', '/time'],
			[7, undefined, 'envelope', '']
		]);
		expect((await stored()).map(({ id }) => id)).toEqual(['good', 'skew']);
		const kept = quarantine.list({ lane: 'live' });
		expect(kept.total).toBe(6);
		expect(kept.codes).toEqual({ schema: 1, 'unknown-type': 1, 'time-too-old': 1, 'time-in-future': 1, envelope: 2 });
		expect(kept.rows.at(-1)).toMatchObject({
			line: 2,
			code: 'schema',
			pointer: '/data/caseId',
			status: 'open',
			at: NOW
		});
		expect(door.counts).toEqual({ accepted: 2, duplicates: 0, rejected: 6 });
	});

	it('compares times in a synthetic lane with the bound of that lane', async () => {
		const { send } = testDoor({ laneNow: () => NOW, bound: (lane) => (lane === 'demo' ? NOW + 86_400_000 : null) });
		const tomorrow = new Date(NOW + 86_000_000).toISOString();
		const farther = new Date(NOW + 90_000_000).toISOString();
		expect((await send([event('1', { time: tomorrow })])).rejected[0]?.code).toBe('time-in-future');
		expect((await send([event('1', { time: tomorrow })], undefined, { lane: 'demo' })).status).toBe(202);
		expect((await send([event('2', { time: farther })], undefined, { lane: 'demo' })).status).toBe(207);
		expect((await send([event('2', { time: farther })], undefined, { lane: 'whatif:x' })).status).toBe(202);
	});

	it('rejects the broken lines of NDJSON and takes the rest', async () => {
		const { send, quarantine } = testDoor();
		const answer = await send(`${JSON.stringify(event('1'))}\n{"broken":\n`, 'application/x-ndjson');
		expect(answer).toMatchObject({ status: 207, accepted: 1, rejected: [{ index: 1, code: 'json' }] });
		expect(quarantine.list({ lane: 'live' }).rows).toMatchObject([{ line: 2, code: 'json', body: '{"broken":' }]);
	});

	it('answers a body that is no JSON with 400 and keeps its text', async () => {
		const { send, quarantine } = testDoor();
		expect(await send('{"specversion"', 'application/json')).toMatchObject({ status: 400, accepted: 0 });
		expect(quarantine.list({ lane: 'live' }).rows).toMatchObject([{ code: 'json', body: '{"specversion"' }]);
		expect((await send('', 'application/json')).status).toBe(400);
		expect((await send('\n\n', 'application/x-ndjson')).status).toBe(400);
		expect((await send({}, 'application/cloudevents-batch+json')).status).toBe(400);
		const rubbish = await send(Uint8Array.of(0xff, 0xfe, 0x00, 0x80), 'application/json');
		expect(rubbish).toMatchObject({ status: 400, problem: { type: 'urn:hotcard:problem:malformed' } });
	});

	it('answers other media types and charsets with 415', async () => {
		const { send } = testDoor();
		for (const type of [
			'',
			'text/plain',
			'application/xml',
			'application/cloudevents+avro',
			'application/json; charset=gbk'
		])
			expect((await send([event('1')], type)).status).toBe(415);
	});

	it('answers a packed body with 415 and says so', async () => {
		const { send } = testDoor();
		const packed = await send([event('1')], undefined, { headers: { 'content-encoding': 'gzip' } });
		expect(packed).toMatchObject({ status: 415, problem: { code: 'media-type' } });
		expect(packed.problem?.detail).toContain('gzip');
		expect((await send([event('1')], undefined, { headers: { 'content-encoding': 'identity' } })).status).toBe(202);
	});

	it('answers more bytes or events than its limits with 413 and takes nothing', async () => {
		const { send, log } = testDoor({ limits: { bytes: 2_000, events: 3 } });
		expect((await send([event('1'), event('2'), event('3'), event('4')])).status).toBe(413);
		expect(
			(await send(event('1', { data: { caseId: 'x', note: 'y'.repeat(2_000) } }), 'application/json')).status
		).toBe(413);
		expect(log.head()).toBe(0);
	});

	it('asks to come back later when the log cannot follow, is full, or the application is not ready', async () => {
		const log = memoryLog(stillClock());
		const busy = testDoor({ log: Object.assign(memoryLog(stillClock()), { pending: () => 1e9 }) });
		expect(await busy.send([event('1')])).toMatchObject({ status: 429, retryAfterSeconds: 1 });
		const ill = testDoor({ log: Object.assign(log, { health: () => ({ ok: false, reason: 'no room' }) }) });
		expect(await ill.send([event('1')])).toMatchObject({ status: 503, problem: { detail: 'no room' } });
		for (const code of ['log-full', 'data-locked', 'data-readonly', 'log-broken']) {
			const full = Object.assign(memoryLog(stillClock()), {
				append: () => Promise.reject(new HotcardError(code, 'no room'))
			});
			expect(await testDoor({ log: full }).send([event('1')])).toMatchObject({ status: 503, retryAfterSeconds: 1 });
		}
		const starting = testDoor({ unready: () => 'draining' });
		expect(await starting.send([event('1')])).toMatchObject({ status: 503, problem: { detail: 'draining' } });
		expect(starting.log.head()).toBe(0);
	});

	it('takes nothing of a request with a full card number anywhere, and keeps it only masked', async () => {
		const pan = cardNumber();
		const escaped = [...pan].map((digit) => `\\u003${digit}`).join('');
		const hidden = [
			event('1', { data: { caseId: 'C-1', note: `card ${pan}` } }),
			event('2', { data: { caseId: 'C-1', deep: [{ n: Number(pan) }] } }),
			event('3', { subject: pan }),
			event(pan)
		];
		const bodies = [
			...hidden.map((one) => JSON.stringify([event('fine'), one])),
			JSON.stringify([event('fine'), event('5')]).replace('"5"', `"5","x":"${escaped}"`)
		];
		for (const body of bodies) {
			const { send, log, quarantine } = testDoor();
			const answer = await send(body);
			expect(answer).toMatchObject({ status: 422, accepted: 0, rejected: [{ index: 1, code: 'pan-detected' }] });
			expect(log.head()).toBe(0);
			const kept = quarantine.list({ lane: 'live' });
			expect(kept.rows.map(({ code }) => code)).toEqual(['pan-detected']);
			expect(JSON.stringify([answer, kept])).not.toContain(pan);
			expect(JSON.stringify([answer, kept])).not.toContain(escaped);
			expect(JSON.stringify(kept)).toContain(pan.slice(0, 6));
		}
	});

	it('finds card numbers in text that is not even JSON', async () => {
		const pan = cardNumber();
		const { send, quarantine } = testDoor();
		expect((await send(`{"x":"${pan}"`, 'application/json')).status).toBe(400);
		expect((await send(`{"x":"${pan}"\n`, 'application/x-ndjson')).status).toBe(422);
		expect(JSON.stringify(quarantine.list({ lane: 'live' }))).not.toContain(pan);
		expect(quarantine.list({ lane: 'live' }).total).toBe(2);
	});

	it('checks producers inside the process in the same way, without a limit on events', async () => {
		const { door, log, quarantine } = testDoor();
		const many = Array.from({ length: 2_500 }, (_, i) => event(`${i}`));
		const bad = event('bad', { data: {} });
		expect(await door.submit('demo', [...many, bad], 'simulator')).toMatchObject({ status: 207, accepted: 2_500 });
		expect(quarantine.list({ lane: 'demo' }).rows).toMatchObject([{ origin: 'simulator', line: 2_501 }]);
		await expect(door.submit('live', many, 'simulator')).rejects.toMatchObject({ code: 'forbidden' });
		expect((await door.submit('live', many, 'import')).accepted).toBe(2_500);
		expect(log.head()).toBe(5_000);
	});
});
