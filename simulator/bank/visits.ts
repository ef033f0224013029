import type { SEGMENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { hourOf, midnight, weekdayOf } from './bank-time.ts';
import { Line } from './line.ts';
import type { Server } from './serving.ts';
import { arrivalsOfDay } from './load.ts';
import type { Branch } from './network.ts';
import { shifts } from './shifts.ts';
import { CARDS, type Teller, tellersOf } from './tellers.ts';
import { span, type World } from './world.ts';

export interface Visit {
	readonly branch: Branch;
	readonly caseId?: string;
	readonly service: string;
	readonly segment: (typeof SEGMENTS)[number];
	readonly appointment?: boolean;
	/** Everything is drawn on arrival, so that nobody's luck depends on who waits before them. */
	readonly stream: Stream;
	/** What happens at the window between the papers and the system's work; it calls `next` when it is over. */
	readonly during?: (next: () => void) => void;
	/** Ends the visit; not served where the customer left before being called. */
	readonly end?: (served: boolean, waited: number) => void;
}

/** The windows of all branches, with their queues: card customers and everybody else wait in the same line. */
export class Windows {
	readonly #world: World;
	readonly #lines = new Map<string, Line>();
	#change: (hit: ReadonlySet<Branch>) => void = () => undefined;

	constructor(world: World) {
		this.#world = world;
		for (const branch of world.branches) {
			const line = new Line(world.env, `windows of ${branch.id}`, tellersOf(world, branch), this.#others(branch));
			world.lines.push(line);
			this.#lines.set(branch.id, line);
		}
	}

	isOpen(branch: Branch, at: number): boolean {
		const { opens, closes } = this.#world.profile.visits;
		const hour = hourOf(at);
		return hour >= opens && hour < closes && this.#opensOn(branch, at);
	}

	/** The first moment from `at` on at which the branch is open. */
	nextOpen(branch: Branch, at: number): number {
		const { opens } = this.#world.profile.visits;
		for (let day = midnight(at); ; day += DAY) {
			const moment = Math.max(at, day + opens * HOUR);
			if (moment < day + DAY && this.isOpen(branch, moment)) return moment;
		}
	}

	/** Sends the tellers to their shifts. */
	open(): void {
		const windows = this.#world.branches.map((branch) => ({ branch, line: this.#lines.get(branch.id) as Line }));
		this.#change = shifts(this.#world, windows);
	}

	/** Looks again who of these branches is at work. */
	attend(branches: readonly Branch[]): void {
		this.#change(new Set(branches));
	}

	/** One visit inside a process; answers false where the customer left before being called. */
	*visit(
		visit: Omit<Visit, 'during' | 'end'>,
		during: () => Generator<SimEvent, void, unknown>
	): Generator<SimEvent, boolean, unknown> {
		const { env } = this.#world;
		const over = env.event<boolean>('end of a visit');
		this.come({
			...visit,
			during: (next) => env.process(during(), 'at the window').listen(next),
			end: (served) => over.succeed(served)
		});
		yield over as SimEvent;
		return over.value;
	}

	/** A visit from the ticket to its end. */
	come(visit: Visit): void {
		const { profile, emit, nextId } = this.#world;
		const { branch, caseId, service, segment, appointment, stream } = visit;
		const { visits } = profile;
		const line = this.#lines.get(branch.id) as Line;
		const visitId = nextId(`V-${branch.id}`);
		const patience = span(stream, visits.patience);
		const check = span(stream, visits.check, branch.slowness);
		const system = span(stream, visits.process, branch.slowness);
		const finish = span(stream, visits.finish, branch.slowness);
		const about = caseId === undefined ? {} : { caseId };
		const booked = appointment ? { appointment } : {};
		emit('visit.ticket_taken', { visitId, branchId: branch.id, ...about, service, segment, ...booked }, branch.source);
		line.join({
			// Who has booked is called first, and so is who waits for hours otherwise.
			rank: appointment || segment === 'vip' ? 0 : 1,
			needs: CARDS,
			patience,
			leave: (waited) => {
				const waitedSeconds = Math.round(waited / 1_000);
				emit('visit.abandoned', { visitId, branchId: branch.id, waitedSeconds }, branch.source);
				visit.end?.(false, waited);
			},
			serve: (server, waited) => this.#serve(visit, visitId, line, server, { check, system, finish, waited })
		});
	}

	#serve(
		visit: Visit,
		visitId: string,
		line: Line,
		server: Server,
		times: { check: number; system: number; finish: number; waited: number }
	): void {
		const { env, emit } = this.#world;
		const { id: branchId, source } = visit.branch;
		const { window, name: teller, speed } = server as Teller;
		const at = (time: number): number => Math.max(1, Math.round(time / speed));
		emit('visit.called', { visitId, branchId, teller, window }, source);
		const finished = (): void => {
			emit('visit.completed', { visitId, branchId, teller }, source);
			line.free(server);
			visit.end?.(true, times.waited);
		};
		let systemMs = times.system;
		const processed = (): void => {
			emit('visit.system_processed', { visitId, branchId, teller, systemMs }, source);
			env.call(at(times.finish), finished);
		};
		const next = (): void => {
			const { faults, sites, profile } = this.#world;
			const byHand = sites.out(visit.branch) ? profile.paper.byHand : 1;
			systemMs = Math.round(times.system * faults.factor('core', visit.branch) * byHand);
			env.call(systemMs, processed);
		};
		env.call(at(times.check), () => {
			emit('visit.material_checked', { visitId, branchId, teller }, source);
			if (visit.during) visit.during(next);
			else next();
		});
	}

	/** All other business at the windows: what the kiosks do not take. */
	#others(branch: Branch): { arrivals(day: number): number[]; service(): number; most: number } {
		const world = this.#world;
		const { visits, kiosks } = world.profile;
		const stream = world.stream(branch.id, 'other business');
		const services = world.stream(branch.id, 'other services');
		const open = visits.hours.filter((weight) => weight > 0).length * HOUR;
		const load = visits.otherLoad * (1 - kiosks.share);
		const mean = (load * branch.windows * open) / visits.otherService.mean;
		return {
			arrivals: (day) =>
				this.#opensOn(branch, day)
					? arrivalsOfDay(stream, day, visits.hours, mean * world.days.at(day).factor, visits.otherVariance)
					: [],
			service: () => span(services, visits.otherService, branch.slowness),
			// Nobody joins a line that fills the hall.
			most: 4 * branch.windows
		};
	}

	#opensOn(branch: Branch, at: number): boolean {
		return !(branch.closedSunday && weekdayOf(at) === 6) && this.#world.days.at(at).open;
	}
}
