import * as z from 'zod';
import type { Branch } from '../bank/network.ts';

/** Branches by their ids, or all of a province or city; a branch that any of the three names is hit. Empty: all branches. */
export const branchScope = z
	.strictObject({
		branches: z.array(z.string()).min(1).optional(),
		provinces: z.array(z.string()).min(1).optional(),
		cities: z.array(z.string()).min(1).optional()
	})
	.default({});

export type BranchScope = z.infer<typeof branchScope>;

export function everywhere({ branches, provinces, cities }: BranchScope): boolean {
	return branches === undefined && provinces === undefined && cities === undefined;
}

export function covering(scope: BranchScope): (branch: Branch) => boolean {
	if (everywhere(scope)) return () => true;
	const [branches, provinces, cities] = [scope.branches, scope.provinces, scope.cities].map((names) => new Set(names));
	return ({ id, province, city }) =>
		branches?.has(id) === true || provinces?.has(province) === true || cities?.has(city) === true;
}
