import { categorical } from '../random/discrete.ts';
import { HOUR } from '../../src/lib/domain/time.ts';
import { arrivalsOfDay, eachDay } from './load.ts';
import type { Branch } from './network.ts';
import type { Visit } from './visits.ts';
import type { World } from './world.ts';

/** What people want of their cards beside reporting a loss. A machine can do the last ones. */
const SERVICES = ['card_collect', 'card_change', 'card_inquiry', 'card_activate'] as const;
const AT_KIOSK = 2;

/** Card customers of all branches: some book for the next day, some go to a kiosk, the others draw a ticket. */
export function cardVisits(world: World): void {
	for (const branch of world.branches) visitsOf(world, branch);
}

function visitsOf(world: World, branch: Branch): void {
	const { visits, kiosks, appointments } = world.profile;
	const arrivals = world.stream(branch.id, 'card visits');
	const stream = world.stream(branch.id, 'card customers');
	const segments = categorical<Visit['segment']>(visits.segments as Record<Visit['segment'], number>);
	const noon = (visits.opens + visits.closes) / 2;
	eachDay(
		world.env,
		(day) =>
			world.windows.isOpen(branch, day + noon * HOUR)
				? arrivalsOfDay(
						arrivals,
						day,
						visits.hours,
						visits.cardVisitsPerDay * branch.size * world.days.at(day).factor,
						visits.cardVariance
					)
				: [],
		() => {
			const wanted = stream.int(0, SERVICES.length - 1);
			const visit = { branch, service: SERVICES[wanted] as string, segment: segments.draw(stream), stream };
			const self = stream.next() < (kiosks.share * SERVICES.length) / AT_KIOSK;
			const books = stream.next() < appointments.share;
			if (wanted >= AT_KIOSK && self) world.kiosks.come(visit);
			else if (!books || !world.appointments.book(visit)) world.windows.come(visit);
		}
	);
}
