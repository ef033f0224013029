import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

type Kind = 'instant' | 'vtm';

/** Machines in the branches: they work, fail and are repaired, each on its own; card printers run out of ribbon. */
export class Devices {
	readonly #world: World;
	readonly #down = new Set<string>();
	/** How many reasons from outside keep a machine still. */
	readonly #stopped = new Map<string, number>();
	/** Cards that the ribbon of a printer is still good for. */
	readonly #ribbons = new Map<string, number>();
	readonly #causes: Readonly<Record<Kind, Categorical<string>>>;

	constructor(world: World) {
		this.#world = world;
		const { instant, vtm } = world.profile.devices.causes;
		this.#causes = { instant: categorical(instant), vtm: categorical(vtm) };
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

	/** One more card on the printer of a branch: it says when its ribbon runs low, and stands still when it is empty until somebody changed it. */
	print(branch: Branch): void {
		const { ribbon } = this.#world.profile.devices;
		const deviceId = this.instantId(branch);
		// Some ribbon is gone already when the bank opens.
		const before = this.#ribbons.get(deviceId) ?? this.#world.stream(deviceId, 'ribbon').int(1, ribbon.cards);
		const left = before - 1;
		this.#ribbons.set(deviceId, left);
		if (left === ribbon.low) this.#tell('device.degraded', branch, deviceId, 'ribbon_low');
		if (left === 0) this.#world.env.process(this.#newRibbon(branch, deviceId), `ribbon of ${deviceId}`);
	}

	*#newRibbon(branch: Branch, deviceId: string): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { cards, refill } = profile.devices.ribbon;
		const back = this.stop(branch, deviceId, 'ribbon_empty');
		yield env.timeout(span(this.#world.stream(deviceId, `ribbon ${env.now}`), refill, branch.slowness));
		this.#ribbons.set(deviceId, cards);
		back();
	}

	*#life(branch: Branch, deviceId: string): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { betweenFailures, repair, weakFactor } = profile.devices;
		const stream = this.#world.stream(deviceId, 'life');
		if (this.up(deviceId)) this.#tell('device.up', branch, deviceId);
		for (;;) {
			yield env.timeout(Math.ceil(exponential(stream, betweenFailures / (branch.weak ? weakFactor : 1))));
			const reason = this.#causes[this.#kindOf(branch, deviceId)].draw(stream);
			const wasUp = this.up(deviceId);
			this.#down.add(deviceId);
			if (wasUp) this.#tell('device.down', branch, deviceId, reason);
			yield env.timeout(span(stream, repair, branch.slowness));
			this.#down.delete(deviceId);
			if (this.up(deviceId)) this.#tell('device.up', branch, deviceId);
		}
	}

	/** Says it to everybody, and to those who stand before a kiosk. */
	#tell(
		name: 'device.up' | 'device.degraded' | 'device.down',
		branch: Branch,
		deviceId: string,
		reason?: string
	): void {
		const kind = this.#kindOf(branch, deviceId);
		const data = { deviceId, branchId: branch.id, kind, ...(reason === undefined ? {} : { reason }) };
		this.#world.emit(name, data, branch.source);
		if (kind === 'vtm') this.#world.kiosks.attend(branch, deviceId, name === 'device.up');
	}

	#kindOf(branch: Branch, deviceId: string): Kind {
		return deviceId === this.instantId(branch) ? 'instant' : 'vtm';
	}
}
