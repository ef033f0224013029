import { Environment } from '../kernel/environment.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Activity } from '../kernel/process.ts';
import { Resource } from '../kernel/resource.ts';
import { exponential } from '../random/continuous.ts';
import { deriveStream } from '../random/stream.ts';

const MINUTE = 60;
const TICKETS = 50;
const BETWEEN = 0.5 * MINUTE;
const LENGTH = 120 * MINUTE;
/** With fewer tickets left nobody buys any more. */
const SOLD_OUT = 2;

interface Movie {
	readonly name: string;
	readonly soldOut: SimEvent<undefined>;
	left: number;
	soldOutAt: number | null;
	gone: number;
}

/**
 * After SimPy's `movie_renege.py`: one ticket counter, three films. When a film is sold out, all who stand in line for
 * it leave: each waits for its turn or for that event. Ticks are seconds; prints in minutes.
 */
export function movieRenege(seed: number, print: (line: string) => void): void {
	const env = new Environment();
	const counter = new Resource(env, 1, 'counter');
	const arrivals = deriveStream(seed, 'cinema', 'arrivals');
	const choices = deriveStream(seed, 'cinema', 'choices');
	const movies = ['Python Unchained', 'Kill Process', 'Pulp Implementation'].map((name): Movie => {
		return { name, soldOut: env.event(`${name} sold out`), left: TICKETS, soldOutAt: null, gone: 0 };
	});

	function* movieGoer(movie: Movie, tickets: number): Activity {
		using turn = counter.request();
		yield env.anyOf([turn, movie.soldOut as SimEvent]);
		if (turn.state !== 'held') {
			movie.gone++;
			return;
		}
		if (movie.left < tickets) {
			yield env.timeout(0.5 * MINUTE);
			return;
		}
		movie.left -= tickets;
		if (movie.left < SOLD_OUT && movie.soldOutAt === null) {
			movie.soldOut.succeed();
			movie.soldOutAt = env.now;
			movie.left = 0;
		}
		yield env.timeout(MINUTE);
	}

	function* customers(): Activity {
		for (let i = 0; ; i++) {
			yield env.timeout(Math.round(exponential(arrivals, BETWEEN)));
			const movie = movies[choices.int(0, movies.length - 1)] as Movie;
			const tickets = choices.int(1, 6);
			if (movie.left > 0) env.process(movieGoer(movie, tickets), `movie goer ${i}`);
		}
	}

	print('Movie renege');
	env.process(customers(), 'customers');
	env.run(LENGTH);
	for (const { name, soldOutAt, gone } of movies) {
		if (soldOutAt === null) continue;
		print(`"${name}" sold out ${(soldOutAt / MINUTE).toFixed(1)} minutes after the counter opened.`);
		print(`  ${gone} people left the line then.`);
	}
}

if (import.meta.main) movieRenege(42, console.log);
