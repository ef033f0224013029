import { createBank } from '../../../simulator/bank/bank.ts';
import { openProfile } from '../../../simulator/bank/open-profile.ts';
import { abandonedByLoad, waitByLoad } from '../../../simulator/validation/curves.ts';
import { type Flow, FlowCount } from '../../../simulator/validation/flow.ts';
import { DAY, HOUR, type Millis, MINUTE, SECOND } from '../../lib/domain/time.ts';
import { lineChart } from './line-chart.ts';
import { type MapNode, processMap } from './process-map.ts';

export interface PictureOptions {
	replications: number;
	customers: number;
	branches: number;
	days: number;
	seed: number;
}

/** Monday 2 March 2026 in the bank's zone: an ordinary month. */
const START = Date.UTC(2026, 2, 1, 16);
/** Cases are followed so long after the last of them began. */
const FOLLOWED = 25 * DAY;
const PROFILES = ['as-is', 'to-be'] as const;

/** Everything that `hotcard validate --out` draws. */
export async function* pictures(options: PictureOptions): AsyncGenerator<{ name: string; svg: string }> {
	const effort = { ...options, replications: Math.min(options.replications, 10) };
	yield {
		name: 'wait-by-load.svg',
		svg: lineChart({
			title: 'Mean wait of M/M/c: closed form, and simulation with 99 % intervals',
			x: 'load of the servers',
			y: 'wait in mean services',
			log: true,
			legend: 'bottom-right',
			series: waitByLoad(effort)
		})
	};
	yield {
		name: 'abandoned-by-load.svg',
		svg: lineChart({
			title: 'Who hangs up, ten agents: Erlang A, and simulation with 99 % intervals',
			x: 'offered load per agent',
			y: 'share of callers',
			series: abandonedByLoad(effort)
		})
	};
	const flows = new Map<string, Flow>();
	for (const name of PROFILES) flows.set(name, await flowOf(name, options));
	yield { name: 'cycle-time.svg', svg: cycleTimes(flows) };
	for (const [name, flow] of flows) yield { name: `process-${name}.svg`, svg: mapOf(name, flow) };
}

async function flowOf(name: string, { branches, days, seed }: PictureOptions): Promise<Flow> {
	const bank = createBank({ seed, profile: await openProfile(name), start: START, branches });
	const count = new FlowCount(START + days * DAY);
	const end = START + days * DAY + FOLLOWED;
	for (let at = START + HOUR; at <= end; at += HOUR) for (const event of bank.advance(at)) count.add(event);
	return count.result();
}

function cycleTimes(flows: ReadonlyMap<string, Flow>): string {
	return lineChart({
		title: 'From the report to the new card in use: share of cases by then',
		x: 'days',
		y: 'share of cases that got a card',
		legend: 'bottom-right',
		series: [...flows].map(([name, { cycleTimes: times }]) => ({
			name: `${name} (n ${times.length})`,
			mark: 'line' as const,
			points: Array.from({ length: 101 }, (_, at) => ({
				x: (times[Math.min(times.length - 1, Math.floor((at / 100) * times.length))] ?? 0) / DAY,
				y: at / 100
			})).filter(({ x }) => x <= FOLLOWED / DAY)
		}))
	});
}

/** Columns of the map by what the names of events begin with. */
const COLUMNS: readonly [title: string, events: RegExp][] = [
	['report', /^case\.(reported|freeze|frozen|paused|resumed|paper|backfilled|cash)/],
	['verify', /^case\.(verif)/],
	['material', /^case\.materials/],
	['risk', /^case\.(risk|suspicion)/],
	['approve', /^case\.(approval|authorised|rejected)/],
	['produce', /^case\.(virtual|card_ordered|card_personalised|production)/],
	['deliver', /^shipment/],
	['activate, close', /^case\./]
];
/** What happens in fewer cases than this share is left out: the map shows the ways that matter. */
const RARE = 0.03;

function mapOf(name: string, { activities, follows, cases }: Flow): string {
	const nodes: MapNode[] = activities
		.filter(({ count }) => count >= RARE * cases)
		.map(({ name, count }) => ({
			name: short(name),
			count,
			column: COLUMNS.findIndex(([, events]) => events.test(name))
		}));
	const known = new Set(nodes.map((node) => node.name));
	const edges = follows
		.map(({ from, to, count, took }) => ({ from: short(from), to: short(to), count, took: span(took) }))
		.filter(({ from, to, count }) => from !== to && count >= 2 * RARE * cases && known.has(from) && known.has(to));
	return processMap({
		title: `Process map, profile ${name}: ${cases} cases; events, and the median time to the next`,
		columns: COLUMNS.map(([title]) => title),
		nodes,
		edges
	});
}

const short = (name: string): string => name.replace(/^(case|shipment)\./, '').replaceAll('_', ' ');

function span(ms: Millis): string {
	const [unit, word] =
		ms >= DAY ? [DAY, 'd'] : ms >= HOUR ? [HOUR, 'h'] : ms >= MINUTE ? [MINUTE, 'min'] : [SECOND, 's'];
	const value = ms / unit;
	return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${word}`;
}
