import { QUEUE_MODELS, type QueueModel } from '../../simulator/models/queue.ts';
import type { Result } from './bench-report.ts';
import { UsageError } from './output.ts';
import { readWords, type Words } from './bench-words.ts';
import { KERNEL_DEFAULTS, wrongKernelWords } from './kernel-words.ts';

export interface Bench {
	about: string;
	/** Needs the built pages: a server is started. */
	server: boolean;
	/** Reads the words (wrong ones throw UsageError) and answers how to run once. */
	prepare(args: readonly string[], usage: string): { words: Words; once: () => Promise<Result> };
	defaults: Readonly<Record<string, string | number | boolean>>;
	/** Runs unless told. */
	runs: number;
	/** Takes `--runs` itself, so that it is called once. */
	ownRuns: boolean;
}

const DEFAULT_RUNS = 5;

type Options = Readonly<Record<string, string | number | boolean>>;

interface Spec<D extends Options> {
	about: string;
	server?: boolean;
	ownRuns?: boolean;
	runs?: number;
	defaults: D;
	run(given: Words<D>['given'], words: Words<D>): Promise<object>;
	check?(given: Words<D>['given'], asked: ReadonlySet<string>): string | undefined;
}

function bench<D extends Options>(spec: Spec<D>): Bench {
	return {
		about: spec.about,
		server: spec.server ?? false,
		ownRuns: spec.ownRuns ?? false,
		defaults: spec.defaults,
		runs: spec.runs ?? DEFAULT_RUNS,
		prepare(args, usage) {
			const words = readWords(args, spec.defaults, { runs: spec.runs ?? DEFAULT_RUNS, seed: 1 }, usage);
			const wrong = spec.check?.(words.given, words.asked);
			if (wrong !== undefined) throw new UsageError(wrong, usage);
			return { words: words as unknown as Words, once: async () => ({ ...(await spec.run(words.given, words)) }) };
		}
	};
}

/** A history is built once and kept; an empty --data is a folder of its own in the temporary folder of the system. */
const HISTORY = { events: 12_000_000, branches: 15_000, days: 30, data: '' };
const historyOf = (given: { events: number; branches: number; days: number; data: string }, seed: number) => {
	const { events, branches, days, data } = given;
	return { events, branches, days, seed, ...(data === '' ? {} : { data }) };
};
const historyFits = ({ events, branches }: { events: number; branches: number }): string | undefined =>
	events < branches * 5
		? '--events is at least five times --branches: each opens and counts its stock first'
		: undefined;

