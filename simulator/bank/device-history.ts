import type { CaseFile } from './case-file.ts';
import type { World } from './world.ts';

/** A loss report that came from a device. */
export interface DeviceReport {
	readonly at: number;
	readonly customer: string;
}

/** Channels that a customer reaches with a device of their own: the bank's machines are everybody's. */
const OWN_DEVICE: ReadonlySet<string> = new Set(['mobile', 'online', 'wechat', 'alipay']);

/**
 * Whether others may report from the same device: only then is its history shared, and the case must have met the calendar. From a
 * device of one customer nobody else reports, and a second report of that customer is found by the account.
 */
export function fromSharedDevice({ customer, channel }: CaseFile): boolean {
	return customer.sharedDevice && OWN_DEVICE.has(channel);
}

/** Writes a report into the history of its device, and into the file how many other customers it spoke for not long before. */
export function noteDevice({ deviceReports, profile }: World, file: CaseFile): void {
	const { deviceId, ref } = file.customer;
	const { now } = file.time;
	const since = now - profile.risk.sharedDeviceWindow;
	const recent = (deviceReports.get(deviceId) ?? []).filter(({ at }) => at > since);
	file.sameDevice = new Set(recent.map(({ customer }) => customer).filter((customer) => customer !== ref)).size;
	deviceReports.set(deviceId, [...recent, { at: now, customer: ref }]);
}
