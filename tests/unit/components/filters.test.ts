import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import Filters from '../../../src/routes/cases/Filters.svelte';
import { listOf, readQuery } from '../../../src/routes/cases/query.ts';
import { FAKE_PEOPLE } from '../../support/fake-application.ts';
import { visitLink } from '../../support/kit/state.ts';

beforeEach(() => overwriteGetLocale(() => 'en'));

const [person] = FAKE_PEOPLE;
const chips = (link: string, names: Parameters<typeof Filters>[1]['names']) => {
	visitLink(link);
	const props = { facets: undefined, names, rows: [], people: FAKE_PEOPLE, actorId: 'nobody' };
	const { body } = render(Filters, { props });
	return body
		.replaceAll(/<!--.*?-->/g, '')
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/\s+/g, ' ');
};

test('filters are told by names where not one row matches', () => {
	const text = chips(`/en/cases?owner=${person!.id}&branch=B003&clock=approval`, {
		branch: '杭州分行营业部',
		clock: { zh: '审批', en: 'Approval' }
	});
	expect(text).toContain('Branch Hangzhou Main');
	expect(text).toContain('Clock Approval');
	expect(text).toContain(`Owner ${person!.name.en}`);
	expect(text).not.toMatch(/B003|approval/);
});

test('cases that are named one by one are counted, asked for and carried to a case and back', () => {
	const link = '/en/cases?status=all&cases=c1,c2';
	expect(chips(link, undefined)).toContain('2 named one by one');
	const search = new URLSearchParams(link.split('?')[1]);
	expect(readQuery(search, 'demo', 0)).toEqual({ lane: 'demo', status: 'all', cases: 'c1,c2' });
	expect(readQuery(new URLSearchParams(listOf(search)), 'demo', 0)).toMatchObject({ cases: 'c1,c2' });
});
