import * as z from 'zod';
import { HOUR } from '../../../src/lib/domain/time.ts';
import type { Branch } from '../../bank/network.ts';
import { hourOf } from '../../bank/bank-time.ts';
import type { World } from '../../bank/world.ts';
import type { SimEvent } from '../../kernel/event.ts';
import { poisson } from '../../random/discrete.ts';
import type { Stream } from '../../random/stream.ts';
import { levelOf, type Span } from '../impairment.ts';
import { kind, pause, timing } from '../kind.ts';
import { branchScope, covering } from '../scope.ts';

/** More loss reports than usual: `strength` times as many at full strength. Those that come anyway come unchanged. */
export const surge = kind({
	schema: z.strictObject({
		kind: z.literal('surge'),
		...timing,
		scope: branchScope,
		strength: z.number().min(1)
	}),
	*act(world, fault) {
		const { casesPerBranchDay, hours } = world.profile.arrivals;
		const total = hours.reduce((sum, weight) => sum + weight, 0);
		const perHour = (branch: Branch): number => {
			const usual = (casesPerBranchDay * branch.size * (hours[hourOf(world.env.now)] ?? 0)) / total;
			return (fault.strength - 1) * usual;
		};
		yield* moreReports(world, fault, { branches: world.branches.filter(covering(fault.scope)), perHour });
	}
});

/** False reports, coordinated, from few devices at the branches of the scope. */
export const fraudWave = kind({
	schema: z.strictObject({
		kind: z.literal('fraud-wave'),
		...timing,
		scope: branchScope,
		reportsPerBranchHour: z.number().min(0),
		devices: z.number().int().min(1).default(3)
	}),
	*act(world, fault) {
		const branches = world.branches.filter(covering(fault.scope));
		const luck = world.stream(fault.name, 'devices');
		const devices = Array.from({ length: fault.devices }, () => fingerprint(luck));
		const device = (): string => devices[luck.int(0, fault.devices - 1)] as string;
		yield* moreReports(world, fault, { branches, perHour: () => fault.reportsPerBranchHour, device });
	}
});

/** Like that of any other device. */
function fingerprint(stream: Stream): string {
	return `dev-x${Math.floor(stream.wide() * 36 ** 9)
		.toString(36)
		.padStart(9, '0')}`;
}

interface More {
	readonly branches: readonly Branch[];
	/** Reports an hour and branch at full strength, asked at the beginning of each slice of time. */
	readonly perHour: (branch: Branch) => number;
	/** Set where the reports are false: the device that the next one comes from. */
	readonly device?: () => string;
}

/** Additional reports as a Poisson process in slices of a quarter of an hour, each branch with a stream of its own. */
function* moreReports(
	world: World,
	fault: Span & { readonly name: string },
	{ branches, perHour, device }: More
): Generator<SimEvent, void, unknown> {
	const { env } = world;
	const slice = HOUR / 4;
	const streams = branches.map((branch) => world.stream(branch.id, `fault ${fault.name}`));
	while (env.now < fault.end) {
		const length = Math.min(slice, fault.end - env.now);
		const level = levelOf(fault, env.now + Math.floor(length / 2));
		branches.forEach((branch, index) => {
			const stream = streams[index] as (typeof streams)[number];
			for (let more = poisson(stream, (perHour(branch) * level * length) / HOUR); more > 0; more--) {
				env.call(Math.floor(stream.next() * length), () => {
					if (env.now < fault.end) world.report(branch, device?.());
				});
			}
		});
		yield* pause(world, fault, length);
	}
}
