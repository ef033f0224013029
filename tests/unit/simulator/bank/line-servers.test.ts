import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EndQueue } from '../../../../simulator/bank/end-queue.ts';
import { LineServers } from '../../../../simulator/bank/line-servers.ts';

test('ends come out by time, of several at one time the lowest server first: property', () => {
	const given = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
	fc.assert(
		fc.property(given, (times) => {
			const queue = new EndQueue(times.length);
			for (const [server, at] of times.entries()) queue.add(server, at);
			const taken = times.map(() => [queue.time, queue.take()]);
			expect(taken).toEqual(times.map((at, server) => [at, server]).sort(([a, i], [b, j]) => a! - b! || i! - j!));
			expect(queue.time).toBe(Infinity);
		})
	);
});

type Step = { do: 'occupy' | 'vacate' | 'come' | 'go'; index: number; later: number };

test('who has been free for longest is found as by looking at everybody: property', () => {
	const steps = fc.array(
		fc.record({
			do: fc.constantFrom<Step['do'][]>('occupy', 'vacate', 'come', 'go'),
			index: fc.nat(5),
			later: fc.nat(2)
		}),
		{ maxLength: 80 }
	);
	fc.assert(
		fc.property(steps, (all) => {
			const servers = Array.from({ length: 6 }, (_, at) => ({ name: `s${at}`, skills: at % 3, speed: 1 }));
			const line = new LineServers(servers, 0);
			const since = servers.map(() => 0);
			const present = servers.map(() => true);
			let now = 0;
			for (const step of all) {
				now += step.later;
				const { index } = step;
				const busy = since[index] === Infinity;
				if (step.do === 'occupy' && !busy && present[index]) {
					line.occupy(index);
					since[index] = Infinity;
				} else if (step.do === 'vacate' && busy) {
					line.vacate(index, now);
					since[index] = now;
				} else if (step.do === 'come' && !present[index]) {
					expect(line.attend(index, true, now)).toBe(!busy);
					present[index] = true;
					if (!busy) since[index] = now;
				} else if (step.do === 'go' && present[index]) {
					expect(line.attend(index, false, now)).toBe(false);
					present[index] = false;
				}
				for (const needs of [0, 1, 2])
					for (const not of [undefined, servers[0]]) {
						const able = servers.filter(
							(server, at) =>
								present[at] && since[at]! < Infinity && (server.skills & needs) === needs && server !== not
						);
						const first = Math.min(...able.map((server) => since[servers.indexOf(server)]!));
						const expected = servers.findIndex((server, at) => able.includes(server) && since[at] === first);
						expect(line.freeFor(needs, not)).toBe(expected);
					}
				expect(line.present).toBe(present.filter(Boolean).length);
			}
		})
	);
});
