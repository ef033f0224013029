import { DAY, type Millis } from '../../../domain/time.ts';
import type { DeviceReport, LaneState } from '../fold/lane-state.ts';

/** Customers for whom one device reports within a day, from which somebody should look. */
export const SAME_DEVICE = 3;

export interface RepeatedDevice {
	deviceId: string;
	/** Its reports of the day up to the present. */
	reports: DeviceReport[];
	customers: number;
}

/** Devices that report for several customers. Only those that made enough reports at all are looked at. */
export class Repeats {
	readonly #lane: LaneState;
	readonly #devices = new Set<string>();

	constructor(lane: LaneState) {
		this.#lane = lane;
		for (const deviceId of lane.deviceReports.keys()) this.look(deviceId);
	}

	/** Looks again at a device that reported. */
	look(deviceId: string): void {
		if ((this.#lane.deviceReports.get(deviceId)?.length ?? 0) >= SAME_DEVICE) this.#devices.add(deviceId);
		else this.#devices.delete(deviceId);
	}

	at(now: Millis): RepeatedDevice[] {
		const found: RepeatedDevice[] = [];
		for (const deviceId of this.#devices) {
			const kept = this.#lane.deviceReports.get(deviceId) ?? [];
			// What is older than a day stays so: the next report of this device brings it back.
			if (kept.every((report) => report.at <= now - DAY)) this.#devices.delete(deviceId);
			const reports = kept.filter((report) => report.at > now - DAY && report.at <= now);
			const customers = new Set(reports.map((report) => report.customer)).size;
			if (customers >= SAME_DEVICE) found.push({ deviceId, reports, customers });
		}
		return found;
	}
}
