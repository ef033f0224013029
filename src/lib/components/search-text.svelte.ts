import type { Clock } from '#lib/domain/time.ts';
import { browserClock } from '#lib/live/clock.svelte.ts';

/** Ms without a key after which what was typed is looked for. */
const WAIT = 150;

/**
 * What stands in a search box. While somebody types it is theirs: what the link says of an earlier letter never takes its
 * place. At other times it is what the link says.
 */
export class SearchText {
	#typed = $state<string | null>(null);
	readonly #link: () => string;
	readonly #find: (text: string) => Promise<void>;
	readonly #clock: Clock;
	#waiting: (() => void) | null = null;
	#under = 0;
	#focused = false;

	constructor(link: () => string, find: (text: string) => Promise<void>, clock: Clock = browserClock) {
		this.#link = link;
		this.#find = find;
		this.#clock = clock;
	}

	get text(): string {
		return this.#typed ?? this.#link();
	}

	focus(): void {
		this.#focused = true;
	}

	blur(): void {
		this.#focused = false;
		this.#settle();
	}

	type(text: string): void {
		this.#typed = text;
		this.#waiting?.();
		this.#waiting = this.#clock.after(WAIT, () => void this.#look(text));
	}

	/** The box is gone: nothing is looked for any more. */
	stop(): void {
		this.#waiting?.();
		this.#waiting = null;
	}

	async #look(text: string): Promise<void> {
		this.#waiting = null;
		this.#under += 1;
		await this.#find(text).finally(() => (this.#under -= 1));
		this.#settle();
	}

	#settle(): void {
		if (!this.#focused && this.#waiting === null && this.#under === 0) this.#typed = null;
	}
}
