import { beforeEach, expect, test } from 'vitest';
import { FaultForm } from '../../../src/lib/components/simulator/fault-form.svelte.ts';
import { scopeText } from '../../../src/lib/components/simulator/words.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { FaultKind } from '../../../src/lib/protocol/lab.ts';

const absence: FaultKind = {
	kind: 'staff-absence',
	place: 'branches',
	choices: [],
	numbers: [{ name: 'strength', whole: false, min: 0, max: 1, usual: null }],
	spans: [],
	groups: ['tellers', 'phone']
};
const surge: FaultKind = { ...absence, kind: 'surge', groups: [], numbers: [] };

beforeEach(() => overwriteGetLocale(() => 'en'));

test('a fault of people names the group, one of anything else none', () => {
	const form = new FaultForm();
	form.choose(absence);
	expect(form.fault(absence)).toMatchObject({ scope: { groups: ['tellers'] }, strength: 0.5 });
	[form.group, form.place] = ['phone', 'provinces:浙江'];
	expect(form.fault(absence)['scope']).toEqual({ provinces: ['浙江'], groups: ['phone'] });
	form.choose(surge);
	expect(form.fault(surge)['scope']).toEqual({});
});

test('where a fault acts is told with the people whom it keeps away', () => {
	expect(scopeText({ groups: ['tellers', 'phone'] }, [])).toBe('whole bank · Tellers, Phone agents');
	expect(scopeText({ provinces: ['浙江'], groups: ['approvers'] }, [])).toBe('Zhejiang · Approvers');
	expect(scopeText({}, [])).toBe('whole bank');
	overwriteGetLocale(() => 'zh-CN');
	expect(scopeText({ groups: ['tellers', 'phone'] }, [])).toMatch(/· 柜员、电话坐席$/);
});
