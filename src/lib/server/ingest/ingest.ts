import { type Actor, may } from '../../domain/actor.ts';
import { HotcardError } from '../../domain/error.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { refuse } from '../../domain/events/validate.ts';
import { findPan } from '../../domain/events/pan.ts';
import { jsonMayHoldPan } from '../../domain/events/pan-look.ts';
import { isSynthetic, type Lane } from '../../domain/lane.ts';
import type { Clock, Millis } from '../../domain/time.ts';
import type { IngestAnswer, IngestRequest, Rejection } from '../application.ts';
import { PASSING as LOG_PASSING } from '../log/errors.ts';
import type { EventLog, LogEntry } from '../log/port.ts';
import { closedFor, HOLDS_PAN, refused, taken, TOO_FAST, tooLarge } from './answers.ts';
import { auditOf } from './audit.ts';
import { checkEvent, checkTime, type Drafted, entryOf, HISTORY } from './check.ts';
import {
	IMPORT,
	SIMULATOR,
	type IngestCounts,
	type IngestDoor,
	type IngestLimits,
	type IngestOptions
} from './door.ts';
import { type Item, openRequest } from './modes.ts';
import { type Quarantine, type Refused, textOf } from './quarantine.ts';
import { PAN, pansOf, rejectionOf } from './rejection.ts';

const DEFAULTS: IngestLimits = { bytes: 1024 * 1024, events: 1_000, pendingBytes: 32 * 1024 * 1024 };
const RETRY_SECONDS = 1;
/** Failures of the log after which the same request may succeed. */
const PASSING = new Set([...LOG_PASSING, 'log-closed', 'log-broken', 'log-readonly']);

const UNREADABLE = { 400: 'malformed', 413: 'too-large', 415: 'media-type' } as const;
/** The one door to the log: parses, checks, masks, quarantines and appends. Every refusal says what was expected and where. */
export function createIngest(options: IngestOptions): IngestDoor {
	return new Door(options);
}

class Door implements IngestDoor {
	readonly limits: IngestLimits;
	readonly counts: IngestCounts = { accepted: 0, duplicates: 0, rejected: 0 };
	readonly #log: EventLog;
	readonly #clock: Clock;
	readonly #quarantine: Quarantine;
	readonly #laneNow: (lane: Lane) => Millis | null;
	readonly #laneBound: (lane: Lane) => Millis | null;
	readonly #unready: () => string | undefined;

	constructor({ log, clock, quarantine, limits, laneNow, bound, unready }: IngestOptions) {
		this.#log = log;
		this.#clock = clock;
		this.#quarantine = quarantine;
		this.limits = { ...DEFAULTS, ...limits };
		this.#laneNow = laneNow ?? (() => null);
		this.#laneBound = bound ?? (() => null);
		this.#unready = unready ?? (() => undefined);
	}

	async accept(request: IngestRequest): Promise<IngestAnswer> {
		return this.#closedDoor(request.body.length) ?? this.#take(request, true);
	}

	async submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer> {
		mayWrite(lane, origin);
		return this.#check(lane, { items: events.map((value) => ({ value })), clean: false }, origin, true);
	}

	async admit(lane: Lane, drafts: readonly Drafted[], origin: string): Promise<IngestAnswer> {
		mayWrite(lane, origin);
		const now = this.#bound(lane);
		const items: Item[] = [];
		const rejected: Rejection[] = [];
		// One look at all of them: that is many times cheaper than a look at each.
		const clean = !jsonMayHoldPan(drafts.map(({ line }) => line).join('\n'));
		const entries = drafts.filter(({ at, line, fileLine }, index) => {
			const late = checkTime(at, now, HISTORY);
			if (late === null && (clean || !jsonMayHoldPan(line))) return true;
			const value: unknown = JSON.parse(line);
			const pointer = findPan(value);
			if (late === null && pointer === undefined) return true;
			items[index] = { value, fileLine };
			rejected.push(rejectionOf(index, { value }, pointer === undefined ? late! : { ...PAN, pointer }));
			return false;
		});
		return this.#append(lane, entries, items, rejected, origin);
	}

	async resubmit(quarantineId: number, body: string, actor: Actor): Promise<IngestAnswer> {
		const row = this.#openRow(quarantineId, actor, 'quarantine.resubmit');
		const bytes = new TextEncoder().encode(body);
		const closed = this.#closedDoor(bytes.length);
		if (closed !== undefined) return closed;
		const request = { lane: row.lane, contentType: 'application/json', headers: {}, body: bytes, origin: 'resubmit' };
		const answer = await this.#take(request, false);
		if (answer.status === 202 && answer.accepted + answer.duplicates > 0)
			await this.#settle(row.id, 'resubmitted', actor);
		return answer;
	}

	async dismiss(quarantineId: number, actor: Actor): Promise<void> {
		const row = this.#openRow(quarantineId, actor, 'quarantine.dismiss');
		await this.#settle(row.id, 'dismissed', actor);
	}

