import { DAY } from '../../src/lib/domain/time.ts';
import type { Environment } from '../kernel/environment.ts';
import { midnight } from './bank-time.ts';
import type { Client, Crowd, LineReading, Server } from './serving.ts';
import { type Place, WaitingList } from './waiting-list.ts';

const CROWD_RANK = 1;

/**
 * One line before several servers, each with skills and hours. The crowd is not in the calendar: it is worked off in one go up to the
 * moment at which a client comes, and while a client waits the line wakes at each end of a service.
 */
export class Line {
	readonly name: string;
	readonly servers: readonly Server[];
	readonly #env: Environment;
	readonly #crowd: Crowd | undefined;
	/** When a server ends with one of the crowd; Infinity while it is free or with a client. */
	readonly #until: Float64Array;
	readonly #freeSince: Float64Array;
	readonly #present: Uint8Array;
	/** Which of them ends next, and when. */
	#endOf = -1;
	#endAt = Infinity;
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
		this.servers = servers;
		this.#crowd = crowd;
		this.#until = new Float64Array(servers.length).fill(Infinity);
		this.#freeSince = new Float64Array(servers.length).fill(env.now);
		this.#present = new Uint8Array(servers.length).fill(1);
		this.#measuredAt = env.now;
		this.#day = crowd ? midnight(env.now) - DAY : Infinity;
	}

	/** Stands in line, or is served at once. */
	join(client: Client): void {
		const { now } = this.#env;
		this.#work(now);
		const index = this.#freeFor(client.needs, client.not);
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
		this.#vacate(this.servers.indexOf(server), now);
		this.#arm();
	}

	/** Comes to work or goes away; one that goes ends first what it is doing. */
	attend(index: number, present: boolean): void {
		const { now } = this.#env;
		this.#work(now);
		if ((this.#present[index] === 1) === present) return;
		this.#present[index] = present ? 1 : 0;
		if (present && (this.#freeSince[index] as number) < Infinity) this.#vacate(index, now);
		this.#arm();
	}

	/** How many servers are at work. */
	get present(): number {
		return this.#present.reduce((sum, each) => sum + each, 0);
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
			const end = this.#endAt;
			const arrival = this.#next < this.#coming.length ? (this.#coming[this.#next] as number) : this.#day + DAY;
			if (end <= arrival) {
				if (end > now) break;
				const index = this.#endOf;
				this.#until[index] = Infinity;
				this.#nextEnd();
				this.#vacate(index, end);
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
		const index = this.#freeFor(0);
		if (index >= 0) this.#begin(index, service, at);
		else if (this.#queue.length < crowd.most) {
			this.#measure(at);
			this.#queue.add(CROWD_RANK, at, null, service);
		}
	}

	/** Finds who of the servers ends first; of several at one tick the first. */
	#nextEnd(): void {
		const until = this.#until;
		let end = Infinity;
		let index = -1;
		for (let i = 0; i < until.length; i++) {
			const at = until[i] as number;
			if (at < end) {
				end = at;
				index = i;
			}
		}
		this.#endAt = end;
		this.#endOf = index;
	}

	/** The one that has been free for longest, or -1. */
	#freeFor(needs: number, not?: Server): number {
		let best = -1;
		let since = Infinity;
		for (let i = 0; i < this.servers.length; i++) {
			const at = this.#freeSince[i] as number;
			if (at >= since || this.#present[i] === 0) continue;
			const server = this.servers[i] as Server;
			if ((server.skills & needs) !== needs || server === not) continue;
			best = i;
			since = at;
		}
		return best;
	}

	#vacate(index: number, at: number): void {
		this.#freeSince[index] = at;
		if (this.#present[index] === 0) return;
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
		this.#freeSince[index] = Infinity;
		const end = at + Math.max(1, Math.round(service / (this.servers[index] as Server).speed));
		this.#until[index] = end;
		if (end < this.#endAt || (end === this.#endAt && index < this.#endOf)) {
			this.#endAt = end;
			this.#endOf = index;
		}
	}

	#give(index: number, client: Client, since: number, at: number): void {
		this.#served++;
		this.#freeSince[index] = Infinity;
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
		const end = this.#endAt;
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
