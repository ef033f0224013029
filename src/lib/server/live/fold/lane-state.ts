import type { CaseState } from '../../../domain/case/state.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { Millis } from '../../../domain/time.ts';
import type { Sketch } from '../sketch.ts';

/** A case in memory, with where its events lie in the log. */
export interface LiveCase {
	state: CaseState;
	offsets: number[];
	/** `clock/kind` of the deadlines that fired for it. */
	fired: string[];
	/** Offset of the event that closed it; null while it is open. */
	closedOffset: number | null;
}

/** What happened in one hour of a lane. */
export interface Slot {
	opened: number;
	closed: number;
	/** Cases that entered a stage. */
	entered: Map<string, number>;
	/** Time spent in stages that were left in this hour. */
	dwell: Map<string, Sketch>;
	/** Stage spans with a target that ended in this hour, and how many of them took longer. */
	spans: Map<string, { n: number; over: number }>;
	/** Runs of a clock that ended in this hour. */
	clocks: Map<string, { met: number; n: number; spent: Sketch }>;
	/** Reports per channel in twelve parts of five minutes. */
	reports: Map<string, number[]>;
}

export interface BranchState {
	name: string | null;
	city: string | null;
	province: string | null;
	last: Millis;
	/** Events per hour, ring over the kept slots; `head` is the hour of the newest entry. */
	hours: Uint16Array;
	head: number;
}

export interface StockState {
	branchId: string;
	product: string;
	/** Null until it was counted: moves alone say no level. */
	quantity: number | null;
	threshold: number | null;
	at: Millis;
}

export interface DeviceState {
	branchId: string;
	kind: string | null;
	status: 'down' | 'degraded';
	since: Millis;
}

export interface SiteComponent {
	status: 'up' | 'degraded' | 'down';
	latencyMs: number | null;
	/** When it was looked at last. */
	at: Millis;
	/** Since when it has this status, as far as somebody looked. */
	since: Millis;
}

/** One device's reports of the last day. */
export interface DeviceReport {
	at: Millis;
	customer: string;
	caseId: string;
}

/** Everything that live views of a lane are computed from. Plain data: a checkpoint is a copy of it. */
export interface LaneState {
	lane: Lane;
	events: number;
	/** Offset after the lane's newest event in the log. */
	next: number;
	/** Earliest and latest `occurredAt`. */
	oldest: Millis | null;
	newest: Millis | null;
	opened: number;
	violations: number;
	open: Map<string, LiveCase>;
	/** The cases that closed last, oldest first. */
	recent: Map<string, LiveCase>;
	slots: Map<number, Slot>;
	/** Newest hour with a slot. */
	lastHour: number;
	branches: Map<string, BranchState>;
	stock: Map<string, StockState>;
	devices: Map<string, DeviceState>;
	sites: Map<string, Map<string, SiteComponent>>;
	deviceReports: Map<string, DeviceReport[]>;
	/** Lane time up to which deadlines have fired. */
	firedTo: Millis;
}

export function emptyLane(lane: Lane): LaneState {
	return {
		lane,
		events: 0,
		next: 0,
		oldest: null,
		newest: null,
		opened: 0,
		violations: 0,
		open: new Map(),
		recent: new Map(),
		slots: new Map(),
		lastHour: -1,
		branches: new Map(),
		stock: new Map(),
		devices: new Map(),
		sites: new Map(),
		deviceReports: new Map(),
		firedTo: -Infinity
	};
}
