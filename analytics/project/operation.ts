import type { EventData, EventName } from '#lib/domain/events/catalogue.ts';
import type { RecordedEvent } from '#lib/domain/events/event.ts';
import type { Millis } from '#lib/domain/time.ts';
import type { RowSink, Status, StockMovementRow } from './rows.ts';
import type { VisitFold } from './visits.ts';

type Base = { lane: string; offset: number; occurredAt: Millis };

/** Rows of what is no case: visits, stock, devices, sites and branches. */
export function emitOperation(
	recorded: RecordedEvent,
	name: EventName,
	occurredAt: Millis,
	data: Record<string, unknown>,
	visits: Pick<VisitFold, 'apply'>,
	sink: RowSink
): void {
	const base = { lane: recorded.lane, offset: recorded.offset, occurredAt };
	if (name.startsWith('visit.')) {
		const visit = visits.apply(recorded.lane, name, occurredAt, data);
		if (visit !== null) sink.add('visits', visit);
	} else if (name.startsWith('stock.')) emitStock(base, name, data, sink);
	else if (name.startsWith('device.')) emitDevice(base, name, data as EventData<'device.up'>, sink);
	else if (name === 'site.health') emitSite(base, data as EventData<'site.health'>, sink);
	else if (name === 'branch.opened') emitBranch(base, data as EventData<'branch.opened'>, sink);
}

function emitStock(base: Base, name: EventName, data: unknown, sink: RowSink): void {
	const none = { threshold: null, reason: null, counterpart: null, transferId: null };
	const add = (row: Omit<StockMovementRow, keyof Base>) => sink.add('stock_movements', { ...base, ...row });
	if (name === 'stock.counted') {
		const { branchId, product, quantity } = data as EventData<'stock.counted'>;
		add({ ...none, branchId, product, change: 'count', quantity });
	} else if (name === 'stock.threshold') {
		const { branchId, product, quantity, threshold } = data as EventData<'stock.threshold'>;
		add({ ...none, branchId, product, change: 'threshold', quantity, threshold });
	} else {
		const { from, to, product, quantity, reason, transferId = null } = data as EventData<'stock.moved'>;
		const move = { ...none, product, change: 'move' as const, reason, transferId };
		add({ ...move, branchId: from, counterpart: to, quantity: -quantity });
		add({ ...move, branchId: to, counterpart: from, quantity });
	}
}

function emitDevice(base: Base, name: string, data: EventData<'device.up'>, sink: RowSink): void {
	sink.add('device_changes', {
		...base,
		status: name.slice('device.'.length) as Status,
		deviceId: data.deviceId,
		branchId: data.branchId,
		kind: data.kind ?? null,
		reason: data.reason ?? null
	});
}

function emitSite(base: Base, data: EventData<'site.health'>, sink: RowSink): void {
	sink.add('site_health', {
		...base,
		site: data.site,
		component: data.component,
		status: data.status as Status,
		latencyMs: data.latencyMs ?? null,
		errorRate: data.errorRate ?? null
	});
}

function emitBranch(base: Base, data: EventData<'branch.opened'>, sink: RowSink): void {
	sink.add('branch_openings', {
		...base,
		branchId: data.branchId,
		name: data.name,
		province: data.province,
		city: data.city,
		latitude: data.latitude ?? null,
		longitude: data.longitude ?? null,
		windows: data.windows ?? null,
		kiosks: data.kiosks ?? null,
		instantDevice: data.instantDevice ?? null
	});
}
