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
	const { arrivals, routing, durations, people, hours } = profile;
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
		people: people.map(({ name, n, speed, speedN }) => ({ name, n, speed, speedN })),
		...(fidelity === undefined ? {} : { fidelity: told(fidelity) }),
		seconds
	};
}

function told({ from, to, seenUntil, ...measures }: Fidelity) {
	return { from: iso(from), to: iso(to), seenUntil: iso(seenUntil), ...measures };
}

export function calibrationSentence(document: ReturnType<typeof calibrationDocument>): string {
	const { arrivals, routing, durations, fidelity, since } = document;
	const families = Object.entries(Object.groupBy(durations, ({ family }) => family))
		.map(([family, list]) => `${list?.length ?? 0} ${family}`)
		.join(', ');
	const lines = [
		`${document.events} events of ${document.cases} cases in ${document.seconds.toFixed(2)} s: ${document.profile}`,
		`arrivals   ${text(arrivals, 'family')}, ${text(arrivals, 'perDay')} a day over ${text(arrivals, 'days')} days since ${since.arrivals.slice(0, 10)}, variance/mean ${text(arrivals, 'varianceToMean')}, KS ${text(arrivals, 'ks')}`,
		`routing    order ${routing.order}, ${text(routing, 'contexts')} contexts from ${text(routing, 'decisions')} decisions since ${since.steps.slice(0, 10)}`,
		`waits      ${durations.length} laws: ${families}`,
		`people     ${document.people.length}`
	];
	if (fidelity === undefined) return [...lines, 'nothing was held out, so nothing was compared'].join('\n');
	const row = (name: string, { emd, baseline, previous, n, unit }: Measure) =>
		`${name.padEnd(11)}${[emd, baseline, previous].map((value) => value.toPrecision(3).padStart(10)).join('')}  ${unit}, n = ${n}`;
	return [
		...lines,
		`held out   ${fidelity.from} to ${fidelity.to}: ${fidelity.cases.real} cases, simulated ${fidelity.cases.simulated.toFixed(0)} (mean of ${fidelity.runs})`,
		`distance     simulated     halves    before`,
		row('cycle time', fidelity.cycleTime),
		row('arrivals', fidelity.arrivals),
		row('', fidelity.arrivals.perHour),
		row('', fidelity.arrivals.timeOfDay),
		row('activities', fidelity.stages),
		row('waits', fidelity.waits)
	].join('\n');
}

const text = (part: Named, key: string): string => String(part[key]);
