import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import Headline from '../../../src/lib/components/overview/Headline.svelte';
import TopBar from '../../../src/lib/components/shell/TopBar.svelte';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import Overview from '../../../src/routes/+page.svelte';
import { fakeApplication, FAKE_PEOPLE } from '../../support/fake-application.ts';
import Stand from '../../support/kit/Stand.svelte';
import { visitLink } from '../../support/kit/state.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const app = fakeApplication({ now: () => NOW, after: () => () => {} }, { mood: 'normal' });
const [actor] = FAKE_PEOPLE;

beforeEach(() => overwriteGetLocale(() => 'en'));

async function stand(page: unknown, link: string, props: object): Promise<string> {
	visitLink(link);
	const shell = (await app.views.read('shell', { lane: 'demo' }, actor!)).view;
	const all = { shell, page: page as Component<Record<string, unknown>>, props: { shell, ...props } };
	return render(Stand, { props: all }).body.replaceAll(/<!--.*?-->/g, '');
}

test('the overview of one branch says so with a way back to all, and the bar does not speak of the whole bank', async () => {
	const overview = await app.views.read('overview', { lane: 'demo' }, actor!);
	const shown = (branch: object, link: string) => {
		const data = {
			lane: 'demo',
			actor,
			people: FAKE_PEOPLE,
			overview: { ...overview, view: { ...overview.view, ...branch } }
		};
		return stand(Overview, link, { data });
	};
	const one = await shown({ branch: '杭州分行营业部' }, '/en/?branch=B003&from=now-24h');
	expect(one).toContain('Only Hangzhou Main');
	expect(one).toContain('href="/en/?from=now-24h"');
	expect(await shown({}, '/en/')).not.toContain('Only ');

	const bar = { connected: true, age: 0, actor, people: FAKE_PEOPLE, theme: 'auto', onsearch: () => {} };
	expect(await stand(TopBar, '/en/?branch=B003', bar)).not.toContain('Whole bank');
	expect(await stand(TopBar, '/en/', bar)).toContain('Whole bank');
	expect(await stand(TopBar, '/en/branches?branch=B003', bar)).toContain('Whole bank');
});

test('an unknown figure is written in an ink that can be read', () => {
	const { body } = render(Headline, { props: { name: 'Past due', value: '—', note: 'unknown' } });
	expect(body).toContain('text-ink-3');
	expect(body).not.toContain('text-faint');
});
