import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

const REASONS = ['ribbon_empty', 'printer_fault', 'network_lost', 'card_jam'] as const;

/** Machines in the branches: they work, fail and are repaired, each on its own. */
export class Devices {
	readonly #world: World;
	readonly #down = new Set<string>();

	constructor(world: World) {
		this.#world = world;
		for (const branch of world.branches) {
			if (branch.instantDevice)
				world.env.process(this.#life(branch, this.instantId(branch), 'instant'), this.instantId(branch));
			for (let n = 1; n <= branch.kiosks; n++) {
				const deviceId = `VTM-${branch.id}-${n}`;
				world.env.process(this.#life(branch, deviceId, 'vtm'), deviceId);
			}
		}
	}

	instantId(branch: Branch): string {
		return `INS-${branch.id}`;
	}

	instantUp(branch: Branch): boolean {
		return branch.instantDevice && !this.#down.has(this.instantId(branch));
	}

	*#life(branch: Branch, deviceId: string, kind: string): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { betweenFailures, repair, weakFactor } = profile.devices;
		const stream = this.#world.stream(deviceId, 'life');
		const base = { deviceId, branchId: branch.id, kind };
		this.#world.emit('device.up', base, branch.source);
		for (;;) {
			yield env.timeout(Math.ceil(exponential(stream, betweenFailures / (branch.weak ? weakFactor : 1))));
			const reason = REASONS[stream.int(0, REASONS.length - 1)] as string;
			this.#down.add(deviceId);
			this.#world.emit('device.down', { ...base, reason }, branch.source);
			yield env.timeout(span(stream, repair, branch.slowness));
			this.#down.delete(deviceId);
			this.#world.emit('device.up', base, branch.source);
		}
	}
}
