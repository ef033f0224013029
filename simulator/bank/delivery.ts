import type { SimEvent } from '../kernel/event.ts';
import { HOUR } from '../../src/lib/domain/time.ts';
import { withinHours } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { notify } from './notifications.ts';
import { straightThrough } from './production.ts';
import { span, type World } from './world.ts';

type Mode = 'same_city' | 'express' | 'standard' | 'other_province';

/** Brings the card from where it was made into the customer's hands. */
export function* deliver(world: World, file: CaseFile, made: 'instant' | 'centre'): Generator<SimEvent, void, unknown> {
	const { delivery, production } = world.profile;
	const { env } = world;
	const { caseId, branch } = file;
	const stream = file.stream('delivery');
	const shipmentId = `S-${caseId}`;
	const handOver = { caseId, shipmentId, identityMatched: true, oneTimeCode: made === 'centre' };
	if (made === 'instant') {
		world.emit('shipment.dispatched', { caseId, shipmentId, mode: 'counter' }, branch.source);
		yield env.timeout(span(stream, { mean: 150_000, cv: 0.5 }));
		world.emit('shipment.delivered', handOver, branch.source);
		return;
	}
	const automatic = yield* straightThrough(world, stream);
	const packed = env.now + span(stream, production.packing);
	yield env.timeout(withinHours(packed, delivery.hours.from, delivery.hours.to) - env.now);
	const mode = modeOf(stream.next(), delivery);
	const locker = mode === 'same_city' && stream.next() < delivery.locker / delivery.sameCity;
	const promisedHours = delivery.promised[mode] / HOUR;
	const promisedAt = env.now + delivery.promised[mode];
	const carrier = stream.next() < 0.7 ? 'sf' : 'ems';
	world.emit(
		'shipment.dispatched',
		{ caseId, shipmentId, mode: locker ? 'locker' : mode, carrier, promisedHours, automatic },
		'/sim/bank/courier'
	);
	notify(world, file, 'card_dispatched', world.profile.notifications.extra);
	const handedOver = env.now;
	let way = span(stream, delivery.times[mode], branch.slowness);
	if (stream.next() < delivery.mismatch) way += span(stream, delivery.redeliver);
	const onTheWay = withinHours(handedOver + way, delivery.hours.from, delivery.hours.to) - handedOver;
	/** When the parcel arrives as far as one can tell now: with what the couriers lost of their time until now. */
	const due = (): number => {
		const lost = Math.round(world.faults.lost('courier', branch, handedOver, env.now));
		return withinHours(handedOver + onTheWay + lost, delivery.hours.from, delivery.hours.to);
	};
	for (let arrives = due(), told = false; ; arrives = due()) {
		if (!told && arrives > promisedAt) {
			yield env.timeout(Math.max(0, promisedAt - env.now));
			told = file.late = true;
			const reason = world.faults.share('courier', branch) > 0 ? 'courier_strike' : 'courier_late';
			world.emit('shipment.delayed', { caseId, shipmentId, reason }, '/sim/bank/courier');
			world.emit('case.prioritised', { caseId, reason: 'late_delivery' }, branch.source);
			notify(world, file, 'delay_notice', 1);
		}
		if (arrives <= env.now) break;
		yield env.timeout(arrives - env.now);
	}
	if (locker) yield* collect(world, file, shipmentId);
	world.emit('shipment.delivered', handOver, '/sim/bank/courier');
}

/** A parcel in a locker; not collected in time it goes to the branch, where the customer gets it. */
function* collect(world: World, file: CaseFile, shipmentId: string): Generator<SimEvent, void, unknown> {
	const { delivery } = world.profile;
	const { env } = world;
	const { caseId, branch } = file;
	const stream = file.stream('locker');
	world.emit(
		'shipment.stored',
		{ caseId, shipmentId, locker: `L-${branch.id}-${stream.int(1, 9)}` },
		'/sim/bank/courier'
	);
	const wait = span(stream, delivery.collect);
	if (wait <= delivery.keep) {
		yield env.timeout(wait);
		return;
	}
	yield env.timeout(delivery.keep);
	file.late = true;
	world.emit('shipment.returned', { caseId, shipmentId, reason: 'not_collected' }, '/sim/bank/courier');
	yield env.timeout(world.windows.nextOpen(branch, env.now + span(stream, delivery.collect)) - env.now);
	world.emit('shipment.dispatched', { caseId, shipmentId, mode: 'counter' }, branch.source);
	yield env.timeout(span(stream, delivery.collect));
}

function modeOf(luck: number, mix: { sameCity: number; express: number; otherProvince: number }): Mode {
	if (luck < mix.sameCity) return 'same_city';
	if (luck < mix.sameCity + mix.express) return 'express';
	return luck < mix.sameCity + mix.express + mix.otherProvince ? 'other_province' : 'standard';
}
