import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Line } from '../../../simulator/bank/line.ts';
import type { Server } from '../../../simulator/bank/serving.ts';
import { LATE } from '../../../simulator/kernel/event.ts';
import { Environment } from '../../../simulator/kernel/environment.ts';
import { DAY } from '../../../src/lib/domain/time.ts';

/** Long against the number of events, so that two hardly ever fall on the same tick. */
const LONG = 5_000_000;
const START = Date.parse('2026-11-02T00:00:00+08:00');
/** Odd for the crowd, even for the clients, so that no two come at the same tick. */
const crowdOf = fc.array(fc.tuple(fc.nat(LONG), fc.integer({ min: 1, max: LONG / 8 })), { maxLength: 60 });
const clientsOf = fc.array(
	fc.record({
		at: fc.nat(LONG),
		rank: fc.integer({ min: 0, max: 2 }),
		needs: fc.constantFrom(0, 1),
		patience: fc.constantFrom(LONG / 500, LONG / 50, LONG / 5, Infinity),
		takes: fc.integer({ min: 1, max: LONG / 8 })
	}),
	{ maxLength: 25 }
);
const serversOf = fc.array(fc.constantFrom(0.8, 1, 1.25), { minLength: 1, maxLength: 4 });
const awayOf = fc.option(fc.tuple(fc.nat(LONG), fc.nat(LONG)), { nil: undefined });

interface Run {
	crowd: [number, number][];
	clients: { at: number; rank: number; needs: number; patience: number; takes: number }[];
	speeds: number[];
	away: [number, number] | undefined;
}

/** Runs a line and answers what befell each client, with its final reading. */
function run({ crowd, clients, speeds, away }: Run, explicit: boolean) {
	const env = new Environment(START);
	// The first one can do everything, the others only what needs nothing.
	const servers: Server[] = speeds.map((speed, index) => ({ name: `s${index}`, skills: index === 0 ? 1 : 0, speed }));
	const arrivals = [...new Map(crowd.map(([at, takes]) => [START + 2 * at + 1, takes])).entries()].sort(
		([a], [b]) => a - b
	);
	let drawn = 0;
	const line = new Line(
		env,
		'line',
		servers,
		explicit
			? undefined
			: {
					arrivals: (day) => (day === START ? arrivals.map(([at]) => at) : []),
					service: () => (arrivals[drawn++] as [number, number])[1],
					most: Infinity
				}
	);
	const happened: string[] = [];
	const serve = (name: string | null, takes: number) => (server: Server, waited: number) => {
		if (name !== null) happened.push(`${name} by ${server.name} at ${env.now} after ${waited}`);
		const time = name === null ? Math.max(1, Math.round(takes / server.speed)) : takes;
		env.call(time, () => line.free(server));
	};
	if (explicit)
		for (const [at, takes] of arrivals)
			env.call(
				at - START,
				() => {
					line.join({ rank: 1, needs: 0, patience: Infinity, serve: serve(null, takes), leave: () => undefined });
				},
				LATE
			);
	clients.forEach(({ at, rank, needs, patience, takes }, index) =>
		env.call(2 * at, () =>
			line.join({
				rank,
				needs,
				patience,
				serve: serve(`c${index}`, takes),
				leave: (waited) => happened.push(`c${index} left at ${env.now} after ${waited}`)
			})
		)
	);
	if (away) {
		const last = servers.length - 1;
		env.call(2 * away[0], () => line.attend(last, false));
		env.call(2 * (away[0] + away[1]), () => line.attend(last, true));
	}
	env.run(START + DAY / 2);
	return { happened, reading: line.read() };
}

describe('a line', () => {
	test.prop({ crowd: crowdOf, clients: clientsOf, speeds: serversOf, away: awayOf }, { numRuns: 300 })(
		'keeps Little’s law to the tick, and serves or loses everybody once',
		(input) => {
			const { happened, reading } = run(input as Run, false);
			expect(reading.area).toBe(reading.waits);
			expect(new Set(happened.map((text) => text.split(' ')[0])).size).toBe(happened.length);
			if (reading.waiting === 0) expect(happened).toHaveLength(input.clients.length);
		}
	);

	test.prop({ crowd: crowdOf, clients: clientsOf, speeds: serversOf, away: awayOf }, { numRuns: 300 })(
		'treats its clients as if each of the crowd had stood in the calendar',
		(input) => {
			const lazy = run(input as Run, false);
			const explicit = run(input as Run, true);
			expect(lazy.happened).toEqual(explicit.happened);
			expect(lazy.reading).toEqual(explicit.reading);
		}
	);
});
