import { describe, expect, test } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../../simulator/kernel/event.ts';

describe('conditions', () => {
	test('any of: the first to happen', () => {
		const env = new Environment();
		const slow = env.timeout(9);
		const quick = env.timeout(2);
		expect(env.run(env.anyOf([slow, quick]) as SimEvent)).toEqual([quick]);
		expect(env.now).toBe(2);
	});

	test('all of: when the last has happened, in the order given', () => {
		const env = new Environment();
		const slow = env.timeout(9);
		const quick = env.timeout(2);
		expect(env.run(env.allOf([slow, quick]) as SimEvent)).toEqual([slow, quick]);
		expect(env.now).toBe(9);
	});

	test('all of nothing is there at once', () => {
		const env = new Environment();
		expect(env.run(env.allOf([]) as SimEvent)).toEqual([]);
		expect(env.now).toBe(0);
	});

	test('any of: fails with the first that fails, and lets go of the others', () => {
		const env = new Environment();
		const good = env.event('good');
		const bad = env.event('bad');
		const either = env.anyOf([good, bad]);
		env.call(1, () => bad.fail(new Error('broken')));
		expect(() => env.run(either)).toThrow('broken');
		env.call(1, () => good.succeed());
		env.run();
		expect(either.ok).toBe(false);
	});

	test('a failure after any of was met is not swallowed', () => {
		const env = new Environment();
		const bad = env.event('bad');
		env.anyOf([env.timeout(1), bad]);
		env.call(2, () => bad.fail(new Error('broken')));
		expect(() => env.run()).toThrow('broken');
	});

	test('an event is triggered once only', () => {
		const env = new Environment();
		const event = env.event();
		event.succeed();
		expect(() => event.succeed()).toThrow('triggered twice');
	});

	test('waiting for what never comes is an error, not a hang', () => {
		const env = new Environment();
		expect(() => env.run(env.event('a letter') as SimEvent)).toThrow('the awaited event never came');
	});
});
