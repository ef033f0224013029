import { getContext, setContext } from 'svelte';
import { browserClock } from '#lib/live/clock.svelte.ts';

const KEY = Symbol('toasts');
const SHOWN = 6_000;

export interface ToastMessage {
	id: number;
	text: string;
	tone: 'fine' | 'broken';
	action?: { label: string; run: () => void };
}

/** Short answers to what the reader did. Failures stay until they are dismissed. */
export class Toasts {
	list: ToastMessage[] = $state.raw([]);
	#next = 1;

	show(text: string, options: Partial<Pick<ToastMessage, 'tone' | 'action'>> = {}): void {
		const toast: ToastMessage = { id: this.#next++, text, tone: options.tone ?? 'fine', ...options };
		this.list = [...this.list.slice(-3), toast];
		if (toast.tone === 'fine') browserClock.after(SHOWN, () => this.dismiss(toast.id));
	}

	dismiss(id: number): void {
		this.list = this.list.filter((toast) => toast.id !== id);
	}
}

export function provideToasts(): Toasts {
	return setContext(KEY, new Toasts());
}

export function toasts(): Toasts {
	return getContext<Toasts>(KEY);
}
