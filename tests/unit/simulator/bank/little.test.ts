import { beforeAll, describe, expect, test } from 'vitest';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { openRegion, type Region } from '../../../../simulator/bank/region.ts';
import type { EventData, EventName } from '../../../../src/lib/domain/events/catalogue.ts';
import { DAY } from '../../../../src/lib/domain/time.ts';
import { toBe } from './profile-file.ts';

const START = Date.parse('2026-11-12T00:00:00+08:00');
/** In the middle of the pension day, so that people stand in line at the end. */
const END = START + 3.47 * DAY;
const plain = toBe();
/** Busy enough for a line before every desk. */
const profile = {
	...plain,
	arrivals: { ...plain.arrivals, casesPerBranchDay: 20 },
	approval: { ...plain.approval, automaticUpTo: 0 },
	visits: { ...plain.visits, cardVisitsPerDay: 40 }
};
const branches = createNetwork(5, 30, profile);
const told: { at: number; name: EventName; data: Record<string, unknown> }[] = [];
let region: Region;

beforeAll(() => {
	region = openRegion(
		{ seed: 5, profile, start: START },
		{ name: '', branches, of: branches },
		{
			event: (at, name, data: EventData) => void told.push({ at, name, data: data as Record<string, unknown> }),
			truth: () => undefined
		}
	);
	region.advance(END);
});

/** Integral of the number between two kinds of event, and the sum of the times between them, matched by an id. */
function between(
	id: string,
	begins: EventName,
	ends: readonly EventName[],
	only: (data: Record<string, unknown>) => boolean
) {
	const since = new Map<unknown, number>();
	let area = 0;
	let waits = 0;
	let last = START;
	for (const { at, name, data } of told) {
		const begun = name === begins && only(data);
		const ended = ends.includes(name) && since.has(data[id]);
		if (!begun && !ended) continue;
		area += since.size * (at - last);
		last = at;
		if (begun) since.set(data[id], at);
		else {
			waits += at - (since.get(data[id]) as number);
			since.delete(data[id]);
		}
	}
	area += since.size * (END - last);
	for (const at of since.values()) waits += END - at;
	return { area, waits };
}

describe("Little's law", () => {
	test('holds to the tick on every line: the integral of its length is the sum of its waits', () => {
		const readings = region.lines.map((line) => line.read());
		expect(readings.map(({ name, area }) => [name, area])).toEqual(readings.map(({ name, waits }) => [name, waits]));
		const waited = (part: string): number =>
			readings.filter(({ name, area }) => name.startsWith(part) && area > 0).length;
		expect(waited('windows')).toBe(30);
		expect(waited('approvers')).toBeGreaterThan(3);
		expect(waited('kiosks')).toBeGreaterThan(10);
		expect(readings.some(({ name, served }) => name === 'phone bank' && served > 500)).toBe(true);
		expect(readings.some(({ waiting }) => waiting > 0)).toBe(true);
	});

	const any = (): boolean => true;
	test.each<[string, string, EventName, EventName[], (data: Record<string, unknown>) => boolean]>([
		['the windows and kiosks', 'visitId', 'visit.ticket_taken', ['visit.called', 'visit.abandoned'], any],
		['the phone', 'callId', 'call.queued', ['call.answered', 'call.abandoned'], any],
		['approval', 'caseId', 'case.approval_requested', ['case.authorised', 'case.rejected'], any],
		['the centre', 'caseId', 'case.card_ordered', ['case.card_personalised'], (data) => data['way'] === 'centre'],
		['video', 'videoId', 'video.requested', ['video.connected', 'video.ended'], any]
	])('can be seen from outside, in the events of %s', (_, id, begins, ends, only) => {
		const { area, waits } = between(id, begins, ends, only);
		expect(area).toBe(waits);
		if (begins !== 'video.requested') expect(area).toBeGreaterThan(0);
	});
});
