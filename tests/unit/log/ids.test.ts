import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdIndex } from '../../../src/lib/server/log/ids/index.ts';
import { FRAGMENTS, keyMaker, PARTITIONS } from '../../../src/lib/server/log/ids/key.ts';
import { RecentIds } from '../../../src/lib/server/log/ids/recent.ts';
import { Sieve } from '../../../src/lib/server/log/ids/sieve.ts';

function opened(): { db: DatabaseSync; transaction: (work: () => void) => void } {
	const db = new DatabaseSync(':memory:');
	return {
		db,
		transaction(work) {
			db.exec('BEGIN');
			work();
			db.exec('COMMIT');
		}
	};
}

const keysOf = (from: number, count: number) =>
	Float64Array.from({ length: count }, (_, i) => keyMaker('live')('/bank/branch/310101', `evt-${from + i}`));

describe('the key of an id', () => {
	it('is spread evenly over the partitions and hardly ever shared', () => {
		const count = 200_000;
		const perPartition = new Uint32Array(PARTITIONS);
		const seen = new Set<number>();
		for (const key of keysOf(0, count)) {
			if (!(key >= 0 && key < PARTITIONS * FRAGMENTS)) throw new Error(`key ${key} is out of range`);
			perPartition[Math.floor(key / FRAGMENTS)]! += 1;
			seen.add(key);
		}
		expect(count - seen.size).toBeLessThan(3);
		const mean = count / PARTITIONS;
		expect(Math.max(...perPartition)).toBeLessThan(mean * 2);
		expect(Math.min(...perPartition)).toBeGreaterThan(mean / 2);
	});
});

describe('recent ids', () => {
	it('answer what a map of lists would answer, through growth', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(1_000_000)), { maxLength: 2_000 }), (pairs) => {
				const recent = new RecentIds();
				const model = new Map<number, number[]>();
				for (const [key, offset] of pairs) {
					recent.add(key, offset);
					model.set(key, [...(model.get(key) ?? []), offset]);
				}
				for (let key = 0; key <= 400; key++) {
					const found: number[] = [];
					recent.find(key, found);
					expect(found.sort()).toEqual((model.get(key) ?? []).sort());
				}
				expect(recent.size).toBe(pairs.length);
			}),
			{ numRuns: 20 }
		);
	});
});

describe('a sieve', () => {
	it('lets through all that was added and about one in five hundred of the rest', () => {
		const sieve = new Sieve(64, Sieve.linesFor(65_536, 64));
		const place = (key: number) => [Math.floor(key / FRAGMENTS) >>> 6, key >>> 0] as const;
		const keys = keysOf(0, 65_536);
		for (const key of keys) sieve.add(...place(key));
		expect(keys.every((key) => sieve.mayHold(...place(key)))).toBe(true);
		const alarms = keysOf(1_000_000, 100_000).filter((key) => sieve.mayHold(...place(key))).length;
		expect(alarms / 100_000).toBeLessThan(0.006);
	});
});

describe('the id index', () => {
	it('finds every id after flushes, merges and reopening, and hardly anything else', () => {
		const { db, transaction } = opened();
		let index = new IdIndex(db);
		const batch = 9_000;
		const batches = 85;
		for (let i = 0; i < batches; i++) {
			const keys = keysOf(i * batch, batch);
			transaction(() => index.store(i * batch, keys));
			index.remember(i * batch, keys);
			if (i === 40) index = new IdIndex(db);
			if (i % 3 === 0) index.tidy(transaction);
		}
		const check = () => {
			for (let i = 0; i < batches * batch; i += 23)
				if (!index.find(keysOf(i, 1)[0]!).includes(i)) throw new Error(`offset ${i} is lost`);
			let others = 0;
			for (const key of keysOf(5_000_000, 20_000)) others += index.find(key).length;
			expect(others).toBeLessThan(3);
		};
		check();
		while (index.tidy(transaction));
		check();
		const runs = db.prepare('SELECT level, count(*) AS runs FROM run GROUP BY level ORDER BY level').all();
		expect(runs.map(({ level }) => level)).toEqual([0, 1]);
		expect(runs.every(({ runs }) => (runs as number) < 8)).toBe(true);
		index = new IdIndex(db);
		check();
	});

	it('starts a merge again that a crash interrupted', () => {
		const { db, transaction } = opened();
		let index = new IdIndex(db);
		const batch = 66_000;
		for (let i = 0; i < 8; i++) {
			const keys = keysOf(i * batch, batch);
			transaction(() => index.store(i * batch, keys));
			index.remember(i * batch, keys);
			index.tidy(transaction);
		}
		for (let steps = 0; steps < 4; steps++) expect(index.tidy(transaction)).toBe(true);
		index = new IdIndex(db);
		while (index.tidy(transaction));
		expect(db.prepare('SELECT count(*) AS runs FROM run').get()!['runs']).toBe(1);
		for (let i = 0; i < 8 * batch; i += 1_001) expect(index.find(keysOf(i, 1)[0]!)).toContain(i);
	});

	it('loses no id of a merge and leaves nothing behind when the disk is full at a commit', () => {
		const { db, transaction } = opened();
		let index = new IdIndex(db);
		const batch = 66_000;
		for (let i = 0; i < 8; i++) {
			const keys = keysOf(i * batch, batch);
			transaction(() => index.store(i * batch, keys));
			index.remember(i * batch, keys);
			index.tidy(transaction);
		}
		let commits = 0;
		const full = (work: () => void) => {
			db.exec('BEGIN');
			work();
			commits += 1;
			db.exec(commits % 2 === 1 ? 'ROLLBACK' : 'COMMIT');
			if (commits % 2 === 1) throw new Error('database or disk is full');
		};
		for (let more = true; more;) {
			try {
				more = index.tidy(full);
			} catch {
				more = true;
			}
		}
		expect(commits).toBeGreaterThan(40);
		for (const again of [false, true]) {
			if (again) index = new IdIndex(db);
			for (let i = 0; i < 8 * batch; i += 1_001) expect(index.find(keysOf(i, 1)[0]!)).toContain(i);
		}
		const rows = db.prepare(
			'SELECT count(*) AS runs, sum(blocks) AS blocks, (SELECT count(*) FROM ids) AS there FROM run'
		);
		const { runs, blocks, there } = rows.get()!;
		expect([runs, there]).toEqual([1, blocks]);
	});
});
