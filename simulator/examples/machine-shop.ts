import { Environment } from '../kernel/environment.ts';
import { Interrupt } from '../kernel/error.ts';
import type { Activity } from '../kernel/process.ts';
import { PreemptiveResource } from '../kernel/resource.ts';
import { exponential, normal } from '../random/continuous.ts';
import { deriveStream } from '../random/stream.ts';

const MINUTE = 60;
const WEEK = 7 * 24 * 60 * MINUTE;
const MACHINES = 10;
const PART = { mean: 10 * MINUTE, deviation: 2 * MINUTE };
const BETWEEN_FAILURES = 300 * MINUTE;
const REPAIR = 30 * MINUTE;
const OTHER_JOB = 30 * MINUTE;

/**
 * After SimPy's `machine_shop.py`: ten machines make parts and break down; one repairman, who has less important jobs
 * too, is taken away from them by a broken machine and goes on with them afterwards. Ticks are seconds.
 */
export function machineShop(seed: number, print: (line: string) => void): void {
	const env = new Environment();
	const repairman = new PreemptiveResource(env, 1, 'repairman');
	const parts = new Array<number>(MACHINES).fill(0);
	let jobs = 0;
	let disturbed = 0;

	function machine(index: number): void {
		const lengths = deriveStream(seed, `machine ${index}`, 'parts');
		const failures = deriveStream(seed, `machine ${index}`, 'failures');
		let broken = false;

		function* work(): Activity {
			for (;;) {
				let left = Math.max(1, Math.round(PART.mean + PART.deviation * normal(lengths)));
				while (left > 0) {
					const began = env.now;
					try {
						yield env.timeout(left);
						left = 0;
					} catch (error) {
						if (!(error instanceof Interrupt)) throw error;
						left -= env.now - began;
						broken = true;
						using request = repairman.request(1);
						yield request;
						yield env.timeout(REPAIR);
						broken = false;
					}
				}
				parts[index] = (parts[index] as number) + 1;
			}
		}

		const worker = env.process(work(), `machine ${index}`);
		function* breakDown(): Activity {
			for (;;) {
				yield env.timeout(Math.round(exponential(failures, BETWEEN_FAILURES)));
				if (!broken) worker.interrupt('breakdown');
			}
		}
		env.process(breakDown(), `failures of machine ${index}`);
	}

	function* otherJobs(): Activity {
		for (;;) {
			for (let left = OTHER_JOB; left > 0;) {
				using request = repairman.request(2);
				try {
					yield request;
					yield env.timeout(left);
					left = 0;
				} catch (error) {
					if (!(error instanceof Interrupt && error.cause === request)) throw error;
					left -= env.now - request.since;
					disturbed++;
				}
			}
			jobs++;
		}
	}

	for (let index = 0; index < MACHINES; index++) machine(index);
	env.process(otherJobs(), 'other jobs');
	env.run(4 * WEEK);
	print('Machine shop results after 4 weeks');
	parts.forEach((made, index) => print(`Machine ${index} made ${made} parts.`));
	print(`The repairman finished ${jobs} other jobs and was called away ${disturbed} times.`);
}

if (import.meta.main) machineShop(42, console.log);
