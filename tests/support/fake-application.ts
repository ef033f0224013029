import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Actor } from '../../src/lib/domain/actor.ts';
import type { Rng } from '../../src/lib/domain/rng.ts';
import type { Clock } from '../../src/lib/domain/time.ts';
import { HotcardError } from '../../src/lib/domain/error.ts';
import type { Params, Snapshot, Topic, View } from '../../src/lib/protocol/topics.ts';
import type { Application, Views } from '../../src/lib/server/application.ts';
import { fakeBranches, fakeCell, fakeHeatmap } from './fake-branches.ts';
import { fakeCase, fakeCases, fakeLog, fakeQuarantine, fakeVariants } from './fake-cases.ts';
import { fakeOverview, fakeShell } from './fake-overview.ts';

export type Mood = 'normal' | 'empty' | 'crisis';

/** What the views of a fake are drawn from: its mood, its present in ms, and a stream of chance that begins anew with every view. */
export interface FakeWorld {
	mood: Mood;
	now: number;
	rng: Rng;
}

export const FAKE_PEOPLE: readonly Actor[] = [
	{ id: 'manager', name: { zh: '李敏', en: 'Li Min' }, role: 'manager', scope: '*' },
	{ id: 'supervisor', name: { zh: '王强', en: 'Wang Qiang' }, role: 'supervisor', scope: '浙江' },
	{ id: 'teller', name: { zh: '赵一', en: 'Zhao Yi' }, role: 'teller', scope: 'B001' },
	{ id: 'auditor', name: { zh: '陈静', en: 'Chen Jing' }, role: 'auditor', scope: '*' }
];

function chance(seed: number): Rng {
	const generator = xoroshiro128plus(seed);
	const next = () => (generator.next() >>> 0) / 0x1_0000_0000;
	return { next, int: (low, high) => low + Math.floor(next() * (high - low + 1)) };
}

function viewOf(topic: Topic, params: unknown, world: FakeWorld): View<Topic> {
	switch (topic) {
		case 'shell':
			return fakeShell(world, params as Params<'shell'>);
		case 'overview':
			return fakeOverview(world);
		case 'branches':
			return fakeHeatmap(world, params as Params<'branches'>);
		case 'places':
			return { branches: world.mood === 'empty' ? [] : fakeBranches() };
		case 'branchCell':
			return fakeCell(world, params as Params<'branchCell'>);
		case 'cases':
			return fakeCases(world, params as Params<'cases'>);
		case 'case':
			return fakeCase(world, params as Params<'case'>);
		case 'log':
			return fakeLog(world, params as Params<'log'>);
		case 'quarantine':
			return fakeQuarantine(world);
		case 'variants':
			return fakeVariants(world);
	}
}

/** Plausible, seeded data of 200 branches for looking at pages without a bank. Views change every second of the clock; commands are refused. */
export function fakeApplication(clock: Clock, options: { mood?: Mood; seed?: number } = {}): Application {
	const mood = options.mood ?? 'normal';
	const refuse = () => Promise.reject(new HotcardError('fake', 'this application only shows pictures'));
	const snapshot = <T extends Topic>(topic: T, params: Params<T>): Snapshot<T> => {
		const now = clock.now();
		const version = Math.floor(now / 1_000);
		const world = { mood, now, rng: chance(options.seed ?? 20_261_123) };
		return { topic, version, offset: version, at: now, view: viewOf(topic, params, world) as View<T> };
	};
	const views: Views = {
		read: async (topic, params) => snapshot(topic, params),
		async follow(topic, params, _actor, listener) {
			let stop = () => {};
			const beat = () => {
				const { view, version, offset } = snapshot(topic, params);
				listener(view, version, offset);
				stop = clock.after(1_000, beat);
			};
			stop = clock.after(1_000, beat);
			return { snapshot: snapshot(topic, params), stop: () => stop() };
		}
	};
	return {
		version: '0.0.0',
		config: { dataDir: '', host: '127.0.0.1', port: 0, demo: true, timeZone: 'Asia/Shanghai' },
		ingest: { limits: { bytes: 1e6, events: 1_000 }, accept: refuse, resubmit: refuse, dismiss: refuse },
		views,
		commands: { run: refuse },
		imports: { preview: refuse, run: refuse },
		people: FAKE_PEOPLE,
		health: async () => ({ status: 'ready', version: '0.0.0', checks: {} }),
		metrics: async () => '',
		query: refuse,
		verify: refuse,
		rebuild: refuse,
		exportLog: refuse,
		defaultLane: () => 'demo',
		lab: { state: (lane) => ({ lane, driven: false, reason: { en: 'a picture', zh: '示意' } }), run: refuse },
		close: async () => {}
	};
}
