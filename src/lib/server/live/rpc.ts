import type { Answer } from '../../../../analytics/query.ts';
import type { Actor } from '../../domain/actor.ts';
import { HotcardError, type ErrorPlace, type ErrorWords } from '../../domain/error.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import type { VerifyAnswer } from '../application.ts';
import type { LogBatch } from '../log/port.ts';
import type { Firing } from './deadlines.ts';
import type { EngineStats } from './engine-options.ts';
import type { LaneTime } from './lane-clock.ts';
import type { SelfCheck, Surroundings } from './views/context.ts';

/** Questions to the engine that are answered: name → arguments and answer. */
export interface Calls {
	view: { args: [topic: Topic, params: Params<Topic>, actor: Actor]; answer: Snapshot };
	follow: { args: [id: number, topic: Topic, params: Params<Topic>, actor: Actor]; answer: Snapshot };
	query: { args: [sql: string, limit: number | undefined]; answer: Answer };
	commit: { args: []; answer: void };
	selfCheck: { args: []; answer: SelfCheck };
	verify: { args: []; answer: VerifyAnswer };
	rebuild: { args: []; answer: { events: number; seconds: number } };
	stats: { args: []; answer: EngineStats };
	close: { args: []; answer: void };
}

export type CallName = keyof Calls;

export type ToWorker =
	| { kind: 'apply'; batch: LogBatch }
	| { kind: 'laneTime'; lane: Lane; time: LaneTime }
	| { kind: 'surroundings'; surroundings: Surroundings }
	| { kind: 'unfollow'; id: number }
	| { kind: 'call'; id: number; name: CallName; args: unknown[] };

export type FromWorker =
	| { kind: 'ready'; stats: EngineStats }
	| { kind: 'failed'; fault: Fault }
	| { kind: 'applied'; offset: number }
	| { kind: 'answer'; id: number; answer: unknown }
	| { kind: 'refused'; id: number; fault: Fault }
	| { kind: 'view'; id: number; view: View<Topic>; version: number; offset: number }
	| { kind: 'firings'; firings: readonly Firing[] }
	| { kind: 'fault'; fault: Fault };

/** An error as it crosses between threads. */
export interface Fault {
	code: string | null;
	message: string;
	place?: ErrorPlace;
	remedy?: string;
	zh?: ErrorWords;
	stack?: string;
}

export function faultOf(error: unknown): Fault {
	if (error instanceof HotcardError) {
		const { code, message, place, remedy, zh } = error;
		return { code, message, place, remedy, zh };
	}
	if (!(error instanceof Error)) return { code: null, message: String(error) };
	return { code: null, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}

export function errorOf(fault: Fault): Error {
	if (fault.code === null) {
		const error = new Error(fault.message);
		if (fault.stack !== undefined) error.stack = fault.stack;
		return error;
	}
	return new HotcardError(fault.code, fault.message, {
		...(fault.place ? { place: fault.place } : {}),
		...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
		...(fault.zh === undefined ? {} : { zh: fault.zh })
	});
}
