import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import LiveState from '../../../src/lib/components/shell/LiveState.svelte';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import { visitLink } from '../../support/kit/state.ts';

beforeEach(() => overwriteGetLocale(() => 'en'));

const shown = (connected: boolean, age: number, link = '/en/') => {
	visitLink(link);
	return render(LiveState, { props: { connected, age, history: false } }).body;
};

test('an open connection on which nothing comes is not called live', () => {
	expect(shown(true, 0)).toContain('Live');
	expect(shown(true, 30_000)).toContain('No updates');
	expect(shown(false, 30_000)).toContain('Disconnected');
	expect(shown(true, 30_000, '/en/?paused=1')).toContain('Paused');
});
