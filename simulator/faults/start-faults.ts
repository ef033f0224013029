import type { World } from '../bank/world.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Acting } from './board.ts';
import { COMPONENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Impairment, Part } from './impairment.ts';
import { itsEnd } from './kind.ts';
import { type AnyFault, kindOf } from './read-faults.ts';

/** Puts faults up: those of a file before the run, or one more while it runs. A fault that has begun acts from now on. */
export function startFaults(world: World, faults: readonly AnyFault[]): void {
	const { env, faults: board, profile } = world;
	for (const given of faults) {
		const fault = { ...given };
		const impairments = kindOf(fault).impairs?.(fault as never, profile) ?? [];
		board.add(fault, impairments);
		const acting: Acting = { fault };
		board.acting.set(fault.name, acting);
		env.call(Math.max(0, fault.start - env.now), () => {
			// It may have been taken back at the very tick at which it was put up.
			if (fault.end > env.now)
				acting.process = env.process(lasting(world, fault, partsOf(impairments, profile.sites.names)), fault.name);
		});
	}
}

/** Ends a fault before its time; one that is over stays as it is. */
export function endFault({ env, faults: board }: World, name: string): void {
	const acting = board.acting.get(name);
	if (acting === undefined || acting.fault.end <= env.now) return;
	acting.fault.end = Math.max(acting.fault.start, env.now);
	acting.process?.interrupt('it ends before its time');
}

function* lasting(world: World, fault: AnyFault, parts: readonly Part[]): Generator<SimEvent, void, unknown> {
	const { env } = world;
	const { name, kind, ...rest } = fault;
	// Every region lives through a fault; the first one writes it down.
	const tells = world.region === '';
	if (tells) world.truth('fault.started', { name, kind, ...rest });
	const stream = world.stream(name, 'watch');
	const look = (): void => parts.forEach((part) => world.sites.look(part, stream));
	const looked = parts.length > 0 && !kindOf(fault).outage;
	if (looked) env.call(world.sites.noticing(fault.ramp), look);
	const act = kindOf(fault).act?.(world, fault as never);
	if (act) yield* act;
	yield* itsEnd(world, fault);
	world.faults.acting.delete(name);
	if (tells) world.truth('fault.ended', { name, kind });
	if (looked) env.call(world.sites.noticing(0), look);
}

/** The parts of the sites whose health shows a fault. */
function partsOf(impairments: readonly Impairment[], sites: readonly string[]): Part[] {
	const shown = impairments.filter(({ what }) => what === 'part' || what === 'latency') as Impairment<'part'>[];
	const all = sites.flatMap((site) => COMPONENTS.map((component) => ({ site, component })));
	return all.filter((part) => shown.some((impairment) => impairment.covers(part)));
}
