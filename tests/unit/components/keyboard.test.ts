import { expect, test } from 'vitest';
import { readListKey } from '../../../src/lib/components/shell/keys.ts';

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const state = { chord: false, typing: false, single: true };
const read = (keys: string[], more: Partial<typeof state> = {}) =>
	keys.map((key) => readListKey(press(key), { ...state, ...more }));
const ALL = ['j', 'k', 'o', '/', 'ArrowDown', 'ArrowUp', 'Enter'];

test('a list is walked through, opened, owned and searched with single keys', () => {
	expect(read(ALL)).toEqual(['next', 'previous', 'own', 'find', 'next', 'previous', 'open']);
	expect(read(['x', 'Tab'])).toEqual([null, null]);
});

test('the second key of a chord is no letter of its own, so that g o owns nothing', () => {
	expect(read(ALL, { chord: true })).toEqual([null, null, null, null, 'next', 'previous', 'open']);
});

test('letters and signs mean nothing to a list where single-key shortcuts are off, arrows and Enter do', () => {
	expect(read(ALL, { single: false })).toEqual([null, null, null, null, 'next', 'previous', 'open']);
});

test('no key means anything to a list while somebody types or with a modifier', () => {
	expect(read(ALL, { typing: true }).every((wish) => wish === null)).toBe(true);
	expect(readListKey(press('o', { ctrlKey: true }), state)).toBeNull();
});
