import type { SimEvent } from '../kernel/event.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

interface Order {
	readonly file: CaseFile;
	/** When it was ordered, or ordered again. */
	readonly at: number;
	readonly made: (file: CaseFile, moment: number) => void;
}

/** The personalisation centre: orders wait for the next batch, cards leave it one after the other. */
export class Centre {
	readonly #world: World;
	#waiting: Order[] = [];
	#batches = 0;

	constructor(world: World) {
		this.#world = world;
		world.env.process(this.#run(), 'personalisation centre');
	}

	/** Takes an order at the case's own time; `made` is called when the card is there, or when it is known when it will be. */
	order(file: CaseFile, made: Order['made']): void {
		this.#waiting.push({ file, at: file.time.now, made });
	}

	*#run(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const stream = this.#world.stream('centre', 'batches');
		for (;;) {
			yield env.timeout(this.#next() - env.now);
			const batch = `batch-${++this.#batches}`;
			// Orders come from cases that run ahead: some are not due yet, and they are not in the order of time.
			const orders = this.#waiting.filter((order) => order.at <= env.now).sort((a, b) => a.at - b.at);
			this.#waiting = this.#waiting.filter((order) => order.at > env.now);
			const setup = span(stream, profile.production.batch);
			orders.forEach((order, index) => {
				const made = env.now + setup + Math.round(index * profile.production.perCard);
				at(this.#world, made, (moment) => this.#finish(order, batch, moment));
			});
		}
	}

	#next(): number {
		const { env, profile } = this.#world;
		const start = midnight(env.now);
		const sorted = [...profile.production.batchHours].sort((a, b) => a - b);
		const today = sorted.map((hour) => start + hour * HOUR).find((at) => at > env.now);
		return today ?? start + DAY + (sorted[0] as number) * HOUR;
	}

	#finish(order: Order, batch: string, at: number): void {
		const { caseId, branch } = order.file;
		if (order.file.stream(`batch ${batch}`).next() < this.#world.profile.production.failure) {
			this.#world.emit('case.production_failed', { caseId, reason: 'chip_error' }, branch.source, at);
			this.#waiting.push({ ...order, at });
			return;
		}
		this.#world.emit('case.card_personalised', { caseId, way: 'centre', batch }, '/sim/bank/centre', at);
		order.made(order.file, at);
	}
}

/** Makes the plastic in the branch, or says how it is ordered from the centre. */
export function* produce(world: World, file: CaseFile): Generator<SimEvent, 'instant' | 'ordered', unknown> {
	const { production } = world.profile;
	const { caseId, branch, customer, time } = file;
	const stream = file.stream('production');
	const product = customer.card.product;
	const present = file.channel === 'counter' || file.channel === 'vtm';
	const wanted = present ? production.instantWanted.present : production.instantWanted.remote;
	if (stream.next() < wanted && world.windows.isOpen(branch, time.now)) {
		yield* time.meet();
		if (world.devices.instantUp(branch) && world.stock.take(branch, product)) {
			const deviceId = world.devices.instantId(branch);
			world.devices.print(branch);
			world.emit(
				'case.card_ordered',
				{ caseId, way: 'instant', product, branchId: branch.id },
				branch.source,
				time.now
			);
			yield* time.pass(span(stream, production.instant, branch.slowness));
			if (stream.next() >= production.instantFailure) {
				world.emit('case.card_personalised', { caseId, way: 'instant', deviceId }, branch.source, time.now);
				return 'instant';
			}
			const failed = { caseId, reason: 'printer_fault', deviceId };
			world.emit('case.production_failed', failed, branch.source, time.now);
		}
	}
	if (world.sites.out(branch)) yield* world.sites.served(branch, file.stream('retry order'));
	const automatic = stream.next() < production.straightThrough;
	if (!automatic) yield* time.pass(span(stream, production.byHand));
	const { share, wait } = production.branchOrder;
	const byBranch = share > 0 && file.stream('branch order').next() < share;
	const branchId = byBranch ? branch.id : undefined;
	const ordered = { caseId, way: 'centre', product, automatic, branchId } as const;
	world.emit('case.card_ordered', ordered, branch.source, time.now);
	if (byBranch) yield* time.pass(span(file.stream('branch order time'), wait));
	return 'ordered';
}
