import { getContext, setContext } from 'svelte';
import { readKey, readListKey, type KeyWish, type ListWish } from './keys.ts';
import { KeySetting } from './settings.svelte.ts';

const KEY = Symbol('keyboard');

/** Does what a list was asked for; false where there is nothing to do, so that the browser may use the key. */
export type ListKeys = (wish: ListWish, target: HTMLElement | null) => boolean;

/** Hears every key of the window first, so that no key means one thing to the shell and another to the page. */
export class Keyboard {
	readonly setting = new KeySetting();
	#list: ListKeys | null = null;
	#chord = false;

	/** The page's list gets what means nothing to the shell, until the returned function is called. */
	forList(keys: ListKeys): () => void {
		this.#list = keys;
		return () => {
			if (this.#list === keys) this.#list = null;
		};
	}

	/** What a key press asks of the shell. What it asks of the list is done here. */
	read(event: KeyboardEvent, pages: Readonly<Record<string, string>>): KeyWish {
		const chord = this.#chord;
		this.#chord = false;
		if (event.defaultPrevented) return null;
		const target = event.target instanceof HTMLElement ? event.target : null;
		const typing = target !== null && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
		const state = { chord, typing, single: this.setting.on };
		const wish = readKey(event, { ...state, pages });
		this.#chord = wish === 'chord';
		if (wish !== null) {
			event.preventDefault();
			return wish;
		}
		const asked = target?.closest('[role=dialog]') ? null : readListKey(event, state);
		if (asked !== null && this.#list?.(asked, target)) event.preventDefault();
		return null;
	}
}

export function provideKeyboard(): Keyboard {
	return setContext(KEY, new Keyboard());
}

export function keyboard(): Keyboard {
	return getContext<Keyboard>(KEY);
}
