import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU time (s) and memory (MB) of a process, as Linux counts them. */
export function usageOf(pid: number): { cpuSeconds: number; rssMb: number; peakRssMb: number } {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
	return {
		cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
		rssMb: kilobytes('VmRSS'),
		peakRssMb: kilobytes('VmHWM')
	};
}
