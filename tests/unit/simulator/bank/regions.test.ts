import { describe, expect, test } from 'vitest';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { regionsOf } from '../../../../simulator/bank/regions.ts';
import { toBe } from './profile-file.ts';

describe('the regions of a bank', () => {
	test.each([
		[200, 1],
		[400, 1],
		[401, 2],
		[2_000, 2],
		[15_000, 15]
	])('of %i branches are %i', (branches, count) => {
		expect(regionsOf(createNetwork(1, branches, toBe()))).toHaveLength(count);
	});

	test('hold every branch once, provinces whole, and none is much larger than the largest province', () => {
		const branches = createNetwork(1, 15_000, toBe());
		const regions = regionsOf(branches);
		expect(new Set(regions.flat()).size).toBe(15_000);
		expect(regions.flat()).toHaveLength(15_000);
		const provinces = regions.map((members) => new Set(members.map(({ province }) => province)));
		expect(provinces.reduce((sum, each) => sum + each.size, 0)).toBe(
			new Set(branches.map(({ province }) => province)).size
		);
		expect(Math.max(...regions.map(({ length }) => length))).toBeLessThan(2_000);
	});
});
