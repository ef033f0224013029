import { render } from 'svelte/server';
import { beforeEach, expect, test } from 'vitest';
import { handleError } from '../../../src/hooks.server.ts';
import Navigation from '../../../src/lib/components/shell/Navigation.svelte';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import { overwriteGetLocale } from '../../../src/lib/i18n/paraglide/runtime.js';
import { explain, fromFailure, refusing, toFailure } from '../../../src/lib/server/log/errors.ts';
import Failed from '../../../src/routes/+error.svelte';
import { fakeShell } from '../../support/fake-overview.ts';
import { page } from '../../support/kit/state.ts';

const NOW = Date.UTC(2026, 10, 23, 2, 42, 7);
const HAN = /[\u4e00-\u9fff]/;

beforeEach(() => overwriteGetLocale(() => 'zh-CN'));

test.each([
	['log-full', { code: 'ENOSPC' }],
	['data-readonly', { code: 'EACCES' }],
	['log-full', { errcode: 10, message: 'disk I/O error' }],
	['log-corrupt', { errcode: 11, message: 'malformed' }]
])('why the log takes nothing (%s) is told in both languages, also from its thread', (code, cause) => {
	const error = fromFailure(toFailure(explain(cause, '/data')));
	expect(error.code).toBe(code);
	expect(error.zh.remedy).toMatch(HAN);
	expect(refusing(error)).toMatchObject({ ok: false, reason: error.message });
	expect(refusing(error).reasonZh).toMatch(HAN);
});

test('a page that fails says in Chinese what failed, whether the failure was foreseen or not', () => {
	const event = { request: { method: 'GET' }, url: new URL('http://bank/') } as never;
	const tell = (error: unknown, status: number) => handleError({ error, event, status, message: 'Not Found' });
	for (const answer of [
		tell(new HotcardError('no-lane', 'there is no such lane'), 500),
		tell(new HotcardError('bad-params', 'wrong', { zh: { message: '参数 x 有误', remedy: '请改正。' } }), 500),
		tell(undefined, 404),
		tell(undefined, 405)
	]) {
		const error = answer as NonNullable<typeof page.error>;
		page.error = error;
		const { body } = render(Failed);
		expect(body).toContain(error.messageZh);
		expect(body).not.toMatch(/there is|wrong|Not Found/);
		expect(error.messageZh).toMatch(HAN);
	}
});

test('a self-check that differs is told in Chinese to readers of Chinese', () => {
	const shell = fakeShell({ mood: 'crisis', now: NOW } as never, { lane: 'demo' });
	const selfCheck = { ok: false, at: NOW, detail: '3 in memory', detailZh: '内存 3，投影表 4' };
	const { body } = render(Navigation, { props: { shell: { ...shell, selfCheck } } });
	expect(body).toContain('内存 3，投影表 4');
	expect(body).not.toContain('3 in memory');
});
