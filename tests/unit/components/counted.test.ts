import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import Channels from '../../../src/lib/components/overview/Channels.svelte';
import Clocks from '../../../src/lib/components/overview/Clocks.svelte';
import StageFlow from '../../../src/lib/components/overview/StageFlow.svelte';
import { HOUR } from '../../../src/lib/domain/time.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import { readQuery } from '../../../src/routes/cases/query.ts';
import { fakeApplication, FAKE_PEOPLE } from '../../support/fake-application.ts';
import { visitLink } from '../../support/kit/state.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const app = fakeApplication({ now: () => NOW, after: () => () => {} }, { mood: 'normal' });
const overview = async () => (await app.views.read('overview', { lane: 'demo' }, FAKE_PEOPLE[0]!)).view;

beforeEach(() => overwriteGetLocale(() => 'en'));

/** What the list of cases is asked where a link with this text leads. */
function asked(html: string, text: RegExp) {
	for (const [, href = '', inner = ''] of html.matchAll(/<a[^>]*? href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)) {
		if (!text.test(inner.replace(/<[^>]*>/g, ''))) continue;
		const { search } = new URL(href.replaceAll('&amp;', '&'), 'http://bank');
		return readQuery(new URLSearchParams(search), 'demo', NOW);
	}
	return undefined;
}

async function flow(link: string) {
	visitLink(link);
	const { stages, clocks, range } = await overview();
	return render(StageFlow, { props: { stages, clocks, range } }).body;
}

test('closed cases lead to the cases closed in the range that was counted, the day where the link names none', async () => {
	const { range } = await overview();
	const today = { lane: 'demo', status: 'closed', from: NOW - 10 * HOUR - 42 * 60_000 - 7_000 };
	expect(asked(await flow('/en/'), /Closed/)).toEqual(today);
	expect(asked(await flow('/en/?from=now-7d'), /Closed/)).toEqual({ ...today, from: range.from });
	const past = asked(await flow('/en/?from=1000&to=5000'), /Closed/);
	expect(past).toEqual({ ...today, from: range.from, to: range.to });
});

test('a stage leads to the cases that are open in it now, and what merely came in leads nowhere', async () => {
	const html = await flow('/en/?from=now-24h&branch=B7');
	expect(asked(html, /Verify/i)).toEqual({ lane: 'demo', stage: 'verify', branch: 'B7' });
	expect(asked(html, /Verify.*1,139/i)).toBeUndefined();
});

test('a clock leads to every case that it runs in, a channel to those of the hour that was counted', async () => {
	visitLink('/en/?from=now-24h');
	const { clocks, channels } = await overview();
	const [late] = Object.values(clocks).filter((clock) => clock.breached > 0);
	const clockList = render(Clocks, { props: { clocks } }).body;
	const name = new RegExp(`^${late!.name.en} `);
	expect(asked(clockList, name)).toEqual({ lane: 'demo', clock: late!.clock, status: 'breached' });
	const channelList = render(Channels, { props: { channels } }).body;
	const query = asked(channelList, /app/i);
	expect(query).toMatchObject({ channel: 'mobile', from: NOW - HOUR - 7_000 });
});
