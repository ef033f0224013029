import type { SimEvent } from '../kernel/event.ts';
import { HOUR } from '../../src/lib/domain/time.ts';
import { withinHours } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { reached, send } from './notifications.ts';
import { span, type World } from './world.ts';

type Mode = 'same_city' | 'express' | 'standard' | 'other_province';

/** Brings the card from where it was made into the customer's hands. */
export function* deliver(world: World, file: CaseFile, made: 'instant' | 'centre'): Generator<SimEvent, void, unknown> {
	const { delivery, production } = world.profile;
	const { caseId, branch, time } = file;
	const stream = file.stream('delivery');
	const shipmentId = `S-${caseId}`;
	const handOver = { caseId, shipmentId, identityMatched: true, oneTimeCode: made === 'centre' };
	if (made === 'instant') {
		world.emit('shipment.dispatched', { caseId, shipmentId, mode: 'counter' }, branch.source, time.now);
		yield* time.pass(span(stream, delivery.atCounter));
		world.emit('shipment.delivered', handOver, branch.source, time.now);
		return;
	}
	const automatic = stream.next() < production.straightThrough;
	if (!automatic) yield* time.pass(span(stream, production.byHand));
	const packed = time.now + span(stream, production.packing);
	yield* time.until(withinHours(packed, delivery.hours.from, delivery.hours.to));
	const mode = modeOf(stream.next(), delivery);
	const locker = mode === 'same_city' && stream.next() < delivery.locker / delivery.sameCity;
	const promisedHours = delivery.promised[mode] / HOUR;
	const promisedAt = time.now + delivery.promised[mode];
	const carrier = carrierOf(stream.next(), delivery.carriers);
	world.emit(
		'shipment.dispatched',
		{ caseId, shipmentId, mode: locker ? 'locker' : mode, carrier, promisedHours, automatic },
		'/sim/bank/courier',
		time.now
	);
	reached(world, file, 'card_dispatched');
	const handedOver = time.now;
	let way = span(stream, delivery.times[mode], branch.slowness);
	if (stream.next() < delivery.mismatch) way += span(stream, delivery.redeliver);
	const onTheWay = withinHours(handedOver + way, delivery.hours.from, delivery.hours.to) - handedOver;
	/** When the parcel arrives as far as one can tell now: with what the couriers lost of their time until now. */
	const due = (): number => {
		const lost = Math.round(world.faults.lost('courier', branch, handedOver, time.now));
		return withinHours(handedOver + onTheWay + lost, delivery.hours.from, delivery.hours.to);
	};
	for (let arrives = due(), told = false; ; arrives = due()) {
		if (!told && arrives > promisedAt) {
			yield* time.until(promisedAt);
			told = file.late = true;
			const reason = world.faults.share('courier', branch) > 0 ? 'courier_strike' : 'courier_late';
			world.emit('shipment.delayed', { caseId, shipmentId, reason }, '/sim/bank/courier', time.now);
			world.emit('case.prioritised', { caseId, reason: 'late_delivery' }, branch.source, time.now);
			send(world, file, 'delay_notice', undefined, undefined, reason);
		}
		if (arrives <= time.now) break;
		yield* time.until(arrives);
	}
	if (locker) yield* collect(world, file, shipmentId);
	world.emit('shipment.delivered', handOver, '/sim/bank/courier', time.now);
}

/** A parcel in a locker; not collected in time it goes to the branch, where the customer gets it. */
function* collect(world: World, file: CaseFile, shipmentId: string): Generator<SimEvent, void, unknown> {
	const { delivery } = world.profile;
	const { caseId, branch, time } = file;
	const stream = file.stream('locker');
	const stored = { caseId, shipmentId, locker: `L-${branch.id}-${stream.int(1, 9)}` };
	world.emit('shipment.stored', stored, '/sim/bank/courier', time.now);
	reached(world, file, 'ready_to_collect');
	const wait = span(stream, delivery.collect);
	const remindedAfter = world.profile.notifications.remind.collect;
	if (Math.min(wait, delivery.keep) > remindedAfter) send(world, file, 'collect_reminder', time.now + remindedAfter);
	if (wait <= delivery.keep) {
		yield* time.pass(wait);
		return;
	}
	yield* time.pass(delivery.keep);
	file.late = true;
	const returned = { caseId, shipmentId, reason: 'not_collected' };
	world.emit('shipment.returned', returned, '/sim/bank/courier', time.now);
	yield* time.until(world.windows.nextOpen(branch, time.now + span(stream, delivery.collect)));
	world.emit('shipment.dispatched', { caseId, shipmentId, mode: 'counter' }, branch.source, time.now);
	send(world, file, 'ready_at_branch');
	yield* time.pass(span(stream, delivery.collect));
}

function modeOf(luck: number, mix: { sameCity: number; express: number; otherProvince: number }): Mode {
	if (luck < mix.sameCity) return 'same_city';
	if (luck < mix.sameCity + mix.express) return 'express';
	return luck < mix.sameCity + mix.express + mix.otherProvince ? 'other_province' : 'standard';
}

/** Luck is a number from 0 to 1 over the weights of the couriers. */
function carrierOf(luck: number, carriers: Readonly<Record<string, number>>): string {
	let left = 0;
	for (const name in carriers) left += carriers[name] as number;
	left *= luck;
	let chosen = '';
	for (const name in carriers) {
		if ((carriers[name] as number) > 0) chosen = name;
		left -= carriers[name] as number;
		if (left < 0) break;
	}
	return chosen;
}
