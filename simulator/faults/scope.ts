import * as z from 'zod';
import type { Branch } from '../bank/network.ts';
import { type Desk, GROUPS } from './impairment.ts';

/** Branches by their ids, or all of a province or city; a branch that any of the three names is hit. Empty: all branches. */
const places = {
	branches: z.array(z.string()).min(1).optional(),
	provinces: z.array(z.string()).min(1).optional(),
	cities: z.array(z.string()).min(1).optional()
};
export const branchScope = z.strictObject(places).default({});

/** The same for people; phone and video agents serve the whole bank, and approvers a province or the whole bank. */
export const peopleScope = z
	.strictObject({ ...places, groups: z.array(z.enum(GROUPS)).min(1).default(['tellers']) })
	.default({ groups: ['tellers'] });

export type BranchScope = z.infer<typeof branchScope>;
export type PeopleScope = z.infer<typeof peopleScope>;

export function everywhere({ branches, provinces, cities }: BranchScope): boolean {
	return branches === undefined && provinces === undefined && cities === undefined;
}

export function covering(scope: BranchScope): (branch: Branch) => boolean {
	if (everywhere(scope)) return () => true;
	const [branches, provinces, cities] = [scope.branches, scope.provinces, scope.cities].map((names) => new Set(names));
	return ({ id, province, city }) =>
		branches?.has(id) === true || provinces?.has(province) === true || cities?.has(city) === true;
}

export function staffing({ groups, provinces, ...scope }: PeopleScope): (desk: Desk) => boolean {
	const all = everywhere({ provinces, ...scope });
	return ({ group, province }) =>
		groups.includes(group) && (all || (province !== undefined && provinces?.includes(province) === true));
}

/** The first part of a scope that is narrower than what one of its groups serves; undefined where there is none. */
export function tooNarrow(scope: Partial<PeopleScope>): { group: Desk['group']; key: keyof BranchScope } | undefined {
	for (const group of scope.groups ?? []) {
		if (group === 'tellers') continue;
		const narrow = (['branches', 'cities', 'provinces'] as const).filter((key) => scope[key] !== undefined);
		const key = narrow.find((each) => each !== 'provinces' || group !== 'approvers');
		if (key !== undefined) return { group, key };
	}
	return undefined;
}
