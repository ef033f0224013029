import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import Cell from '../../../src/lib/components/branches/Cell.svelte';
import { cellParams } from '../../../src/lib/components/branches/params.ts';
import { MINUTE } from '../../../src/lib/domain/time.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { Snapshot, Topic } from '../../../src/lib/protocol/topics.ts';
import Branches from '../../../src/routes/branches/+page.svelte';
import Case from '../../../src/routes/cases/[id]/+page.svelte';
import Quarantine from '../../../src/routes/quarantine/+page.svelte';
import { fakeApplication, FAKE_PEOPLE } from '../../support/fake-application.ts';
import Stand from '../../support/kit/Stand.svelte';
import { visitLink } from '../../support/kit/state.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const app = fakeApplication({ now: () => NOW, after: () => () => {} }, { mood: 'crisis' });
const [actor] = FAKE_PEOPLE;
const LANE = { lane: 'demo' } as const;
/** A state that came at the beginning of time is old for every reader, one of the future for none. */
const [OLD, FRESH] = [0, Number.MAX_SAFE_INTEGER];

beforeEach(() => overwriteGetLocale(() => 'en'));

async function stand(page: unknown, link: string, load: (at: number) => Promise<object>, at: number): Promise<string> {
	visitLink(link);
	const shell = (await app.views.read('shell', LANE, actor!)).view;
	const data = { ...LANE, actor, people: FAKE_PEOPLE, ...(await load(at)) };
	return render(Stand, { props: { shell, page: page as Component<Record<string, unknown>>, props: { data } } }).body;
}

async function read<T extends Topic>(topic: T, params: object, at: number): Promise<Snapshot<T>> {
	return { ...(await app.views.read(topic, params as never, actor!)), at };
}

const CELL = { branchId: 'B003', hourOfWeek: 10 };
const branches = async (at: number) => ({
	branches: await read('branches', LANE, FRESH),
	cell: await read('branchCell', { ...LANE, ...CELL }, at)
});
const map = async (at: number) => ({ branches: await read('branches', LANE, at), cell: null });
const oneCase = async (at: number) => ({ caseId: 'C-1', case: await read('case', { ...LANE, caseId: 'C-1' }, at) });
const refused = async (at: number) => ({ query: LANE, quarantine: await read('quarantine', LANE, at) });

test.each([
	['the chosen cell of the map', Branches, '/en/branches?branch=B003&hour=10', branches, /<aside[\s\S]*stale/],
	['the highest hours', Branches, '/en/branches', map, /<aside[\s\S]*stale/],
	['a case', Case, '/en/cases/C-1', oneCase, /class="[^"]*stale/],
	['the quarantine', Quarantine, '/en/quarantine', refused, /class="[^"]*stale/]
])('%s greys and says since when once it is old, and not before', async (_, page, link, load, grey) => {
	const old = await stand(page, link, load, OLD);
	expect(old).toMatch(grey);
	expect(old).toMatch(/no update since \d\d:\d\d:\d\d/);
	const fresh = await stand(page, link, load, FRESH);
	expect(fresh).not.toMatch(grey);
	expect(fresh).toContain('just now');
});

test('a cell is asked for in its range alone, so that another measure of the map asks nothing new', () => {
	const query = (text: string) => cellParams(CELL, new URLSearchParams(text), 'demo', NOW);
	expect(query('measure=volume&province=浙江')).toEqual({ lane: 'demo', ...CELL });
	expect(query('from=1000&to=5000')).toEqual({ lane: 'demo', ...CELL, from: 1_000, to: 5_000 });
});

test('the curve of waits is red for waits over their own target, not for another measure over its', async () => {
	const { view } = await app.views.read('branchCell', { ...LANE, ...CELL }, actor!);
	const curve = (measure: 'wait' | 'handling') => {
		const props = { view, branch: view.branch!, measure, target: MINUTE };
		return render(Cell, { props }).body;
	};
	expect(curve('handling')).toContain('text-broken');
	expect(curve('handling')).not.toContain('stroke-broken');
	expect(curve('wait')).toContain('stroke-broken');
});
