import type { EventName } from '../events/catalogue.ts';
import type { Stage } from '../stage.ts';
import type { Millis } from '../time.ts';
import type { Calendar } from './calendar.ts';
import type { Plan } from './plan.ts';

/** Matches an event by type, by the activity of a generic step, or by the stage it enters; `where` compares fields of `data`. */
export interface EventMatch {
	readonly type?: EventName;
	readonly activity?: string;
	readonly stage?: Stage;
	/** An array field matches when it contains the value; null asks for a field that is absent. */
	readonly where?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface ClockRule {
	readonly id: string;
	readonly name: { readonly zh: string; readonly en: string };
	/** The stage whose flow this clock is shown with. */
	readonly stage: Stage | null;
	readonly start: readonly EventMatch[];
	readonly end: readonly EventMatch[];
	readonly cancel: readonly EventMatch[];
	readonly target: Millis;
	/** Share of runs that must meet the target, 0–1. */
	readonly objective: number;
	/** Part of the target after which a run is at risk, 0–1. */
	readonly atRisk: number;
	/** Each end starts the next run at once, until the clock is cancelled or the case is closed. */
	readonly repeats?: boolean;
	readonly kind: 'wall' | 'working';
	/** Working time counts under this calendar; null for wall time. */
	readonly calendar: Calendar | null;
	readonly scope: {
		readonly tier?: readonly string[];
		readonly channel?: readonly string[];
		readonly branch?: readonly string[];
		readonly product?: readonly string[];
		readonly way?: readonly string[];
	};
	readonly pause: readonly { readonly from: readonly EventMatch[]; readonly until: readonly EventMatch[] }[];
}

/** A figure that is no clock of a case: a target of a visit, a rate, a limit. */
export interface Figure {
	/** The row of the domain it comes from, `D1` … `D14`. */
	readonly from: string;
	readonly name: { readonly zh: string; readonly en: string };
	readonly value: number;
	readonly unit: 's' | 'ms' | 'min' | 'h' | 'day' | 'month' | 'share' | 'CNY' | 'count' | 'per_day';
	/** Which side of the figure is good. */
	readonly bound: 'at_most' | 'at_least';
}

/** A checked policy: what `readPolicy` makes of a YAML file. `hash` changes whenever the meaning may. */
export interface Policy {
	readonly hash: string;
	readonly clocks: readonly ClockRule[];
	/** Event or activity that ends a generic case; empty = never closed. */
	readonly closes: readonly EventMatch[];
	/** Figures by name, such as `overtime_alert_share`. */
	readonly figures?: Readonly<Record<string, Figure>>;
	/** What to look at per event, prepared by `readPolicy` (or `withPlan`); without it every event prepares it anew. */
	readonly plan?: Plan;
}
