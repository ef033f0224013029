import type { HeatCells } from '../../../../../analytics/heatmap/cells.ts';
import type { Store } from '../../../../../analytics/store.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { Millis } from '../../../domain/time.ts';
import type { HeatMeasure } from '../../../protocol/views.ts';
import type { EventLog, Recording } from '../../log/port.ts';
import type { LiveCase } from '../fold/lane-state.ts';
import type { LaneFold } from '../lane-fold.ts';
import type { LaneClock } from '../lane-clock.ts';
import type { Targets } from '../targets.ts';

/** What live views need to know of the rest of the application. */
export interface Surroundings {
	/** Open quarantine entries per lane. */
	quarantined: Record<string, number>;
	recording: Recording;
}

export interface SelfCheck {
	ok: boolean;
	at: Millis | null;
	detail?: string;
	detailZh?: string;
}

/** The heatmap of all branches over the last weeks, as counted now and then. */
export interface HeatSummary {
	readonly cells: HeatCells;
	/** The range that it was counted for. */
	readonly from: Millis;
	readonly to: Millis;
	/** Highest values of the branches as far as they were asked for, by their places among the cells. */
	readonly peaks: Map<HeatMeasure, Float64Array>;
}

export type LogReader = Pick<EventLog, 'head' | 'read' | 'at'>;

/** Everything a view of one lane is computed from, at one moment. */
export interface ViewContext {
	lane: Lane;
	fold: LaneFold;
	/** Events per lane, of all lanes. */
	lanes: Record<string, { events: number }>;
	/** The lane's present, and the server's. */
	now: Millis;
	wall: Millis;
	clock: LaneClock;
	targets: Targets;
	store: Store;
	log: LogReader;
	surroundings: Surroundings;
	selfCheck: SelfCheck;
	/** Undefined before it was counted for the first time. */
	heat: HeatSummary | undefined;
	/** Whether the reader may see personal data. */
	unmasked: boolean;
}

/** Name of a branch; its id where the lane has not told. */
export function branchName(context: ViewContext, id: string | null): string | null {
	return id === null ? null : (context.fold.state.branches.get(id)?.name ?? id);
}

export function findCase(context: ViewContext, caseId: string): LiveCase | undefined {
	return context.fold.state.open.get(caseId) ?? context.fold.state.recent.get(caseId);
}
