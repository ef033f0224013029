import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Environment } from '../../../../simulator/kernel/environment.ts';
import type { SimulationError } from '../../../../simulator/kernel/error.ts';
import type { Activity } from '../../../../simulator/kernel/process.ts';
import { Store } from '../../../../simulator/kernel/store.ts';

type Wanted = (item: number) => boolean;
type Wish = ReturnType<Store<number>['get']> | ReturnType<Store<number>['put']>;

const deeds = fc.array(
	fc.oneof(
		fc.record({ do: fc.constant('put' as const), item: fc.nat({ max: 12 }) }),
		fc.record({ do: fc.constant('get' as const), divisor: fc.integer({ min: 1, max: 4 }) }),
		fc.record({ do: fc.constant('cancel' as const), index: fc.nat({ max: 60 }) })
	),
	{ minLength: 10, maxLength: 60 }
);

/** The rule as plainly as it can be written: everybody is asked about everything, each time. */
class PlainStore {
	readonly items: number[] = [];
	readonly told: string[] = [];
	readonly #capacity: number;
	#puts: { name: number; item: number }[] = [];
	#gets: { name: number; wanted: Wanted }[] = [];

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	put(name: number, item: number): void {
		this.#puts.push({ name, item });
		this.#settle();
	}

	get(name: number, wanted: Wanted): void {
		this.#gets.push({ name, wanted });
		this.#settle();
	}

	/** Answers whether it waited. */
	cancel(name: number): boolean {
		const waiting = this.#puts.length + this.#gets.length;
		this.#puts = this.#puts.filter((each) => each.name !== name);
		this.#gets = this.#gets.filter((each) => each.name !== name);
		const waited = this.#puts.length + this.#gets.length < waiting;
		this.#settle();
		return waited;
	}

	#settle(): void {
		for (let moved = true; moved;) {
			const put = this.items.length < this.#capacity ? this.#puts.shift() : undefined;
			if (put) this.items.push(put.item);
			if (put) this.told.push(`${put.name} ${put.item}`);
			const get = this.#gets.find(({ wanted }) => this.items.some(wanted));
			if (get) this.#gets = this.#gets.filter((each) => each !== get);
			if (get) this.told.push(`${get.name} ${this.items.splice(this.items.findIndex(get.wanted), 1)[0]}`);
			moved = put !== undefined || get !== undefined;
		}
	}
}

describe('a store', () => {
	test.prop([deeds, fc.constantFrom(1, 2, 5, Infinity)], { numRuns: 300 })(
		'does the same in the same order as one that asks everybody about everything each time',
		(plan, capacity) => {
			const env = new Environment();
			const store = new Store<number>(env, capacity);
			const plain = new PlainStore(capacity);
			const told: string[] = [];
			const wishes: Wish[] = [];
			for (const deed of plan) {
				const name = wishes.length;
				if (deed.do === 'cancel') {
					const index = deed.index % Math.max(1, name);
					if (plain.cancel(index)) wishes[index]?.cancel();
					continue;
				}
				const wanted: Wanted = (item) => deed.do === 'get' && item % deed.divisor === 0;
				if (deed.do === 'put') plain.put(name, deed.item);
				else plain.get(name, wanted);
				const wish: Wish = deed.do === 'put' ? store.put(deed.item) : store.get(wanted);
				wish.listen(({ value }) => told.push(`${name} ${String(value)}`));
				wishes.push(wish);
			}
			env.run();
			expect(told).toEqual(plain.told);
			expect(store.items).toEqual(plain.items);
		}
	);

	test('asks each getter once about each item: n getters and n items are n² questions', () => {
		for (const n of [50, 100]) {
			const store = new Store<number>(new Environment());
			let asked = 0;
			const wanted = (mine: number) => (item: number) => {
				asked++;
				return item === mine;
			};
			for (let i = 0; i < n; i++) store.get(wanted(n - i));
			for (let i = 0; i < n; i++) store.put(-i);
			for (let i = 1; i <= n; i++) store.put(i);
			expect(store.items).toHaveLength(n);
			expect(asked).toBeLessThanOrEqual(2 * n * n);
		}
	});

	test('hands a hundred thousand things over without a filter, in a time that grows as their number', () => {
		const env = new Environment();
		const store = new Store<number>(env);
		const n = 100_000;
		const gets = Array.from({ length: n }, () => store.get());
		for (let i = 0; i < n; i++) store.put(i);
		expect(gets.every((get, i) => (get.value as unknown) === i)).toBe(true);
		for (let i = 0; i < n; i++) store.put(i);
		const taken = Array.from({ length: n }, () => store.get());
		expect(taken.every((get, i) => (get.value as unknown) === i)).toBe(true);
		expect(store.items).toEqual([]);
	}, 4_000);

	test('tells an error of a filter to who gets, with its place, and not to who puts', () => {
		const env = new Environment();
		const shelf = new Store<string | null>(env, Infinity, 'shelf');
		function* getter(): Activity {
			yield env.timeout(1);
			yield shelf.get((item) => (item as string).startsWith('t'));
		}
		function* putter(): Activity<string> {
			yield env.timeout(5);
			yield shelf.put(null);
			return 'unharmed';
		}
		const failing = env.process(getter(), 'clerk 3');
		const putting = env.process(putter(), 'truck');
		let error: SimulationError | undefined;
		failing.listen((event) => (error = event.outcome() as SimulationError));
		expect(env.run(putting)).toBe('unharmed');
		env.run();
		expect(error?.place).toEqual({ entity: 'clerk 3', time: 5, previous: 'get shelf', next: 'not reached' });
		expect(error?.cause).toBeInstanceOf(TypeError);
		expect(shelf.items).toEqual([null]);
	});

	test('tells an error of a filter at once where the item is there, once only, and serves the next', () => {
		const env = new Environment();
		const shelf = new Store<number>(env, Infinity, 'shelf');
		for (const item of [1, 2]) shelf.put(item);
		shelf.get(() => {
			throw new Error('cannot read the label');
		});
		expect(shelf.get().value).toBe(1);
		expect(() => env.run()).toThrow('cannot read the label (environment at 0, next get shelf)');
	});
});
