import type { SimEvent } from '../kernel/event.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import type { Stream } from '../random/stream.ts';
import { span, type World } from './world.ts';

interface Order {
	readonly file: CaseFile;
	readonly done: SimEvent<undefined>;
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

	/** Waits until the card has been made. */
	*make(file: CaseFile): Generator<SimEvent, void, unknown> {
		const done = this.#world.env.event(`card of ${file.caseId}`);
		this.#waiting.push({ file, done });
		yield done as SimEvent;
	}

	*#run(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const stream = this.#world.stream('centre', 'batches');
		for (;;) {
			yield env.timeout(this.#next() - env.now);
			const batch = `batch-${++this.#batches}`;
			const orders = this.#waiting;
			this.#waiting = [];
			const setup = span(stream, profile.production.batch);
			orders.forEach((order, index) =>
				env.call(setup + Math.round(index * profile.production.perCard), () => this.#finish(order, batch))
			);
		}
	}

	#next(): number {
		const { env, profile } = this.#world;
		const start = midnight(env.now);
		const sorted = [...profile.production.batchHours].sort((a, b) => a - b);
		const today = sorted.map((hour) => start + hour * HOUR).find((at) => at > env.now);
		return today ?? start + DAY + (sorted[0] as number) * HOUR;
	}

	#finish(order: Order, batch: string): void {
		const { caseId, branch } = order.file;
		if (order.file.stream(`batch ${batch}`).next() < this.#world.profile.production.failure) {
			this.#world.emit('case.production_failed', { caseId, reason: 'chip_error' }, branch.source);
			this.#waiting.push(order);
			return;
		}
		this.#world.emit('case.card_personalised', { caseId, way: 'centre', batch }, '/sim/bank/centre');
		order.done.succeed();
	}
}

/** Orders and makes the plastic. Answers where it was made. */
export function* produce(world: World, file: CaseFile): Generator<SimEvent, 'instant' | 'centre', unknown> {
	const { production } = world.profile;
	const { caseId, branch, customer } = file;
	const stream = file.stream('production');
	const product = customer.card.product;
	if (stream.next() < production.virtual) world.emit('case.virtual_card_issued', { caseId, product }, branch.source);
	const present = file.channel === 'counter' || file.channel === 'vtm';
	const wanted = present ? 1 : production.instantWanted * 0.4;
	if (stream.next() < wanted && world.windows.isOpen(branch, world.env.now) && world.devices.instantUp(branch)) {
		if (world.stock.take(branch, product)) {
			const deviceId = world.devices.instantId(branch);
			world.emit('case.card_ordered', { caseId, way: 'instant', product, branchId: branch.id }, branch.source);
			yield world.env.timeout(span(stream, production.instant, branch.slowness));
			if (stream.next() >= production.instantFailure) {
				world.emit('case.card_personalised', { caseId, way: 'instant', deviceId }, branch.source);
				return 'instant';
			}
			world.emit('case.production_failed', { caseId, reason: 'printer_fault', deviceId }, branch.source);
		}
	}
	if (world.sites.out) yield* world.sites.served(file.stream('retry order'));
	const automatic = yield* straightThrough(world, stream);
	const { share, wait } = production.branchOrder;
	const byBranch = share > 0 && file.stream('branch order').next() < share;
	const orderedBy = byBranch ? { branchId: branch.id } : {};
	world.emit('case.card_ordered', { caseId, way: 'centre', product, automatic, ...orderedBy }, branch.source);
	if (byBranch) yield world.env.timeout(span(file.stream('branch order time'), wait));
	yield* world.centre.make(file);
	return 'centre';
}

/** Answers whether an operation needed nobody; otherwise it has waited for somebody. */
export function* straightThrough(world: World, stream: Stream): Generator<SimEvent, boolean, unknown> {
	const { straightThrough: share, byHand } = world.profile.production;
	if (stream.next() < share) return true;
	yield world.env.timeout(span(stream, byHand));
	return false;
}
