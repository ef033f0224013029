import type { Calibration } from '../../simulator/calibration/calibrate.ts';
import { type CaseLog, eventsOf } from '../../simulator/calibration/case-log.ts';
import type { Fidelity, Measure } from '../../simulator/calibration/fidelity.ts';

interface Parts {
	lane: string;
	log: CaseLog;
	calibration: Calibration;
	calendar: string | null;
	out: string;
	seconds: number;
}

const iso = (at: number): string => new Date(Math.ceil(at)).toISOString();
type Named = Record<string, unknown>;

/** What `hotcard calibrate --json` prints; see docs/simulator.md. Times in seconds unless a unit stands beside. */
export function calibrationDocument({ lane, log, calibration, calendar, out, seconds }: Parts) {
	const { profile, since, fidelity } = calibration;
	const { arrivals, routing, durations, people, hours, work } = profile;
	return {
		lane,
		cases: log.cases.length,
		events: eventsOf(log.cases),
		oddTimes: log.oddTimes,
		profile: out,
		zone: profile.zone,
		calendar,
		since: { arrivals: iso(since.arrivals), steps: iso(since.steps) },
		arrivals: { ...(arrivals.goodness as Named), dispersion: arrivals.dispersion, special: arrivals.special },
		routing: { order: routing.order, ...(routing.goodness as Named) },
		hours,
		durations: durations.map(({ from, to, clock, instant, law, n, goodness }) => {
			const { n: lasting, ...fit } = (goodness ?? {}) as Named;
			const { family, ...parameters } = law;
			const told = law.family === 'empirical' ? { points: law.points.length } : parameters;
			return { activity: to, after: from, family, parameters: told, clock, instant, n, lasting, ...fit };
		}),
		work: work.map((one) => ({ activity: one.activity, by: one.by, others: one.others, n: one.n })),
		people: people.map(({ name, n, speed, speedN, atOnce, shifts }) => ({ name, n, speed, speedN, atOnce, shifts })),
		...(fidelity === undefined ? {} : { fidelity: told(fidelity) }),
		seconds
	};
}

function told({ from, to, seenUntil, ...measures }: Fidelity) {
	return { from: iso(from), to: iso(to), seenUntil: iso(seenUntil), ...measures };
}

export function calibrationSentence(document: ReturnType<typeof calibrationDocument>): string {
	const { arrivals, routing, durations, work, fidelity, since } = document;
	const families = Object.entries(Object.groupBy(durations, ({ family }) => family))
		.map(([family, list]) => `${list?.length ?? 0} ${family}`)
		.join(', ');
	const lines = [
		`${document.events} events of ${document.cases} cases in ${document.seconds.toFixed(2)} s: ${document.profile}`,
		`arrivals   ${text(arrivals, 'family')}, ${text(arrivals, 'perDay')} a day over ${text(arrivals, 'days')} days since ${since.arrivals.slice(0, 10)}, variance/mean ${text(arrivals, 'varianceToMean')} given hour and weekday, KS ${text(arrivals, 'ks')}`,
		`routing    order ${routing.order}, ${text(routing, 'contexts')} contexts from ${text(routing, 'decisions')} decisions since ${since.steps.slice(0, 10)}`,
		`waits      ${durations.length} laws: ${families}`,
		`people     ${document.people.length}; ${workSentence(work)}`
	];
	if (fidelity === undefined) return [...lines, 'nothing was held out, so nothing was compared'].join('\n');
	return [
		...lines,
		`held out   ${fidelity.from} to ${fidelity.to}: ${fidelity.cases.real} cases, simulated ${fidelity.cases.simulated.toFixed(0)} (mean of ${fidelity.runs})`,
		`distance     simulated     halves    before`,
		...row('cycle time', fidelity.cycleTime),
		...row('arrivals', fidelity.arrivals),
		...row('  an hour', fidelity.arrivals.perHour),
		...row('  in a day', fidelity.arrivals.timeOfDay),
		...row('activities', fidelity.stages),
		...row('waits', fidelity.waits),
		...(fidelity.queues === undefined ? [] : row('queues', fidelity.queues))
	].join('\n');
}

/** Which activities have people at work behind a queue, and which a wait that holds both. */
function workSentence(work: ReturnType<typeof calibrationDocument>['work']): string {
	const names = (by: string) => work.filter((one) => one.by === by).map(({ activity }) => activity);
	const [service, waiting] = [names('service'), names('waiting')];
	const parts = [
		service.length > 0 ? `queue and work apart for ${service.join(', ')}` : 'no activity with queue and work apart',
		...(waiting.length > 0 ? [`one wait for both (ends alone are known) for ${waiting.length} activities`] : [])
	];
	return parts.join('; ');
}

function row(name: string, { emd, baseline, previous, n, unit, verdict }: Measure): string[] {
	const figures = [emd, baseline, previous].map((value) => value.toPrecision(3).padStart(10)).join('');
	const before = { true: 'better than', false: 'NOT better than' }[String(verdict.betterThanBefore)];
	return [
		`${name.padEnd(11)}${figures}  ${unit}, n = ${n}`,
		`             ${before === undefined ? 'nothing before to repeat' : `${before} repeating the period before`}; ${verdict.withinHalves ? 'within' : 'NOT within'} the distance of two halves`
	];
}

const text = (part: Named, key: string): string => String(part[key]);
