import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../../simulator/bank/open-profile.ts';
import { simulateRegions } from '../../simulator/bank/simulate.ts';

export interface BankBenchOptions {
	profile: string;
	branches: number;
	days: number;
	seed: number;
	/** Threads; one shows what one core does. */
	workers: number;
	/** Cases a day of the whole bank; 0 for the share of its branches in the nation's million. */
	casesPerDay: number;
	output: 'none' | 'parquet' | 'ndjson';
}

export interface BankBenchAnswer {
	output: string;
	branches: number;
	regions: number;
	workers: number;
	cases: number;
	events: number;
	seconds: number;
	casesPerSecond: number;
	casesPerCpuSecond: number;
	eventsPerSecond: number;
	peakRssMb: number;
}

const NATION = { cases: 1_000_000, branches: 15_000 };

/** Runs the full bank as fast as it goes, its events counted or written to a folder that is removed. */
export async function benchBank(options: BankBenchOptions): Promise<BankBenchAnswer> {
	const { branches, days, seed, workers, output } = options;
	const casesPerDay = options.casesPerDay || Math.round((branches * NATION.cases) / NATION.branches);
	const profile = await openProfile(options.profile);
	const folder = output === 'none' ? null : await mkdtemp(join(tmpdir(), 'hotcard-bench-bank-'));
	const formats = output === 'none' ? [] : [output];
	const cpu = process.cpuUsage();
	const began = performance.now();
	try {
		const run = { profile, from: '2026-11-04', days, seed, branches, casesPerDay };
		const { cases, events, regions } = await simulateRegions(run, folder, { workers, formats });
		const seconds = (performance.now() - began) / 1_000;
		const { user, system } = process.cpuUsage(cpu);
		return {
			...{ output, branches, regions, workers, cases, events, seconds },
			casesPerSecond: Math.round(cases / seconds),
			casesPerCpuSecond: Math.round((cases / (user + system)) * 1e6),
			eventsPerSecond: Math.round(events / seconds),
			peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024)
		};
	} finally {
		if (folder !== null) await rm(folder, { recursive: true });
	}
}
