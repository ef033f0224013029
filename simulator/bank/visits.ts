import type { SEGMENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { Resource } from '../kernel/resource.ts';
import type { Stream } from '../random/stream.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { dayFactor } from './arrivals.ts';
import { hourOf, midnight, weekdayOf } from './bank-time.ts';
import { arrivalsOfDay, eachDay } from './load.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

export interface Visit {
	branch: Branch;
	caseId?: string;
	service: string;
	segment: (typeof SEGMENTS)[number];
	appointment?: boolean;
	stream: Stream;
	/** What happens at the window between the papers and the system's work. */
	during?: () => Generator<SimEvent, void, unknown>;
}

const SERVICES = ['card_collect', 'card_inquiry', 'card_change', 'card_activate'] as const;

/** The windows of all branches, with their queues: card customers and everybody else wait in the same line. */
export class Windows {
	readonly #world: World;
	readonly #windows = new Map<string, Resource>();

	constructor(world: World) {
		this.#world = world;
		for (const branch of world.branches)
			this.#windows.set(branch.id, new Resource(world.env, branch.windows, `windows of ${branch.id}`));
	}

	isOpen(branch: Branch, at: number): boolean {
		const { opens, closes } = this.#world.profile.visits;
		const hour = hourOf(at);
		return hour >= opens && hour < closes && !(branch.closedSunday && weekdayOf(at) === 6);
	}

	/** The first moment from `at` on at which the branch is open. */
	nextOpen(branch: Branch, at: number): number {
		const { opens } = this.#world.profile.visits;
		for (let day = midnight(at); ; day += DAY) {
			const moment = Math.max(at, day + opens * HOUR);
			if (moment < day + DAY && this.isOpen(branch, moment)) return moment;
		}
	}

	/** Everybody who comes to a branch of their own accord: other business without events, card visits with them. */
	open(): void {
		for (const branch of this.#world.branches) {
			this.#otherBusiness(branch);
			this.#cardVisits(branch);
		}
	}

	/** One visit from ticket to end; answers false where the customer left before being called. */
	*visit(visit: Visit): Generator<SimEvent, boolean, unknown> {
		const { env, profile } = this.#world;
		const { branch, stream, service, segment } = visit;
		const windows = this.#windows.get(branch.id) as Resource;
		const visitId = this.#world.nextId(`V-${branch.id}`);
		const base = { visitId, branchId: branch.id };
		const ticketAt = env.now;
		this.#world.emit(
			'visit.ticket_taken',
			{
				...base,
				...(visit.caseId ? { caseId: visit.caseId } : {}),
				service,
				segment,
				...(visit.appointment ? { appointment: true } : {})
			},
			branch.source
		);
		const request = windows.request();
		const patience = span(stream, profile.visits.patience);
		if (request.state === 'waiting') {
			yield env.anyOf([request, env.timeout(patience)]);
			if (request.state === 'waiting') {
				windows.release(request);
				const waitedSeconds = Math.round((env.now - ticketAt) / 1_000);
				this.#world.emit('visit.abandoned', { ...base, waitedSeconds }, branch.source);
				return false;
			}
		}
		const window = `W${stream.int(1, branch.windows)}`;
		const teller = `T-${branch.id}-${window}`;
		const at = { ...base, teller };
		this.#world.emit('visit.called', { ...at, window }, branch.source);
		yield env.timeout(span(stream, profile.visits.check, branch.slowness));
		this.#world.emit('visit.material_checked', at, branch.source);
		if (visit.during) yield* visit.during();
		const systemMs = span(stream, profile.visits.process, branch.slowness);
		yield env.timeout(systemMs);
		this.#world.emit('visit.system_processed', { ...at, systemMs }, branch.source);
		yield env.timeout(span(stream, profile.visits.finish, branch.slowness));
		this.#world.emit('visit.completed', at, branch.source);
		windows.release(request);
		return true;
	}

	#otherBusiness(branch: Branch): void {
		const { env, profile } = this.#world;
		const { visits } = profile;
		const windows = this.#windows.get(branch.id) as Resource;
		const stream = this.#world.stream(branch.id, 'other business');
		const open = visits.hours.filter((weight) => weight > 0).length * HOUR;
		const mean = (visits.otherLoad * branch.windows * open) / visits.otherService.mean;
		const free = (): void => windows.free();
		eachDay(
			env,
			(day) =>
				this.#opensOn(branch, day)
					? arrivalsOfDay(stream, day, visits.hours, mean * dayFactor(this.#world, day), 0.01)
					: [],
			() => {
				// Nobody joins a line that fills the hall.
				if (windows.waiting > 4 * branch.windows) return;
				windows.seize(() => env.call(span(stream, visits.otherService, branch.slowness), free));
			}
		);
	}

	#cardVisits(branch: Branch): void {
		const { env, profile } = this.#world;
		const { visits } = profile;
		const arrivals = this.#world.stream(branch.id, 'card visits');
		eachDay(
			env,
			(day) => {
				if (!this.#opensOn(branch, day)) return [];
				const mean = visits.cardVisitsPerDay * branch.size * dayFactor(this.#world, day);
				return arrivalsOfDay(arrivals, day, visits.hours, mean, 0.05);
			},
			(nth, day) => {
				const stream = this.#world.stream(branch.id, `card visit ${day} ${nth}`);
				const service = SERVICES[stream.int(0, SERVICES.length - 1)] as string;
				const luck = stream.next();
				const segment = luck < 0.3 ? 'elderly' : luck < 0.38 ? 'new' : luck < 0.43 ? 'vip' : 'standard';
				const visit = { branch, service, segment, appointment: stream.next() < 0.15, stream } as const;
				env.process(this.visit(visit), `visit at ${branch.id}`);
			}
		);
	}

	#opensOn(branch: Branch, day: number): boolean {
		return this.isOpen(branch, day + this.#world.profile.visits.opens * HOUR);
	}
}
