import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineAt, lineEnds, sliceLines } from '../../../src/lib/server/log/lines.ts';
import { LogStore } from '../../../src/lib/server/log/store.ts';

const encode = (ids: readonly string[]) =>
	new TextEncoder().encode(ids.map((id) => `${JSON.stringify({ source: '/a', id })}\n`).join(''));

describe('the store of the SQLite log', () => {
	let dir = '';
	beforeEach(() => {
		dir = mkdtempSync(join(tmpdir(), 'hotcard-store-'));
	});
	afterEach(() => rmSync(dir, { recursive: true, force: true }));

	it('keeps different events whose keys collide, and still knows each of them again', () => {
		let store = new LogStore(dir);
		const add = (lane: 'live' | 'demo', ids: string[]) => {
			const keys = Float64Array.from(ids, () => 42);
			return store.commit([{ lane, lines: encode(ids), keys }], 1, undefined)[0]!.duplicates;
		};
		expect(add('live', ['a', 'b', 'a', 'c'])).toEqual([2]);
		expect(add('demo', ['a', 'b'])).toEqual([]);
		expect(add('live', ['d', 'c', 'b', 'a'])).toEqual([1, 2, 3]);
		store.close();
		store = new LogStore(dir);
		expect(add('live', ['a', 'b', 'c', 'd', 'e'])).toEqual([0, 1, 2, 3]);
		expect(store.head()).toBe(7);
		store.close();
	});

	it('puts its housekeeping off while another tool holds the file', () => {
		const store = new LogStore(dir);
		const ids = Array.from({ length: 66_000 }, (_, i) => `e${i}`);
		store.commit([{ lane: 'live', lines: encode(ids), keys: Float64Array.from(ids, (_, i) => i) }], 1, undefined);
		const other = new DatabaseSync(join(dir, 'log.db'));
		other.exec('BEGIN IMMEDIATE');
		expect(store.tidy()).toBe(false);
		other.exec('ROLLBACK');
		other.close();
		expect(store.tidy()).toBe(true);
		store.close();
	});
});

describe('lines', () => {
	it('are found by number', () => {
		const lines = encode(['a', '二', 'c']);
		expect(lineAt(lines, 1)).toBe('{"source":"/a","id":"二"}');
		expect(sliceLines(lines, 1, 3)).toEqual(encode(['二', 'c']));
		expect([...lineEnds(lines, 3)].at(-1)).toBe(lines.length);
		expect(() => lineEnds(lines, 4)).toThrow('holds only 3 lines');
	});
});
