import type { World } from '../bank/world.ts';
import type { SimEvent } from '../kernel/event.ts';
import { COMPONENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Impairment, Part } from './impairment.ts';
import { type AnyFault, kindOf } from './read-faults.ts';

/** How long the watch over the sites takes to notice that something is as it should not be, or is so again, ms. */
const NOTICED = 5_000;

/** Puts faults up: those of a file before the run, or one more while it runs. A fault that has begun acts from now on. */
export function startFaults(world: World, faults: readonly AnyFault[]): void {
	const { env, faults: board, profile } = world;
	for (const fault of faults) {
		const impairments = kindOf(fault).impairs?.(fault as never, profile.sites.names) ?? [];
		board.add({ ...fault, impairments });
		env.call(Math.max(0, fault.start - env.now), () =>
			env.process(lasting(world, fault, partsOf(impairments, profile.sites.names)), fault.name)
		);
	}
}

function* lasting(world: World, fault: AnyFault, parts: readonly Part[]): Generator<SimEvent, void, unknown> {
	const { env } = world;
	const { name, kind, ...rest } = fault;
	world.truth('fault.started', { name, kind, ...rest });
	const stream = world.stream(name, 'watch');
	const look = (): void => parts.forEach((part) => world.sites.look(part, stream));
	if (parts.length > 0) {
		env.call(fault.ramp + NOTICED, look);
		env.call(Math.max(0, fault.end - env.now) + NOTICED, look);
	}
	const act = kindOf(fault).act?.(world, fault as never);
	if (act) yield* act;
	yield env.timeout(Math.max(0, fault.end - env.now));
	world.truth('fault.ended', { name, kind });
}

/** The parts of the sites whose health shows a fault. */
function partsOf(impairments: readonly Impairment[], sites: readonly string[]): Part[] {
	const shown = impairments.filter(({ what }) => what === 'part' || what === 'latency') as Impairment<'part'>[];
	const all = sites.flatMap((site) => COMPONENTS.map((component) => ({ site, component })));
	return all.filter((part) => shown.some((impairment) => impairment.covers(part)));
}
