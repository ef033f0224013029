import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { zoneReader } from '../../src/lib/domain/sla/zone.ts';
import { DAY, type Millis } from '../../src/lib/domain/time.ts';
import { type LocalDays, localDays } from './local-days.ts';
import type { ProcessProfile } from './profile.ts';
import { openProcess, type SimulatedCase } from './run.ts';

type StepEvent = DomainEvent<'process.step'>;

export interface SimulateProcessOptions {
	/** First day, `YYYY-MM-DD` in the profile's zone. */
	from: string;
	days: number;
	seed: number;
}

/**
 * Events of a process profile, a local day at a time and in order of time within it, steps whose beginning is
 * known as `start` and `complete`. What lies after the last day is left out, so cases are open at the end as they would be in a log. Throws `bad-option`.
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
	const events: StepEvent[] = [];
	const env = openProcess(
		profile,
		{ from: toUtc(midnight), to: toUtc(midnight + length * DAY), seed },
		{
			started: (one, no, step) => events.push(eventOf(one, { no, ...step, at: step.started, mark: 'start', days })),
			ended(one, final) {
				const step = one.steps.at(-1)!;
				const mark = step.started === undefined ? undefined : 'complete';
				events.push(eventOf(one, { no: one.steps.length - 1, ...step, mark, final, days }));
			}
		}
	);
	for (let day = 1; day <= length; day++) {
		env.run(toUtc(midnight + day * DAY));
		if (events.length > 0) yield events.splice(0);
	}
}

interface Moment {
	no: number;
	at: Millis;
	activity: string;
	resource: string | undefined;
	/** The step's life cycle, where its beginning is known. */
	mark: 'start' | 'complete' | undefined;
	final?: boolean;
	days: LocalDays;
}

function eventOf({ id, branch, channel, tier }: SimulatedCase, moment: Moment): StepEvent {
	const { no, at, activity, resource, mark, final = false, days } = moment;
	return {
		specversion: '1.0',
		id: `${id}-${no + 1}${mark === 'start' ? '-start' : ''}`,
		source: '/simulator/process',
		type: 'com.hotcard.process.step.v1',
		time: days.write(at),
		subject: id,
		datacontenttype: 'application/json',
		data: {
			caseId: id,
			activity,
			...(mark === undefined ? {} : { lifecycle: mark }),
			...(resource === undefined ? {} : { resource }),
			...(branch === undefined ? {} : { branchId: branch }),
			...(channel === undefined ? {} : { channel }),
			...(tier === undefined ? {} : { tier }),
			...(final ? { final: true } : {})
		}
	};
}
