import { invalidateAll } from '$app/navigation';
import { connection } from '#lib/live/connection.svelte.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const YEAR = 31_536_000;

function remember(name: string, value: string): void {
	document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`;
}

/** Shows a theme at once and keeps it for the next page. */
export function chooseTheme(theme: Theme): void {
	document.documentElement.dataset['theme'] = theme;
	remember('hc_theme', theme);
	void invalidateAll();
}

/** Acts as another of the demo people from now on. */
export function chooseActor(id: string): void {
	remember('hc_actor', id);
	connection().rejoin();
	void invalidateAll();
}

const KEYS = 'hc_keys';

/** Whether single-key shortcuts are on: they may be in the way of speech input and screen readers. */
export class KeySetting {
	on = $state(true);

	read(): void {
		this.on = localStorage.getItem(KEYS) !== 'off';
	}

	set(on: boolean): void {
		this.on = on;
		localStorage.setItem(KEYS, on ? 'on' : 'off');
	}
}
