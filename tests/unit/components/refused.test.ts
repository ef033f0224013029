import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import { refusal } from '../../../src/lib/components/event/words.ts';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import type { QuarantineRow } from '../../../src/lib/protocol/views.ts';
import Repair from '../../../src/routes/quarantine/Repair.svelte';

const viewer: Actor = { id: 'V', name: { zh: '看', en: 'V' }, role: 'viewer', scope: '*' };
const row: QuarantineRow = {
	id: 7,
	lane: 'live',
	at: 0,
	origin: 'http',
	line: null,
	code: 'schema',
	pointer: '/data/channel',
	detail: 'not one of the channels',
	body: '',
	status: 'open'
};
beforeEach(() => overwriteGetLocale(() => 'en'));

test('a reader who may not see what was refused is told so, instead of an empty body', () => {
	const shown = (more: Partial<QuarantineRow>, actor = viewer) =>
		render(Repair, { props: { row: { ...row, ...more }, actor, closeHref: '#' } }).body;
	const masked = shown({ masked: true });
	expect(masked).toContain('a Viewer may not read what was refused');
	expect(masked).not.toContain('<textarea');
	expect(shown({ body: '{}' })).toContain('<textarea');
});

test('nobody can resubmit a body that was kept from them, not even in the moment of becoming another person', () => {
	const manager: Actor = { ...viewer, role: 'manager' };
	const { body } = render(Repair, { props: { row: { ...row, masked: true }, actor: manager, closeHref: '#' } });
	expect(body).toMatch(/<button[^>]* disabled[^>]*>(<!--.*?-->)*Resubmit/);
});

test('a code that stands for many faults is told with the one that it was, in the language of the reader', () => {
	const fault = {
		detail: 'reason must have 1 to 80 characters',
		detailZh: '原因应为 1 至 80 个字符',
		remedy: 'Give a reason.'
	};
	expect(refusal({ code: 'invalid-command', ...fault })).toBe(
		'what was filled in is not accepted · reason must have 1 to 80 characters'
	);
	overwriteGetLocale(() => 'zh-CN');
	expect(refusal({ code: 'invalid-command', ...fault })).toContain(' · 原因应为 1 至 80 个字符');
	expect(refusal({ code: 'invalid-command', detail: 'x', remedy: '' })).not.toContain('x');
});
