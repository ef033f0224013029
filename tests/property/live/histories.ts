import fc from 'fast-check';
import type { DomainEvent } from '#lib/domain/events/event.ts';
import type { Lane } from '#lib/domain/lane.ts';
import { DAY, MINUTE } from '#lib/domain/time.ts';
import type { LogBatch } from '#lib/server/log/port.ts';
import { event, journey, NOON } from '../../integration/live/bank.ts';

/** One event of a lane, as the log would hold it. */
export interface Entry {
	lane: Lane;
	event: DomainEvent;
}

const place = fc.record({
	branchId: fc.constantFrom('b1', 'b2', 'b3'),
	minute: fc.integer({ min: -9 * 24 * 60, max: 0 })
});

const other = place.chain(({ branchId, minute }) => {
	const at = NOON + minute * MINUTE;
	return fc.constantFrom(
		() => event('branch.opened', at, { branchId, name: `Branch ${branchId}`, province: 'p', city: 'c' }),
		() => event('visit.ticket_taken', at, { visitId: `v${minute % 7}`, branchId }),
		() => event('visit.called', at, { visitId: `v${minute % 7}`, branchId }),
		() => event('visit.completed', at, { visitId: `v${minute % 7}`, branchId }),
		() => event('stock.counted', at, { branchId, product: 'debit', quantity: -minute % 50 }),
		() => event('stock.moved', at, { from: branchId, to: 'b9', product: 'debit', quantity: 1, reason: 'use' }),
		() => event('device.down', at, { deviceId: `d${branchId}`, branchId }),
		() => event('device.up', at, { deviceId: `d${branchId}`, branchId }),
		() => event('site.health', at, { site: 'A', component: 'core', status: 'up', latencyMs: 5 })
	);
});

/** Steps of a case in their order, some left out, some late, some after the close. */
const steps = fc
	.record({
		caseId: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
		minute: fc.integer({ min: -9 * 24 * 60, max: 0 }),
		deviceId: fc.constantFrom('phone-1', 'phone-2'),
		keep: fc.array(fc.nat(10), { maxLength: 14 })
	})
	.map(({ caseId, minute, deviceId, keep }) => {
		const whole = journey(caseId, NOON + minute * MINUTE, { branchId: 'b1', deviceId });
		return keep.map((index) => whole[index]).filter((one) => one !== undefined);
	});

const LANES: readonly Lane[] = ['live', 'demo', 'drill:one'];

/** Any order of whole, broken and impossible histories in three lanes that use the same ids. */
export const histories: fc.Arbitrary<Entry[]> = fc
	.array(
		fc.tuple(
			fc.constantFrom(...LANES),
			fc.oneof(
				steps,
				other.map((make) => [make()])
			)
		),
		{ minLength: 1, maxLength: 20 }
	)
	.map((parts) => parts.flatMap(([lane, events]) => events.map((one) => ({ lane, event: one }))));

const encoder = new TextEncoder();

/** The entries as committed batches of one event each, from an offset on. */
export function batchesOf(entries: readonly Entry[], first = 0): LogBatch[] {
	return entries.map(({ lane, event: one }, index) => ({
		first: first + index,
		count: 1,
		lane,
		recordedAt: NOON + DAY,
		lines: encoder.encode(`${JSON.stringify(one)}\n`)
	}));
}
