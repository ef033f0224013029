import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { strangeEvents } from '../../../src/lib/server/http/strange-events.ts';

const PATH = '/api/v1/events';
const request = (headers: Record<string, string>, method = 'POST') =>
	({ method, headers }) as unknown as IncomingMessage;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('who has no key hears of the key first, not of the form of the body', () => {
	expect(strangeEvents(request(form), PATH, 'secret')?.status).toBe(401);
	const known = { ...form, authorization: 'Bearer secret' };
	expect(strangeEvents(request(known), PATH, 'secret')?.status).toBe(415);
	expect(strangeEvents(request(form), PATH, undefined)?.status).toBe(415);
});

test('other requests are left to the pages', () => {
	expect(strangeEvents(request({ 'content-type': 'application/json' }), PATH, 'secret')).toBeUndefined();
	expect(strangeEvents(request(form), '/import', undefined)).toBeUndefined();
	expect(strangeEvents(request(form, 'GET'), PATH, undefined)).toBeUndefined();
});
