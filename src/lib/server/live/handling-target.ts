import type { EventMatch, Figure, Policy } from '../../domain/sla/policy.ts';
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '../../domain/time.ts';

/** Where the policy names none. */
const HANDLING: Millis = 8 * MINUTE;
const WINDOW_CLOCK = 'handling';
const UNITS: Partial<Record<Figure['unit'], Millis>> = { ms: 1, s: SECOND, min: MINUTE, h: HOUR, day: DAY };

/** How long the handling of a visit may take. */
export interface HandlingTarget {
	everywhere: Millis;
	/** Branches with a target of their own. */
	branches: ReadonlyMap<string, Millis>;
}

/** A figure of the policy as ms; null where it has none of that name, or one that is no duration. */
export function durationFigure(policy: Policy, name: string): Millis | null {
	const figure = policy.figures?.[name];
	const unit = figure && UNITS[figure.unit];
	return unit === undefined ? null : figure!.value * unit;
}

const isVisitStep = (matches: readonly EventMatch[], step: EventMatch['type']): boolean =>
	matches.some(({ type }) => type === step);

/**
 * The target for handling at the window: of the clock that runs from the call to the end of a visit, else the figure
 * `visit_handling`, else of the clock `handling`, else 8 minutes. A clock that names branches counts for those alone.
 */
export function handlingTarget(policy: Policy): HandlingTarget {
	const branches = new Map<string, Millis>();
	let ofVisit: Millis | undefined;
	let ofClock: Millis | undefined;
	for (const { id, start, end, scope, target } of policy.clocks) {
		const visit = isVisitStep(start, 'visit.called') && isVisitStep(end, 'visit.completed');
		if (!visit && id !== WINDOW_CLOCK) continue;
		if (scope.branch !== undefined) for (const branch of scope.branch) branches.set(branch, target);
		else if (visit) ofVisit ??= target;
		else ofClock = target;
	}
	return { everywhere: ofVisit ?? durationFigure(policy, 'visit_handling') ?? ofClock ?? HANDLING, branches };
}
