import * as z from 'zod';
import { DAY, HOUR } from '../../../src/lib/domain/time.ts';
import type { World } from '../../bank/world.ts';
import type { SimEvent } from '../../kernel/event.ts';
import type { Stream } from '../../random/stream.ts';
import type { Span } from '../impairment.ts';
import { factor, itsEnd, kind, timing } from '../kind.ts';
import { type More, MoreReports } from '../more-reports.ts';
import { type BranchScope, branchScope, covering } from '../scope.ts';

/** More loss reports than usual: `strength` times as many at full strength. Those that come anyway come unchanged. */
export const surge = kind({
	schema: z.strictObject({
		kind: z.literal('surge'),
		...timing,
		scope: branchScope,
		strength: factor
	}),
	brings({ scope, strength, start, end }, { branches, profile }) {
		const size = branches.filter(covering(scope)).reduce((sum, branch) => sum + branch.size, 0);
		return ((strength - 1) * profile.arrivals.casesPerBranchDay * size * (end - start)) / DAY;
	},
	act: (world, fault) =>
		moreReports(world, fault, { perHour: (branch) => (fault.strength - 1) * world.usualReports(branch) })
});

/** False reports, coordinated, from few devices at the branches of the scope. */
export const fraudWave = kind({
	schema: z.strictObject({
		kind: z.literal('fraud-wave'),
		...timing,
		scope: branchScope,
		reportsPerBranchHour: z.number().min(0).max(600),
		devices: z.number().int().min(1).max(1_000).default(3)
	}),
	brings: ({ scope, reportsPerBranchHour, start, end }, { branches }) =>
		(reportsPerBranchHour * branches.filter(covering(scope)).length * (end - start)) / HOUR,
	act(world, fault) {
		const luck = world.stream(fault.name, 'devices');
		const devices = Array.from({ length: fault.devices }, () => fingerprint(luck));
		const device = (): string => devices[luck.int(0, fault.devices - 1)] as string;
		return moreReports(world, fault, { perHour: () => fault.reportsPerBranchHour, device });
	}
});

/** Like that of any other device. */
function fingerprint(stream: Stream): string {
	return `dev-x${Math.floor(stream.wide() * 36 ** 9)
		.toString(36)
		.padStart(9, '0')}`;
}

function* moreReports(
	world: World,
	fault: Span & { readonly name: string; readonly scope: BranchScope },
	more: More
): Generator<SimEvent, void, unknown> {
	for (const branch of world.branches.filter(covering(fault.scope))) new MoreReports(world, fault, branch, more);
	yield* itsEnd(world, fault);
}
