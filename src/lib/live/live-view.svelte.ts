import type { Params, Problem, Snapshot, Topic, View } from '#lib/protocol/topics.ts';
import { untrack } from 'svelte';
import { wallNow } from './clock.svelte.ts';
import { connection, type Connection } from './connection.svelte.ts';
import { viewKey } from './subscription.ts';

/** Ms without a word from the engine that are no silence yet: the shell's view changes every second. */
const PATIENCE = 5_000;

interface State<T extends Topic> {
	key: string;
	/** For whom it was made: `Connection.reader`. */
	reader: number;
	snapshot: Snapshot<T>;
	/** What the page was loaded with when this state came. */
	first: Snapshot<T> | undefined;
}

/** A view kept current while its component lives. See `liveView`. */
export class LiveView<T extends Topic> {
	readonly #topic: T;
	readonly #params: () => Params<T>;
	readonly #initial: () => Snapshot<T> | undefined;
	#link = $state.raw<Connection | null>(null);
	#live = $state.raw<State<T> | null>(null);
	#problem = $state.raw<{ key: string; problem: Problem } | null>(null);
	#held = $state.raw<State<T> | null>(null);
	#frame: number | null = null;
	#next: State<T> | null = null;
	/** Whether changes are held back until `resume`. */
	paused = $state(false);
	readonly #key: string;
	readonly #shown: Snapshot<T> | undefined;

	constructor(
		topic: T,
		params: () => Params<T>,
		initial: () => Snapshot<T> | undefined,
		link: () => Connection = connection
	) {
		this.#topic = topic;
		this.#params = params;
		this.#initial = initial;
		this.#key = $derived(viewKey(this.#topic, this.#params()));
		this.#shown = $derived.by(() => {
			const first = this.#initial();
			const live = this.#live;
			if (live === null) return first;
			const mine = live.reader === (this.#link?.reader ?? live.reader);
			if (mine && (live.key === this.#key || first === undefined)) return live.snapshot;
			// A page that was loaded anew is nearer to the new parameters or person than what was followed before.
			return first !== undefined && first === live.first ? live.snapshot : first;
		});
		$effect(() => {
			const joined = link();
			this.#link = joined;
			const key = this.#key;
			// Told by the key: what is the same when asked again, as with the beat of a clock, is left to go on.
			const params = untrack(() => this.#plain());
			const stop = joined.feed.follow(this.#topic, params, {
				state: (snapshot) =>
					untrack(() =>
						this.#take({
							key,
							reader: joined.reader,
							snapshot: snapshot as Snapshot<T>,
							first: this.#initial()
						})
					),
				problem: (problem) => (this.#problem = { key, problem })
			});
			return () => {
				stop();
				this.#drop();
			};
		});
	}

	/** The view, or undefined while nothing has come yet. */
	get current(): View<T> | undefined {
		return this.#shown?.view;
	}

	get version(): number | null {
		return this.#shown?.version ?? null;
	}

	/** Head of the lane that the view was computed at. */
	get offset(): number | null {
		return this.#shown?.offset ?? null;
	}

	get connected(): boolean {
		return this.#link?.connected ?? false;
	}

	/** Why the view cannot be had; null while it can. A lost connection is told by `connected` and `age`. */
	get error(): Problem | null {
		return this.#problem?.key === this.#key ? this.#problem.problem : null;
	}

	/** Ms since the view was last known to be current: 0 while it is followed and the engine speaks, null before anything came. */
	get age(): number | null {
		if (this.#shown === undefined) return null;
		const link = this.#link;
		const came = this.#shown.at - (link?.ahead ?? 0);
		const still = this.paused || this.error !== null;
		const age = Math.max(0, wallNow() - (still ? came : (link?.heardAt ?? came)));
		return link !== null && link.connected && !still && age < PATIENCE ? 0 : age;
	}

	/** Whether something newer waits behind the pause. */
	get behind(): boolean {
		return this.#held !== null;
	}

	/** How far the server's wall clock is before the browser's, ms. */
	get ahead(): number {
		return this.#link?.ahead ?? 0;
	}

	pause(): void {
		this.paused = true;
	}

	resume(): void {
		this.paused = false;
		if (this.#held !== null) this.#live = this.#held;
		this.#held = null;
	}

	/** Asks again after an error. */
	retry(): void {
		this.#problem = null;
		this.#link?.feed.retry(this.#topic, this.#plain());
	}

	#plain(): object {
		return { ...(this.#params() as object) };
	}

	/** At most once per animation frame; what comes in between is only the newest. */
	#take(state: State<T>): void {
		this.#next = state;
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = null;
			const next = this.#next;
			this.#next = null;
			if (next === null) return;
			this.#link?.heard(next.snapshot.at);
			this.#problem = null;
			// A pause holds still what is shown; what was turned to since then has to come first.
			const shown = this.#live?.key === next.key && this.#live.reader === next.reader;
			if (this.paused && shown) this.#held = next;
			else this.#live = next;
		});
	}

	#drop(): void {
		if (this.#frame !== null) cancelAnimationFrame(this.#frame);
		this.#frame = null;
		this.#next = null;
		this.#held = null;
	}
}

/**
 * Follows a view for as long as the calling component lives. `params` may read reactive state: a change follows the new
 * view and shows `initial` until it comes. `initial` is what the page was loaded with. Call it while a component starts.
 */
export function liveView<T extends Topic>(
	topic: T,
	params: () => Params<T>,
	initial: () => Snapshot<T> | undefined,
	link: () => Connection = connection
): LiveView<T> {
	return new LiveView(topic, params, initial, link);
}