	#openRow(id: number, actor: Actor, action: string) {
		if (!may(actor, 'quarantine.resubmit'))
			throw new HotcardError('forbidden', `The role ${actor.role} may not do this (${action}).`, {
				remedy: 'Ask a supervisor, manager or planner.',
				zh: { message: '当前身份无权处理被拒事件。', remedy: '请主管、经理或计划员办理。' }
			});
		const row = this.#quarantine.get(id);
		if (row === undefined)
			throw new HotcardError('not-found', `There is no quarantined event ${id}.`, {
				zh: { message: `隔离区没有第 ${id} 条。` }
			});
		if (row.status !== 'open')
			throw new HotcardError('not-open', `The quarantined event ${id} is ${row.status} already.`, {
				zh: { message: `第 ${id} 条已处理过。` }
			});
		return row;
	}

	async #settle(id: number, status: 'resubmitted' | 'dismissed', actor: Actor): Promise<void> {
		const row = this.#quarantine.get(id);
		if (row === undefined) return;
		const at = this.#now(row.lane);
		await this.#log.append(row.lane, [entryOf(auditOf(row, status, actor, at))]);
		this.#quarantine.mark(id, status, actor.id, this.#clock.now());
	}

	/** The answer for everybody while nothing can be taken; looks at no event. */
	#closedDoor(bytes: number): IngestAnswer | undefined {
		const again = { retryAfterSeconds: RETRY_SECONDS };
		const reason = this.#unready() ?? this.#log.health().reason;
		if (reason !== undefined) return refused(503, 'not-ready', closedFor(reason), again);
		if (bytes > this.limits.bytes) return tooLarge(this.limits.bytes);
		if (this.#log.pending() > this.limits.pendingBytes) return refused(429, 'busy', TOO_FAST, again);
		return undefined;
	}

	async #take(request: IngestRequest, keep: boolean): Promise<IngestAnswer> {
		mayWrite(request.lane, request.origin);
		const opened = openRequest(request, this.limits.events);
		try {
			if (opened.ok) return await this.#check(request.lane, opened, request.origin, keep);
			const { status, detail, text } = opened;
			const why = { index: 0, code: 'json', detail: detail.en, detailZh: detail.zh };
			if (keep && text !== undefined) this.#quarantine.addNew([this.#refusal(request, why, text, null)]);
			return refused(status, UNREADABLE[status], detail);
		} catch (error) {
			if (!PASSING.has((error as { code?: string }).code ?? '')) throw error;
			const again = { retryAfterSeconds: RETRY_SECONDS };
			return refused(503, 'not-ready', closedFor((error as Error).message), again);
		}
	}

	async #check(
		lane: Lane,
		{ items, clean }: { items: readonly Item[]; clean: boolean },
		origin: string,
		keep: boolean
	): Promise<IngestAnswer> {
		const pans = clean ? [] : pansOf(items);
		if (pans.length > 0) {
			if (keep) this.#keep({ lane, origin }, items, pans);
			this.counts.rejected += pans.length;
			return refused(422, 'pan-detected', HOLDS_PAN, { rejected: pans });
		}
		const now = this.#bound(lane);
		const entries: LogEntry[] = [];
		const rejected: Rejection[] = [];
		items.forEach((item, index) => {
			const checked =
				item.text === undefined
					? checkEvent(item.value, now, origin.startsWith(IMPORT) ? HISTORY : undefined)
					: refuse('json', '', item.problem);
			if (checked.ok) entries.push(entryOf(checked.event, item.line));
			else rejected.push(rejectionOf(index, item, checked));
		});
		return this.#append(lane, entries, items, rejected, keep ? origin : undefined);
	}

	/** Without an `origin` nothing is quarantined. */
	async #append(
		lane: Lane,
		entries: readonly LogEntry[],
		items: readonly Item[],
		rejected: Rejection[],
		origin: string | undefined
	): Promise<IngestAnswer> {
		// In this order a request that is sent again after a failure of the log is not quarantined twice.
		const { accepted, duplicates } = await this.#log.append(lane, entries);
		if (origin !== undefined) this.#keep({ lane, origin }, items, rejected);
		this.counts.accepted += accepted;
		this.counts.duplicates += duplicates;
		this.counts.rejected += rejected.length;
		return taken(accepted, duplicates, rejected);
	}

	#now(lane: Lane): Millis {
		return (isSynthetic(lane) ? this.#laneNow(lane) : null) ?? this.#clock.now();
	}

	/** What events may not lie ahead of, or null. */
	#bound(lane: Lane): Millis | null {
		return isSynthetic(lane) ? this.#laneBound(lane) : this.#clock.now();
	}

	#keep(from: { lane: Lane; origin: string }, items: readonly Item[], rejected: readonly Rejection[]): void {
		if (rejected.length === 0) return;
		this.#quarantine.addNew(
			rejected.map((rejection) => {
				const item = items[rejection.index]!;
				const text = item.text ?? textOf(item.value);
				return this.#refusal(from, rejection, text, item.fileLine ?? (items.length > 1 ? rejection.index + 1 : null));
			})
		);
	}

	#refusal(from: { lane: Lane; origin: string }, why: Rejection, body: string, line: number | null): Refused {
		const { lane, origin } = from;
		const { code, pointer = null, detail, detailZh = null } = why;
		return { lane, origin, at: this.#clock.now(), line, code, pointer, detail, detailZh, body };
	}
}

function mayWrite(lane: Lane, origin: string): void {
	if (origin === SIMULATOR && !isSynthetic(lane))
		throw new HotcardError('forbidden', 'The simulator may not write to lane live.', {
			remedy: 'Let it write to demo, drill:<id> or whatif:<id>.'
		});
}
