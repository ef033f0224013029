import { DAY } from '../../src/lib/domain/time.ts';
import type { Environment } from '../kernel/environment.ts';
import { midnight } from './bank-time.ts';
import { LineServers } from './line-servers.ts';
import type { Client, Crowd, LineReading, Server } from './serving.ts';
import { type Place, WaitingList } from './waiting-list.ts';

const CROWD_RANK = 1;

/**
 * One line before several servers, each with skills and hours. The crowd is not in the calendar: it is worked off in one go up to the
 * moment at which a client comes, and while a client waits the line wakes at each end of a service.
 */
export class Line {
	readonly name: string;
	readonly #servers: LineServers;
	readonly #env: Environment;
	readonly #crowd: Crowd | undefined;
	readonly #queue = new WaitingList<Client>();
	#clients = 0;
	#wakeAt = Infinity;
	#day: number;
	#coming: readonly number[] = [];
	#next = 0;
	#area = 0;
	#waits = 0;
	#served = 0;
	#left = 0;
	#measuredAt: number;

	constructor(env: Environment, name: string, servers: readonly Server[], crowd?: Crowd) {
		this.#env = env;
		this.name = name;
		this.#servers = new LineServers(servers, env.now);
		this.#crowd = crowd;
		this.#measuredAt = env.now;
		this.#day = crowd ? midnight(env.now) - DAY : Infinity;
	}

	get servers(): readonly Server[] {
		return this.#servers.all;
	}

	/** Stands in line, or is served at once. */
	join(client: Client): void {
		const { now } = this.#env;
		this.#work(now);
		const index = this.#servers.freeFor(client.needs, client.not);
		if (index >= 0) {
			this.#give(index, client, now, now);
			return;
		}
		const place = this.#queue.add(client.rank, now, client, 0);
		this.#clients++;
		if (client.patience < Infinity) this.#env.call(client.patience, () => this.#giveUp(place, client));
		this.#arm();
	}

	/** The server has done with its client. */
	free(server: Server): void {
		const { now } = this.#env;
		this.#work(now);
		this.#vacate(this.#servers.placeOf(server), now);
		this.#arm();
	}

	/** Comes to work or goes away; one that goes ends first what it is doing. */
	attend(index: number, present: boolean): void {
		const { now } = this.#env;
		this.#work(now);
		if (this.#servers.isPresent(index) === present) return;
		if (this.#servers.attend(index, present, now)) this.#callFor(index, now);
		this.#arm();
	}

	/** How many servers are at work. */
	get present(): number {
		return this.#servers.present;
	}

	/** How many wait now, the crowd among them. */
	get waiting(): number {
		this.#work(this.#env.now);
		return this.#queue.length;
	}

	read(): LineReading {
		const { now } = this.#env;
		this.#work(now);
		let waits = this.#waits;
		for (let place = this.#queue.first; place !== null; place = place.after) waits += now - place.since;
		const { name } = this;
		return { name, area: this.#area, waits, served: this.#served, left: this.#left, waiting: this.#queue.length };
	}

	/** Everything of the crowd up to `now`; at one tick ends come before arrivals. */
	#work(now: number): void {
		for (;;) {
			const end = this.#servers.ends.time;
			const arrival = this.#next < this.#coming.length ? (this.#coming[this.#next] as number) : this.#day + DAY;
			if (end <= arrival) {
				if (end > now) break;
				this.#vacate(this.#servers.ends.take(), end);
			} else if (arrival > now) break;
			else this.#arrive(arrival);
		}
		this.#measure(now);
	}

	#arrive(at: number): void {
		const crowd = this.#crowd as Crowd;
		if (this.#next === this.#coming.length) {
			this.#day += DAY;
			// Who came before the line was there is not waited for.
			this.#coming = crowd.arrivals(this.#day).filter((each) => each >= this.#measuredAt);
			this.#next = 0;
			return;
		}
		this.#next++;
		const service = crowd.service();
		const index = this.#servers.freeFor(0);
		if (index >= 0) this.#begin(index, service, at);
		else if (this.#queue.length < crowd.most) {
			this.#measure(at);
			this.#queue.add(CROWD_RANK, at, null, service);
		}
	}

	#vacate(index: number, at: number): void {
		this.#servers.vacate(index, at);
		if (this.#servers.isPresent(index)) this.#callFor(index, at);
	}

	/** Calls the first in line whom a free server can serve. */
	#callFor(index: number, at: number): void {
		const server = this.servers[index] as Server;
		for (let place = this.#queue.first; place !== null; place = place.after) {
			const { client } = place;
			if (client && ((server.skills & client.needs) !== client.needs || server === client.not)) continue;
			this.#measure(at);
			this.#remove(place, at);
			if (client) this.#give(index, client, place.since, at);
			else this.#begin(index, place.service, at);
			return;
		}
	}

	#begin(index: number, service: number, at: number): void {
		this.#served++;
		this.#servers.occupy(index);
		const { speed } = this.servers[index] as Server;
		this.#servers.ends.add(index, at + Math.max(1, Math.round(service / speed)));
	}

	#give(index: number, client: Client, since: number, at: number): void {
		this.#served++;
		this.#servers.occupy(index);
		client.serve(this.servers[index] as Server, at - since);
	}

	#giveUp(place: Place<Client>, client: Client): void {
		if (!place.waits) return;
		const { now } = this.#env;
		this.#work(now);
		if (!place.waits) return;
		this.#remove(place, now);
		this.#left++;
		client.leave(now - place.since);
	}

	#remove(place: Place<Client>, at: number): void {
		this.#queue.remove(place);
		if (place.client) this.#clients--;
		this.#waits += at - place.since;
	}

	#measure(at: number): void {
		this.#area += this.#queue.length * (at - this.#measuredAt);
		this.#measuredAt = at;
	}

	/** While a client waits, the line must not sleep past the end of a service. */
	#arm(): void {
		if (this.#clients === 0) return;
		const end = this.#servers.ends.time;
		if (end >= this.#wakeAt) return;
		this.#wakeAt = end;
		this.#env.call(end - this.#env.now, () => {
			if (this.#wakeAt !== end) return;
			this.#wakeAt = Infinity;
			this.#work(this.#env.now);
			this.#arm();
		});
	}
}