/** Every benchmark by name, with its options and their defaults. The benches themselves are loaded when they are asked for. */
export const BENCHES: Readonly<Record<string, Bench>> = {
	kernel: bench({
		about: `a textbook queue on the simulation kernel: --model ${QUEUE_MODELS.join('|')}, beside SimPy with --peer simpy`,
		runs: 1,
		defaults: KERNEL_DEFAULTS,
		check: wrongKernelWords,
		run: async ({ model, peer, ...given }, { seed }) => {
			const { benchKernel } = await import('../../tests/bench/kernel.ts');
			// The words have been checked.
			const spec = { ...given, model: model as QueueModel, seed };
			const ours = benchKernel(spec);
			if (peer === 'none') return ours;
			const { besideSimpy } = await import('../../tests/bench/simpy.ts');
			return { ...ours, ...(await besideSimpy(spec, ours.customersPerSecond)) };
		}
	}),
	bank: bench({
		about:
			'the full bank as fast as it goes, --output none, parquet or ndjson; 0 cases a day: its share of a million a day',
		runs: 1,
		defaults: {
			profile: 'to-be',
			branches: 2_000,
			days: 3,
			'cases-per-day': 0,
			workers: 1,
			output: 'none'
		},
		check: ({ output }) =>
			['none', 'parquet', 'ndjson'].includes(output) ? undefined : '--output is none, parquet or ndjson',
		run: async (given, { seed }) => {
			const { benchBank } = await import('../../tests/bench/bank.ts');
			const output = given.output as 'none' | 'parquet' | 'ndjson';
			return benchBank({ ...given, output, casesPerDay: given['cases-per-day'], seed });
		}
	}),
	log: bench({
		about: 'appends to the log alone',
		defaults: { events: 100_000, batch: 250, connections: 8, rate: 0 },
		run: async (given) => (await import('../../tests/bench/log.ts')).benchLog(given)
	}),
	projector: bench({
		about: 'parse, enrich, fold and commit to DuckDB alone, beside COPY with --postgres',
		defaults: { events: 1_920_000, postgres: false },
		run: async ({ events, postgres }) =>
			(await import('../../tests/bench/projector.ts')).benchProjector(events, postgres)
	}),
	ingest: bench({
		about: 'batches of events over HTTP; --rate 0 is as fast as answers come',
		server: true,
		defaults: { events: 100_000, batch: 250, connections: 8, rate: 0 },
		run: async (given) => (await import('../../tests/bench/ingest.ts')).benchIngest(given)
	}),
	live: bench({
		about: 'acknowledged to visible in a browser, under load and with viewers',
		server: true,
		runs: 1,
		defaults: { viewers: 100, rate: 500, samples: 40 },
		run: async (given) => (await import('../../tests/bench/live.ts')).benchLive(given)
	}),
	sockets: bench({
		about: 'many sockets on one view: memory and delivery',
		server: true,
		runs: 1,
		defaults: { viewers: 2_000, rate: 500, seconds: 10 },
		run: async (given) => (await import('../../tests/bench/sockets.ts')).benchSockets(given)
	}),
	join: bench({
		about: 'viewers that come late to a busy server: a day of series, then every change',
		server: true,
		ownRuns: true,
		runs: 1,
		defaults: { ...HISTORY, joins: 20, rate: 2_000 },
		check: historyFits,
		run: async (given, { seed }) => {
			const { benchJoin } = await import('../../tests/bench/join.ts');
			return benchJoin({ ...historyOf(given, seed), joins: given.joins, rate: given.rate });
		}
	}),
	import: bench({
		about: 'a CSV of the size of the BPI 2012 log',
		ownRuns: true,
		defaults: { events: 262_200 },
		run: async ({ events }, { runs }) => (await import('../../tests/bench/import.ts')).benchImport({ events, runs })
	}),
	queries: bench({
		about: 'the dashboard’s questions on a long history, beside PostgreSQL with --postgres',
		ownRuns: true,
		runs: 1,
		defaults: { ...HISTORY, times: 20, 'while-ingesting': 0, postgres: false },
		check: historyFits,
		run: async (given, { seed }) => {
			const { benchQueries } = await import('../../tests/bench/queries.ts');
			const { times, postgres } = given;
			return benchQueries({ ...historyOf(given, seed), times, postgres, whileIngesting: given['while-ingesting'] });
		}
	}),
	restart: bench({
		about: 'start of a server on a long history, bytes per event, and rebuild with --rebuild',
		server: true,
		ownRuns: true,
		defaults: { ...HISTORY, rebuild: false },
		check: historyFits,
		run: async (given, { seed, runs }) => {
			const { benchRestart } = await import('../../tests/bench/restart.ts');
			return benchRestart({ ...historyOf(given, seed), runs, rebuild: given.rebuild });
		}
	}),
	heatmap: bench({
		about: 'redraw of some 12,000 cells in a browser; first paint, payload and clicks of the screens',
		server: true,
		ownRuns: true,
		runs: 1,
		defaults: { ...HISTORY, events: 60_000, branches: 144, times: 20 },
		check: historyFits,
		run: async (given, { seed }) => {
			const { benchScreens } = await import('../../tests/bench/screens.ts');
			return benchScreens({ ...historyOf(given, seed), times: given.times });
		}
	})
};
