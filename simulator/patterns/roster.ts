import { URGENT } from '../kernel/event.ts';
import type { PriorityResource, Request } from '../kernel/resource.ts';
import type { ShiftPlan } from './shift-plan.ts';

/**
 * Lets the units of a resource follow a shift plan. Those off duty are held by the roster itself, which asks before
 * everybody else: whoever serves at the end of a shift finishes, and takes nobody after that. For monitors it stands in
 * for the resource, without those holds.
 */
export class Roster {
	readonly #resource: PriorityResource;
	readonly #plan: ShiftPlan;
	readonly #away: Request[] = [];

	/** @throws {RangeError} when the plan has more people than the resource has units. */
	constructor(resource: PriorityResource, plan: ShiftPlan) {
		if (plan.most > resource.capacity)
			throw new RangeError(`${resource.name} has ${resource.capacity} units, the shift plan up to ${plan.most}`);
		this.#resource = resource;
		this.#plan = plan;
		this.#follow();
	}

	/** People on duty by plan. */
	get capacity(): number {
		return this.#resource.capacity - this.#away.length;
	}

	/** People who serve somebody, those who finish after their shift among them. */
	get count(): number {
		return this.#resource.count - this.#away.filter(({ state }) => state === 'held').length;
	}

	/** Customers who wait. */
	get waiting(): number {
		return this.#resource.waiting - this.#away.filter(({ state }) => state === 'waiting').length;
	}

	#follow(): void {
		const { env, capacity } = this.#resource;
		const away = capacity - this.#plan.staffAt(env.now);
		while (this.#away.length < away) this.#sendAway();
		while (this.#away.length > away) this.#resource.release(this.#comeBack());
		const next = this.#plan.nextChange(env.now);
		// Before what else is due at the same tick.
		if (next < Infinity) env.call(next - env.now, () => this.#follow(), URGENT);
	}

	#sendAway(): void {
		const resource = this.#resource;
		const observer = resource.observer;
		// Monitors that ask this roster are told when it knows, not before.
		resource.observer = null;
		const request = resource.request(-Infinity);
		resource.observer = observer;
		this.#away.push(request);
		observer?.(resource);
		// A hold that had to wait is granted in the middle of a change: told once more when it is complete.
		request.listen(() => resource.observer?.(resource));
	}

	/** Who has not left yet comes back first, else (at -1) who left last. */
	#comeBack(): Request {
		const index = this.#away.findIndex(({ state }) => state === 'waiting');
		return this.#away.splice(index, 1)[0] as Request;
	}
}
