import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

const REASONS = ['ribbon_empty', 'printer_fault', 'network_lost', 'card_jam'] as const;

/** Machines in the branches: they work, fail and are repaired, each on its own. */
export class Devices {
	readonly #world: World;
	readonly #down = new Set<string>();
	/** How many reasons from outside keep a machine still. */
	readonly #stopped = new Map<string, number>();

	constructor(world: World) {
		this.#world = world;
		for (const branch of world.branches)
			for (const deviceId of this.of(branch)) world.env.process(this.#life(branch, deviceId), deviceId);
	}

	instantId(branch: Branch): string {
		return `INS-${branch.id}`;
	}

	/** The machines of a branch: the card printer where it has one, then its kiosks. */
	of(branch: Branch): string[] {
		const kiosks = Array.from({ length: branch.kiosks }, (_, index) => `VTM-${branch.id}-${index + 1}`);
		return branch.instantDevice ? [this.instantId(branch), ...kiosks] : kiosks;
	}

	up(deviceId: string): boolean {
		return !this.#down.has(deviceId) && !this.#stopped.has(deviceId);
	}

	instantUp(branch: Branch): boolean {
		return branch.instantDevice && this.up(this.instantId(branch));
	}

	/** Keeps a machine still until the function that it answers is called; its own failures go on unseen. */
	stop(branch: Branch, deviceId: string, reason: string): () => void {
		const wasUp = this.up(deviceId);
		this.#stopped.set(deviceId, (this.#stopped.get(deviceId) ?? 0) + 1);
		if (wasUp) this.#tell('device.down', branch, deviceId, reason);
		return () => {
			const left = (this.#stopped.get(deviceId) ?? 0) - 1;
			if (left > 0) this.#stopped.set(deviceId, left);
			else this.#stopped.delete(deviceId);
			if (this.up(deviceId)) this.#tell('device.up', branch, deviceId);
		};
	}

	*#life(branch: Branch, deviceId: string): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { betweenFailures, repair, weakFactor } = profile.devices;
		const stream = this.#world.stream(deviceId, 'life');
		if (this.up(deviceId)) this.#tell('device.up', branch, deviceId);
		for (;;) {
			yield env.timeout(Math.ceil(exponential(stream, betweenFailures / (branch.weak ? weakFactor : 1))));
			const reason = REASONS[stream.int(0, REASONS.length - 1)] as string;
			const wasUp = this.up(deviceId);
			this.#down.add(deviceId);
			if (wasUp) this.#tell('device.down', branch, deviceId, reason);
			yield env.timeout(span(stream, repair, branch.slowness));
			this.#down.delete(deviceId);
			if (this.up(deviceId)) this.#tell('device.up', branch, deviceId);
		}
	}

	/** Says it to everybody, and to those who stand before a kiosk. */
	#tell(name: 'device.up' | 'device.down', branch: Branch, deviceId: string, reason?: string): void {
		const kind = deviceId === this.instantId(branch) ? 'instant' : 'vtm';
		const data = { deviceId, branchId: branch.id, kind, ...(reason === undefined ? {} : { reason }) };
		this.#world.emit(name, data, branch.source);
		if (kind === 'vtm') this.#world.kiosks.attend(branch, deviceId, name === 'device.up');
	}
}
