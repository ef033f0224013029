import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { Connection } from '../../../src/lib/live/connection.svelte.ts';
import { Feed } from '../../../src/lib/live/feed.ts';
import { merge } from '../../../src/lib/protocol/patch.ts';
import type {
	ClientToServer,
	Delta,
	Problem,
	ServerToClient,
	Snapshot,
	Topic
} from '../../../src/lib/protocol/topics.ts';
import type { Application, Views } from '../../../src/lib/server/application.ts';
import { systemClock } from '../../../src/lib/server/clock.ts';
import { attachHub, type Hub, type HubOptions } from '../../../src/lib/server/hub/hub.ts';

type Client = Socket<ServerToClient, ClientToServer>;
type Listener = (view: never, version: number, offset: number) => void;
type Answer = Parameters<Parameters<ClientToServer['follow']>[2]>[0];

const people: Actor[] = [
	{ id: 'm1', name: { zh: '经理', en: 'Manager' }, role: 'manager', scope: '*' },
	{ id: 't1', name: { zh: '柜员', en: 'Teller' }, role: 'teller', scope: '*' }
];

/** Views whose states the test sets by hand. */
class HandViews implements Views {
	readonly followed: {
		topic: Topic;
		params: { lane: string };
		actor: Actor;
		listener: Listener;
		lost: (cause: Error) => void;
		stopped: boolean;
	}[] = [];
	async read(): Promise<never> {
		throw new HotcardError('not-found', 'nothing is read here');
	}
	async follow(topic: Topic, params: unknown, actor: Actor, listener: unknown, lost: unknown) {
		const entry = {
			topic,
			params: params as { lane: string },
			actor,
			listener: listener as Listener,
			lost: lost as (cause: Error) => void,
			stopped: false
		};
		if (entry.params.lane === 'drill:none') throw new HotcardError('no-lane', 'there is no such lane');
		this.followed.push(entry);
		return {
			snapshot: { topic, version: 1, offset: 0, at: 0, view: { lane: entry.params.lane, n: 1 } } as never,
			stop: () => {
				entry.stopped = true;
			}
		};
	}
	push(version: number, view: unknown, at = 0): void {
		this.followed[at]!.listener(view as never, version, version);
	}
}

const cleaning: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const clean of cleaning.splice(0).reverse()) await clean();
});

