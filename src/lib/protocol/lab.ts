import type { Lane } from '../domain/lane.ts';
import type { Said } from '../domain/said.ts';
import type { Millis } from '../domain/time.ts';

/** Where a kind of fault may act: at branches, at one site, on some media or payment channels, or everywhere alike. */
export type FaultPlace = 'branches' | 'site' | 'media' | 'paymentChannels' | 'none';

/** A number that a fault may say, such as its strength. */
export interface FaultNumber {
	name: string;
	whole: boolean;
	min: number;
	/** 1 where it is a share. */
	max: number;
	/** Null where it has to be said. */
	usual: number | null;
}

/** A time that a fault may say as text such as `8 min`, with its bound in ms. */
export interface FaultSpan {
	name: string;
	max: Millis;
	/** Whether it has to be said. */
	needed: boolean;
}

/** A kind of fault and what may be said of one. */
export interface FaultKind {
	kind: string;
	place: FaultPlace;
	/** What there is to choose from: sites, media or payment channels. */
	choices: string[];
	numbers: FaultNumber[];
	spans: FaultSpan[];
	/** Groups of people of whom some may be named; empty where the kind knows none. */
	groups: string[];
}

/** A fault that was injected, with the times of the lane at which it acts. */
export interface LabFault {
	id: string;
	kind: string;
	scope: Record<string, string | string[]>;
	from: Millis;
	/** When it ends or ended. */
	to: Millis;
	/** How long it took to its full strength, ms. */
	ramp: Millis;
	/** A share, a factor or what else its kind means by it; null where the kind knows none. */
	strength: number | null;
	active: boolean;
}

export interface DrivenLane {
	lane: Lane;
	driven: true;
	/** `history`: a bank is brought to the lane's present, which stands still meanwhile. */
	phase: 'history' | 'live' | 'stopped';
	/** Lane ms a wall ms; 0 = paused. */
	speed: number;
	paused: boolean;
	laneNow: Millis;
	seed: number;
	branches: number;
	/** Name of the bank's run, part of its events' ids; null until it has one. */
	run: string | null;
	/** Those of the bank that runs, the newest first. */
	faults: LabFault[];
	kinds: FaultKind[];
}

/** What moves a lane, and how. */
export type LabState = DrivenLane | { lane: Lane; driven: false; reason: Said };

/** What may be asked of whatever moves a lane. `fault` is checked against the bank that runs. */
export type LabCommand = { lane: Lane } & (
	| { command: 'speed'; speed: number }
	| { command: 'step'; ms: Millis }
	| { command: 'inject'; fault: Record<string, unknown> }
	| { command: 'end-fault'; id: string }
	| { command: 'seed'; seed: number }
);
