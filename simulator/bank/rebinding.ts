import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Moves debits and payment apps to the new card; with some customers one of them stays behind. */
export function* rebind(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { rebinding } = world.profile;
	const stream = file.stream('rebinding');
	if (stream.next() >= rebinding.share) return;
	yield* file.time.pass(span(stream, rebinding.time));
	const names = Object.keys(rebinding.services);
	const services = names.filter((name) => stream.next() < (rebinding.services[name] as number));
	const first = names[stream.int(0, names.length - 1)] as string;
	if (services.length === 0) services.push(first);
	const stays = stream.next() < rebinding.left;
	const which = services[stream.int(0, services.length - 1)] as string;
	const { caseId, branch } = file;
	const data = { caseId, services, failed: stays ? [which] : undefined };
	world.emit('case.services_rebound', data, branch.source, file.time.now);
}