async function start(options?: HubOptions): Promise<{ url: string; views: HandViews; hub: Hub }> {
	const server = createServer((_, response) => response.end());
	const views = new HandViews();
	const hub = attachHub(server, { views, people } as unknown as Application, systemClock, options);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	cleaning.push(async () => {
		await hub.close();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, views, hub };
}

async function connect(url: string, headers: Record<string, string> = {}): Promise<Client> {
	const client: Client = io(url, {
		path: '/rt',
		transports: ['websocket'],
		forceNew: true,
		reconnection: false,
		extraHeaders: headers
	});
	cleaning.push(() => void client.disconnect());
	await new Promise<void>((resolve, reject) => {
		client.on('connect', resolve);
		client.on('connect_error', reject);
	});
	return client;
}

function follow(client: Client, topic: string, params: unknown): Promise<Answer> {
	return new Promise((resolve) => client.emit('follow', topic as Topic, params, resolve));
}

async function followed(
	client: Client,
	params: unknown = { lane: 'demo' }
): Promise<{ room: string; snapshot: Snapshot }> {
	const answer = await follow(client, 'shell', params);
	if ('problem' in answer) throw new Error(answer.problem.code);
	return answer;
}

const next = (client: Client) =>
	new Promise<Delta>((resolve) => client.once('delta', (text) => resolve(JSON.parse(text))));
const until = async (met: () => boolean) => {
	while (!met()) await new Promise((resolve) => setImmediate(resolve));
};

test('a follower gets the state and then deltas that lead to each newer state', async () => {
	const { url, views } = await start();
	const client = await connect(url);
	const { room, snapshot } = await followed(client);
	expect(snapshot.version).toBe(1);
	const coming = next(client);
	views.push(2, { lane: 'demo', n: 2, newest: null });
	const delta = await coming;
	expect(delta).toMatchObject({ room, from: 1, version: 2, offset: 2 });
	expect(merge(snapshot.view, delta.patch)).toEqual({ lane: 'demo', n: 2, newest: null });
});

test('two readers of one view share one room, and one lane never hears of another', async () => {
	const { url, views, hub } = await start();
	const [one, two, other] = await Promise.all([connect(url), connect(url), connect(url)]);
	const first = await followed(one);
	const second = await followed(two);
	await followed(other, { lane: 'live' });
	expect(second.room).toBe(first.room);
	expect(hub.rooms).toBe(2);
	const heard: string[] = [];
	other.on('delta', (text) => heard.push(text));
	const both = Promise.all([next(one), next(two)]);
	views.push(2, { lane: 'demo', n: 2 });
	expect((await both).map((delta) => delta.version)).toEqual([2, 2]);
	const mine = next(other);
	views.push(2, { lane: 'live', n: 9 }, 1);
	await mine;
	expect(heard).toHaveLength(1);
	expect(heard[0]).toContain('"n":9');
});

test('readers who may not see the same do not share a room', async () => {
	const { url, views } = await start();
	const manager = await connect(url, { cookie: 'hc_actor=m1' });
	const teller = await connect(url, { cookie: 'a=b; hc_actor=t1' });
	const a = await followed(manager);
	const b = await followed(teller);
	expect(a.room).not.toBe(b.room);
	expect(views.followed.map(({ actor }) => actor.id)).toEqual(['m1', 't1']);
});

test('the room closes when the last reader leaves or goes away', async () => {
	const { url, views, hub } = await start();
	const one = await connect(url);
	const two = await connect(url);
	const { room } = await followed(one);
	await followed(two);
	one.emit('unfollow', room);
	await followed(one, { lane: 'live' });
	expect(views.followed[0]!.stopped).toBe(false);
	two.disconnect();
	await until(() => views.followed[0]!.stopped);
	expect(hub.rooms).toBe(1);
});

test('a version that does not follow the last one makes the browser ask for the whole view', async () => {
	const { url, views } = await start();
	const client = await connect(url);
	// One delta is lost on the way.
	let lost = false;
	const leaky = {
		get connected() {
			return client.connected;
		},
		on(event: string, listener: (value: string) => void) {
			client.on(event as 'delta', (text: string) => {
				if (event === 'delta' && !lost) lost = true;
				else listener(text);
			});
		},
		emit: client.emit.bind(client)
	};
	const states: Snapshot[] = [];
	new Feed(leaky as never).follow(
		'shell',
		{ lane: 'demo' },
		{ state: (state) => states.push(state), problem: (problem) => expect(problem).toBeNull() }
	);
	await until(() => states.length === 1);
	views.push(2, { lane: 'demo', n: 2 });
	views.push(3, { lane: 'demo', n: 2, extra: 'x' });
	await until(() => states.at(-1)?.version === 3);
	expect(lost).toBe(true);
	expect(states.at(-1)?.view).toEqual({ lane: 'demo', n: 2, extra: 'x' });
});

test('a reader that does not keep up gets the newest state once instead of every step', async () => {
	const { url, views } = await start();
	const client = await connect(url);
	const { room } = await followed(client);
	let deltas = 0;
	const newest = new Promise<{ room: string; snapshot: Snapshot }>((resolve) =>
		client.once('snapshot', (text) => resolve(JSON.parse(text)))
	);
	client.on('delta', () => (deltas += 1));
	const filler = 'x'.repeat(20_000);
	// All in one turn of the loop: nothing leaves the buffer meanwhile.
	for (let version = 2; version <= 400; version += 1) views.push(version, { lane: 'demo', n: version, filler });
	const { room: same, snapshot } = await newest;
	expect(same).toBe(room);
	expect(snapshot.version).toBe(400);
	expect(deltas).toBeLessThan(50);
	const coming = next(client);
	views.push(401, { lane: 'demo', n: 401, filler });
	expect(await coming).toMatchObject({ from: 400, version: 401 });
});

test('wrong parameters, unknown views and missing lanes are answered with what is wrong', async () => {
	const { url, hub } = await start({ roomsPerSocket: 1 });
	const client = await connect(url);
	expect(await follow(client, 'shell', { lane: 'nowhere' })).toMatchObject({ problem: { code: 'bad-params' } });
	expect(await follow(client, 'shell', { lane: 'demo', more: 1 })).toMatchObject({ problem: { code: 'bad-params' } });
	expect(await follow(client, 'passwords', {})).toMatchObject({ problem: { code: 'unknown-topic' } });
	expect(await follow(client, 'shell', { lane: 'drill:none' })).toMatchObject({
		problem: { code: 'no-lane', detail: 'there is no such lane', detailZh: '没有这个泳道' }
	});
	expect(hub.rooms).toBe(0);
	await followed(client);
	expect(await follow(client, 'shell', { lane: 'live' })).toMatchObject({ problem: { code: 'too-many-views' } });
});

test('a page of another site cannot open a socket', async () => {
	const { url } = await start();
	await expect(connect(url, { origin: 'https://elsewhere.example' })).rejects.toThrow();
	const client = await connect(url, { origin: url });
	expect(client.connected).toBe(true);
});

test('two hubs in one process keep their readers apart', async () => {
	const [one, two] = await Promise.all([start(), start()]);
	const client = await connect(one.url);
	await followed(client);
	expect([one.hub.rooms, two.hub.rooms]).toEqual([1, 0]);
	expect(two.views.followed).toEqual([]);
});

test('browsers are told when to come back before the server stops', async () => {
	const { url, hub } = await start();
	const client = await connect(url);
	const told = new Promise<number>((resolve) => client.once('leaving', resolve));
	const closed = new Promise((resolve) => client.once('disconnect', resolve));
	await hub.close();
	expect(await told).toBeLessThanOrEqual(2_000);
	await closed;
	expect(hub.sockets).toBe(0);
});

test('who follows a view that nothing makes any more is told why, and a new try asks for it again', async () => {
	const { url, views, hub } = await start({ roomsPerSocket: 1 });
	const client = await connect(url);
	const states: Snapshot[] = [];
	const problems: Problem[] = [];
	const feed = new Feed(client as never);
	const demo = { lane: 'demo' };
	feed.follow('shell', demo, { state: (state) => states.push(state), problem: (problem) => problems.push(problem) });
	await until(() => states.length === 1);
	views.followed[0]!.lost(new HotcardError('engine-broken', 'The live engine broke.', { remedy: 'Start it again.' }));
	await until(() => problems.length === 1);
	expect(problems).toMatchObject([{ code: 'engine-broken', remedy: 'Start it again.' }]);
	expect([hub.rooms, views.followed[0]!.stopped]).toEqual([0, true]);
	feed.retry('shell', demo);
	await until(() => states.length === 2);
	views.push(2, { lane: 'demo', n: 7 }, 1);
	await until(() => states.length === 3);
	expect(states[2]?.view).toEqual({ lane: 'demo', n: 7 });
});

/** A page's connection whose clock the test sets. */
async function page(url: string) {
	const clock = { time: 1_000_000, now: () => clock.time, after: systemClock.after };
	const link = new Connection(url, clock);
	cleaning.push(() => link.close());
	const states: Snapshot[] = [];
	link.feed.follow('shell', { lane: 'demo' }, { state: (state) => states.push(state), problem: () => {} });
	await until(() => states.length === 1);
	return { link, clock, states };
}

test('the engine is heard with every change, and a lost connection does not count as a word of it', async () => {
	const { url, views, hub } = await start();
	const { link, clock, states } = await page(url);
	views.push(2, { lane: 'demo', n: 2 });
	await until(() => states.length === 2);
	expect(link.heardAt).toBe(1_000_000);
	clock.time += 18_000;
	await hub.close();
	await until(() => !link.connected);
	expect(link.heardAt).toBe(1_000_000);
});

test('another person on the same page is answered anew, and joins nothing of who was there before', async () => {
	const { url, views } = await start();
	const { link, states } = await page(url);
	link.rejoin();
	const late: Snapshot[] = [];
	link.feed.follow('shell', { lane: 'demo' }, { state: (state) => late.push(state), problem: () => {} });
	expect([link.reader, late]).toEqual([1, []]);
	await until(() => states.length === 2);
	expect([views.followed.length, late.length]).toEqual([2, 1]);
});
