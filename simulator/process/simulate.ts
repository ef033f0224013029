import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { zoneReader } from '../../src/lib/domain/sla/zone.ts';
import { DAY } from '../../src/lib/domain/time.ts';
import { dayOf, type LocalDays, localDays } from './local-days.ts';
import type { ProcessProfile } from './profile.ts';
import { runProcess, type SimulatedCase } from './run.ts';

type StepEvent = DomainEvent<'process.step'>;
interface Pending {
	at: number;
	event: StepEvent;
}

export interface SimulateProcessOptions {
	/** First day, `YYYY-MM-DD` in the profile's zone. */
	from: string;
	days: number;
	seed: number;
}

/**
 * Events of a process profile, a local day at a time and in order of time within it, ties by case. What lies after the
 * last day is left out, so cases are open at the end as they would be in a log. Throws `bad-option`.
 */
export function* simulateProcess(profile: ProcessProfile, options: SimulateProcessOptions): Generator<StepEvent[]> {
	const { from, days: length, seed } = options;
	const midnight = /^\d{4}-\d{2}-\d{2}$/.test(from) ? Date.parse(`${from}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(midnight))
		throw new HotcardError('bad-option', `from is "${from}", expected a date such as 2026-11-01`);
	if (!Number.isInteger(length) || length < 1)
		throw new HotcardError('bad-option', `days is ${length}, expected a whole number above 0`);
	const days = localDays(profile.zone, profile.days);
	const toUtc = zoneReader(profile.zone);
	const first = midnight / DAY;
	const run = runProcess(profile, { from: toUtc(midnight), to: toUtc(midnight + length * DAY), seed });
	const pending = new Map<number, Pending[]>();
	let next = run.next();
	for (let day = first; day < first + length; day++) {
		for (; !next.done && dayOf(days.toLocal(next.value.steps[0]!.at)) <= day; next = run.next())
			hold(next.value, { days, until: first + length, pending });
		const events = pending.get(day) ?? [];
		pending.delete(day);
		if (events.length > 0) yield events.sort((a, b) => a.at - b.at).map(({ event }) => event);
	}
}

interface Holding {
	days: LocalDays;
	until: number;
	pending: Map<number, Pending[]>;
}

/** Puts a case's events into the lists of their days. */
function hold({ id, branch, channel, tier, steps }: SimulatedCase, { days, until, pending }: Holding): void {
	for (const [no, { at, activity, resource }] of steps.entries()) {
		const day = dayOf(days.toLocal(at));
		if (day >= until) return;
		const list = pending.get(day) ?? [];
		if (list.length === 0) pending.set(day, list);
		list.push({
			at,
			event: {
				specversion: '1.0',
				id: `${id}-${no + 1}`,
				source: '/simulator/process',
				type: 'com.hotcard.process.step.v1',
				time: days.write(at),
				subject: id,
				datacontenttype: 'application/json',
				data: {
					caseId: id,
					activity,
					...(resource === undefined ? {} : { resource }),
					...(branch === undefined ? {} : { branchId: branch }),
					...(channel === undefined ? {} : { channel }),
					...(tier === undefined ? {} : { tier }),
					...(no === steps.length - 1 ? { final: true } : {})
				}
			}
		});
	}
}
