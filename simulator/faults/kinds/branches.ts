import * as z from 'zod';
import type { World } from '../../bank/world.ts';
import type { Impairment } from '../impairment.ts';
import { itsEnd, kind, pause, timing } from '../kind.ts';
import { branchScope, covering, type PeopleScope, peopleScope, staffing } from '../scope.ts';

const strength = z.number().min(0).max(1).default(1);

/** Card printers in the branches stop one after the other during the ramp; `strength` is the share that does. */
export const printerFailures = kind({
	schema: z.strictObject({ kind: z.literal('printer-failures'), ...timing, scope: branchScope, strength }),
	*act(world, fault) {
		const { env } = world;
		const hit = world.branches
			.filter((branch) => branch.instantDevice && covering(fault.scope)(branch))
			.map((branch) => ({ branch, luck: world.stream(branch.id, `fault ${fault.name}`) }))
			.filter(({ luck }) => luck.next() < fault.strength);
		const back: (() => void)[] = [];
		for (const { branch, luck } of hit)
			env.call(Math.floor(luck.next() * fault.ramp), () => {
				if (env.now < fault.end)
					back.push(world.devices.stop(branch, world.devices.instantId(branch), 'printer_fault'));
			});
		yield* itsEnd(world, fault);
		for (const restart of back) restart();
	}
});

/** Blank cards are lost, `strength` being the share of each shelf, and none are supplied until the end makes up for them. */
export const stockLoss = kind({
	schema: z.strictObject({
		kind: z.literal('stock-loss'),
		...timing,
		scope: branchScope,
		product: z.string().optional(),
		strength
	}),
	impairs: ({ scope }) => [{ what: 'supply', strength: 1, covers: covering(scope) } satisfies Impairment<'supply'>],
	*act(world, fault) {
		const products = world.profile.stock.products.filter((each) => [undefined, each].includes(fault.product));
		const back = world.branches
			.filter(covering(fault.scope))
			.flatMap((branch) => products.map((product) => world.stock.lose(branch, product, fault.strength)));
		yield* itsEnd(world, fault);
		for (const makeUp of back) makeUp();
	}
});

/** Couriers stand still: `strength` is the share of them that does, and the others' parcels wait for them. */
export const courierStrike = kind({
	schema: z.strictObject({ kind: z.literal('courier-strike'), ...timing, scope: branchScope, strength }),
	impairs: ({ scope, strength }) => [
		{ what: 'courier', strength, covers: covering(scope) } satisfies Impairment<'courier'>
	]
});

/** People do not come to work: `strength` is the share of windows that stay closed, or of the agents and approvers who are missing. */
export const staffAbsence = kind({
	schema: z.strictObject({
		kind: z.literal('staff-absence'),
		...timing,
		scope: peopleScope,
		strength: z.number().min(0).max(1)
	}),
	impairs: ({ scope, strength }): Impairment[] => [
		...(scope.groups.includes('tellers')
			? [{ what: 'staff', strength, covers: covering(scope) } satisfies Impairment<'staff'>]
			: []),
		{ what: 'people', strength, covers: staffing(scope) } satisfies Impairment<'people'>
	],
	*act(world, fault) {
		if (fault.ramp > 0) {
			yield* pause(world, fault, Math.ceil(fault.ramp / 2));
			attend(world, fault);
			yield* pause(world, fault, Math.floor(fault.ramp / 2));
		}
		attend(world, fault);
		yield* itsEnd(world, fault);
		attend(world, fault);
	}
});

function attend(world: World, { scope }: { readonly scope: PeopleScope }): void {
	const { groups } = scope;
	if (groups.includes('tellers')) world.windows.attend(world.branches.filter(covering(scope)));
	if (groups.includes('phone')) world.phone.attend();
	if (groups.includes('approvers')) world.approvals.attend();
	if (groups.includes('video')) world.video.attend();
}
