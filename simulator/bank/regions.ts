import type { Branch } from './network.ts';

/** Up to so many branches a bank is one region: everything it shares is shared by all. */
const WHOLE = 400;
/** Branches of a region of a larger bank, about. */
const REGION = 1_000;

/**
 * The parts of a bank that live on their own, each with its provinces whole. How many there are depends on the number of
 * branches alone, so that any number of workers tells the same story.
 */
export function regionsOf(branches: readonly Branch[]): Branch[][] {
	const count = branches.length <= WHOLE ? 1 : Math.max(2, Math.round(branches.length / REGION));
	const provinces = Object.entries(Object.groupBy(branches, ({ province }) => province));
	const sizes = new Map(provinces.map(([province, members = []]) => [province, members.length]));
	const sorted = [...sizes].sort(([, a], [, b]) => b - a);
	const loads = Array.from({ length: Math.min(count, sorted.length) }, () => 0);
	const regionOf = new Map<string, number>();
	for (const [province, size] of sorted) {
		const least = loads.indexOf(Math.min(...loads));
		loads[least] = (loads[least] as number) + size;
		regionOf.set(province, least);
	}
	return loads.map((_, region) => branches.filter(({ province }) => regionOf.get(province) === region));
}

/** The first region has none: a bank of one region names things as if there were no regions. */
export function regionName(index: number): string {
	return index === 0 ? '' : `g${index + 1}`;
}
