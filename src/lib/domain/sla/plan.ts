import type { EventName } from '../events/catalogue.ts';
import type { Stage } from '../stage.ts';
import type { EventMatch, Policy } from './policy.ts';

export type Verb = 'start' | 'end' | 'cancel' | 'pause' | 'resume';

/** One thing that an event may do to one clock. */
export interface Action {
	/** Index of the rule in `policy.clocks`. */
	readonly rule: number;
	readonly verb: Verb;
	readonly match: EventMatch;
}

/** A policy turned round: what to look at for an event of this name, and for one that enters this stage. */
export interface Plan {
	readonly byName: ReadonlyMap<EventName, readonly Action[]>;
	readonly byStage: ReadonlyMap<Stage, readonly Action[]>;
	readonly closing: ReadonlyMap<EventName, readonly EventMatch[]>;
	/** Conditions that name a stage only. */
	readonly closingStages: ReadonlySet<Stage>;
	/** By rule: whether the clock stands for as long as its case is paused. */
	readonly standing: readonly boolean[];
}

/** In this order within one event: a run that it starts can end with it, never the other way round. */
const ORDER: readonly Verb[] = ['start', 'resume', 'pause', 'end', 'cancel'];

function nameFor(match: EventMatch): EventName | undefined {
	return match.type ?? (match.activity === undefined ? undefined : 'process.step');
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}

/** A pause under conditions of its data says nothing of a case of which only the pause is known. */
const isAnyPause = ({ type, stage, where }: EventMatch): boolean =>
	type === 'case.paused' && stage === undefined && where === undefined;

/** Prepares a policy for `applyToCase`. */
export function planOf(policy: Pick<Policy, 'clocks' | 'closes'>): Plan {
	const byName = new Map<EventName, Action[]>();
	const byStage = new Map<Stage, Action[]>();
	const add = (rule: number, verb: Verb, matches: readonly EventMatch[]) => {
		for (const match of matches) {
			const name = nameFor(match);
			if (name !== undefined) push(byName, name, { rule, verb, match });
			else if (match.stage !== undefined) push(byStage, match.stage, { rule, verb, match });
		}
	};
	policy.clocks.forEach((clock, rule) => {
		for (const verb of ORDER) {
			if (verb === 'start' || verb === 'end' || verb === 'cancel') add(rule, verb, clock[verb]);
			else for (const pair of clock.pause) add(rule, verb, verb === 'pause' ? pair.from : pair.until);
		}
	});
	const closing = new Map<EventName, EventMatch[]>();
	const closingStages = new Set<Stage>();
	for (const match of policy.closes) {
		const name = nameFor(match);
		if (name !== undefined) push(closing, name, match);
		else if (match.stage !== undefined) closingStages.add(match.stage);
	}
	const standing = policy.clocks.map(({ pause }) => pause.some(({ from }) => from.some(isAnyPause)));
	return { byName, byStage, closing, closingStages, standing };
}

/** The same policy with its plan. */
export function withPlan(policy: Policy): Policy {
	return { ...policy, plan: planOf(policy) };
}

/** Whether the fields of an event's data are as the match asks; its name is known to fit. `entered` = the stage it led into. */
export function fits(match: EventMatch, data: Readonly<Record<string, unknown>>, entered: Stage | null): boolean {
	if (match.activity !== undefined && data['activity'] !== match.activity) return false;
	if (match.stage !== undefined && entered !== match.stage) return false;
	const where = match.where;
	if (where === undefined) return true;
	for (const field in where) {
		const wanted = where[field];
		const found = data[field] ?? null;
		if (found !== wanted && !(Array.isArray(found) && found.includes(wanted))) return false;
	}
	return true;
}
