/**
 * RFC 7396 merge patches for views. A merge patch cannot set a member to null (null deletes), yet views use null for
 * "unknown". So inside a patch the text U+0000 stands for the value null, and a real text that starts with U+0000 travels
 * with one more in front. Arrays are replaced whole and hold plain values. Anything else is RFC 7396 as written.
 */
export const NULL_TEXT = '\u0000';

type Members = Record<string, unknown>;

const isMembers = (value: unknown): value is Members =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `__proto__` may be an id like any other. */
function put(target: Members, key: string, value: unknown): void {
	if (key === '__proto__') {
		Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
	} else target[key] = value;
}

function encode(value: unknown): unknown {
	if (value === null) return NULL_TEXT;
	if (typeof value === 'string') return value.startsWith(NULL_TEXT) ? NULL_TEXT + value : value;
	if (!isMembers(value)) return value;
	const out: Members = {};
	for (const key of Object.keys(value)) if (value[key] !== undefined) put(out, key, encode(value[key]));
	return out;
}

function same(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (Array.isArray(a)) {
		if (!Array.isArray(b) || a.length !== b.length) return false;
		for (let i = 0; i < a.length; i += 1) if (!same(a[i], b[i])) return false;
		return true;
	}
	if (!isMembers(a) || !isMembers(b)) return false;
	return diff(a, b) === undefined;
}

/** The patch that turns `before` into `after`, or undefined where they are equal. Members that are undefined count as absent. */
export function diff(before: unknown, after: unknown): unknown {
	if (!isMembers(after)) return same(before, after) ? undefined : encode(after);
	if (!isMembers(before)) return encode(after);
	let out: Members | undefined;
	for (const key of Object.keys(before)) {
		if (before[key] === undefined) continue;
		if (!Object.hasOwn(after, key) || after[key] === undefined) put((out ??= {}), key, null);
	}
	for (const key of Object.keys(after)) {
		const value = after[key];
		if (value === undefined) continue;
		const known = Object.hasOwn(before, key) && before[key] !== undefined;
		const change = known ? diff(before[key], value) : encode(value);
		if (change !== undefined) put((out ??= {}), key, change);
	}
	return out;
}

/** Applies a patch of `diff`. Answers a new value that shares every unchanged part with `target`; an undefined patch changes nothing. */
export function merge(target: unknown, patch: unknown): unknown {
	if (patch === undefined) return target;
	if (patch === NULL_TEXT) return null;
	if (typeof patch === 'string') return patch.startsWith(NULL_TEXT) ? patch.slice(NULL_TEXT.length) : patch;
	if (!isMembers(patch)) return patch;
	const out: Members = isMembers(target) ? { ...target } : {};
	for (const key of Object.keys(patch)) {
		if (patch[key] === null) delete out[key];
		else put(out, key, merge(Object.hasOwn(out, key) ? out[key] : undefined, patch[key]));
	}
	return out;
}
