import type { HotcardError } from '../../domain/error.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Clock, SECOND } from '../../domain/time.ts';
import { logClosed, refusing } from './errors.ts';
import type { StoreHost } from './host.ts';
import { keyMaker } from './ids/key.ts';
import { encodeLines } from './lines.ts';
import type { Listeners } from './listeners.ts';
import type { Appended, LogEntry, Recording } from './port.ts';
import type { Part } from './part.ts';
import type { PartAnswer } from './store.ts';

/** A commit takes no more than this, so that one huge group does not hold up the next. A single append may be larger. */
const GROUP_EVENTS = 16_384;

interface Waiting {
	lane: Lane;
	entries: readonly LogEntry[];
	bytes: number;
	resolve: (appended: Appended) => void;
	reject: (error: unknown) => void;
}

/** Group commit: what arrives while a commit is under way shares the next one. An append is in one transaction, whole. */
export class GroupCommit {
	readonly #host: StoreHost;
	readonly #clock: Clock;
	readonly #listeners: Listeners;
	readonly #maxBytes: (() => number) | undefined;
	#queue: Waiting[] = [];
	#working: Promise<void> | undefined;
	#closed = false;
	#trouble: HotcardError | undefined;
	#recordedAt = 0;
	head: number;
	pendingBytes = 0;

	constructor(host: StoreHost, clock: Clock, listeners: Listeners, maxBytes: (() => number) | undefined) {
		this.#host = host;
		this.#clock = clock;
		this.#listeners = listeners;
		this.#maxBytes = maxBytes;
		this.head = host.head;
	}

	append(lane: Lane, entries: readonly LogEntry[]): Promise<Appended> {
		if (this.#closed) return Promise.reject(logClosed());
		if (entries.length === 0) return Promise.resolve({ offsets: [], accepted: 0, duplicates: 0 });
		let bytes = 0;
		for (const entry of entries) bytes += entry.line.length + 1;
		this.pendingBytes += bytes;
		return new Promise((resolve, reject) => {
			this.#queue.push({ lane, entries, bytes, resolve, reject });
			this.#working ??= this.#work();
		});
	}

	health(): Recording {
		const trouble = this.#trouble ?? this.#host.broken();
		return trouble === undefined ? { ok: true } : refusing(trouble);
	}

	/** Stores what is waiting, then lets go of the file. `last` runs between the two. */
	async close(last: () => void): Promise<void> {
		this.#closed = true;
		await this.#working;
		last();
		await this.#host.request({ kind: 'close' });
	}

	async #work(): Promise<void> {
		// Let the other appends of this turn in, so that they share the commit.
		await Promise.resolve();
		while (this.#queue.length > 0) await this.#commit(this.#take());
		this.#working = undefined;
	}

	#take(): Waiting[] {
		let events = 0;
		let count = 0;
		while (count < this.#queue.length) {
			events += this.#queue[count]!.entries.length;
			if (count > 0 && events > GROUP_EVENTS) break;
			count += 1;
		}
		return this.#queue.splice(0, count);
	}

	async #commit(group: Waiting[]): Promise<void> {
		this.#recordedAt = Math.max(this.#recordedAt, this.#clock.now());
		const shares = [...Map.groupBy(group, (waiting) => waiting.lane)];
		try {
			const parts = shares.map(([lane, appends]) => partOf(lane, appends));
			const request = { kind: 'commit' as const, parts, recordedAt: this.#recordedAt, maxBytes: this.#maxBytes?.() };
			const answers = await this.#host.request(request);
			this.#trouble = undefined;
			shares.forEach(([lane, appends], index) => this.#publish(lane, appends, answers[index]!));
		} catch (error) {
			this.#note(error as HotcardError);
			for (const waiting of group) waiting.reject(error);
		} finally {
			for (const waiting of group) this.pendingBytes -= waiting.bytes;
		}
	}

	#publish(lane: Lane, appends: readonly Waiting[], answer: PartAnswer): void {
		const offsets = offsetsOf(appends, answer);
		const count = offsets.reduce((sum, { accepted }) => sum + accepted, 0);
		const { first, lines } = answer;
		if (count > 0) {
			this.head = first + count;
			this.#listeners.emit({ first, count, lane, recordedAt: this.#recordedAt, lines });
		}
		appends.forEach((waiting, index) => waiting.resolve(offsets[index]!));
	}

	#note(error: HotcardError): void {
		const first = this.#trouble === undefined;
		this.#trouble = error;
		// A damaged file can look well to a probe: only a restart with another file helps.
		if (first && error.code !== 'log-corrupt') this.#probeLater();
	}

	/** A log in trouble tries once a second whether it has passed, because nobody sends to a server that says it is not ready. */
	#probeLater(): void {
		this.#clock.after(SECOND, () => {
			if (this.#closed || this.#trouble === undefined || this.#host.broken() !== undefined) return;
			if (this.#working !== undefined) return this.#probeLater();
			this.#working = this.#probe().then(() => this.#work());
		});
	}

	async #probe(): Promise<void> {
		try {
			await this.#host.request({ kind: 'probe', maxBytes: this.#maxBytes?.() });
			this.#trouble = undefined;
		} catch {
			this.#probeLater();
		}
	}
}

function partOf(lane: Lane, appends: readonly Waiting[]): Part {
	const entries = appends.length === 1 ? appends[0]!.entries : appends.flatMap((waiting) => waiting.entries);
	const keys = new Float64Array(entries.length);
	const keyOf = keyMaker(lane);
	for (let i = 0; i < entries.length; i++) keys[i] = keyOf(entries[i]!.source, entries[i]!.id);
	return { lane, lines: encodeLines(entries), keys };
}

function offsetsOf(appends: readonly Waiting[], answer: PartAnswer): Appended[] {
	let index = 0;
	let next = answer.first;
	let duplicate = 0;
	return appends.map(({ entries }) => {
		const offsets = new Array<number>(entries.length);
		const before = duplicate;
		for (let i = 0; i < entries.length; i++, index++) {
			const known = answer.duplicates[duplicate] === index;
			offsets[i] = known ? -1 : next++;
			if (known) duplicate += 1;
		}
		const duplicates = duplicate - before;
		return { offsets, accepted: entries.length - duplicates, duplicates };
	});
}
