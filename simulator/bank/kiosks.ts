import { Line } from './line.ts';
import type { Server } from './serving.ts';
import type { Branch } from './network.ts';
import type { Visit } from './visits.ts';
import { span, type World } from './world.ts';

/** The self-service machines of all branches, each with its queue: loss reports, and the counter work that they take over. */
export class Kiosks {
	readonly #world: World;
	readonly #lines = new Map<string, Line>();

	constructor(world: World) {
		this.#world = world;
		for (const branch of world.branches) {
			const machines = Array.from({ length: branch.kiosks }, (_, index) => ({
				name: `VTM-${branch.id}-${index + 1}`,
				skills: 0,
				speed: 1
			}));
			const line = new Line(world.env, `kiosks of ${branch.id}`, machines);
			world.lines.push(line);
			this.#lines.set(branch.id, line);
		}
	}

	/** Waits for a machine as long as `patience`; who gets one gives it back with `free`. */
	use(branch: Branch, patience: number, got: (machine: Server) => void, left: () => void): void {
		this.#line(branch).join({ rank: 1, needs: 0, patience, serve: got, leave: left });
	}

	free(branch: Branch, machine: Server): void {
		this.#line(branch).free(machine);
	}

	/** Puts a machine of a branch out of order, or back into it; a customer at it may finish. */
	attend(branch: Branch, deviceId: string, up: boolean): void {
		const line = this.#line(branch);
		const index = line.servers.findIndex((machine) => machine.name === deviceId);
		if (index >= 0) line.attend(index, up);
	}

	/** Business that a kiosk can do, from the ticket to its end. */
	come({ branch, service, segment, stream }: Visit): void {
		const { env, profile, emit, nextId } = this.#world;
		const { id: branchId, source } = branch;
		const visitId = nextId(`V-${branchId}`);
		const patience = span(stream, profile.kiosks.patience);
		const takes = span(stream, profile.kiosks.time);
		emit('visit.ticket_taken', { visitId, branchId, service, segment }, source);
		this.#line(branch).join({
			rank: 1,
			needs: 0,
			patience,
			leave: (waited) =>
				emit('visit.abandoned', { visitId, branchId, waitedSeconds: Math.round(waited / 1_000) }, source),
			serve: (machine) => {
				emit(
					'visit.called',
					{ visitId, branchId, window: `K${machine.name.slice(machine.name.lastIndexOf('-') + 1)}` },
					source
				);
				env.call(takes, () => {
					emit('visit.system_processed', { visitId, branchId, systemMs: takes }, source);
					emit('visit.completed', { visitId, branchId }, source);
					this.#line(branch).free(machine);
				});
			}
		});
	}

	#line(branch: Branch): Line {
		return this.#lines.get(branch.id) as Line;
	}
}
