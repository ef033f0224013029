import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { HotcardError } from '#lib/domain/error.ts';
import { paraglideMiddleware } from '#lib/i18n/paraglide/server.js';
import { acting } from '#lib/server/http/acting.ts';
import { problemOf } from '#lib/server/http/words.ts';
import type { Application } from '#lib/server/application.ts';

const CURRENT = Symbol.for('hotcard.application');
const THEMES = ['light', 'dark', 'auto'] as const;

const application: Handle = ({ event, resolve }) => {
	const store = (globalThis as Record<symbol, unknown>)[CURRENT] as AsyncLocalStorage<Application> | undefined;
	const app = store?.getStore();
	if (app === undefined) throw new Error('pages are served by the hotcard command only: npm start');
	event.locals.app = app;
	const actor = acting(event.cookies.get('hc_actor'), app.people, event.request.method);
	if (actor instanceof Response) return actor;
	event.locals.actor = actor;
	const theme = event.cookies.get('hc_theme');
	event.locals.theme = THEMES.find((known) => known === theme) ?? 'auto';
	return resolve(event);
};

const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		event.locals.locale = locale as 'zh-CN' | 'en';
		return resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%theme%', event.locals.theme)
		});
	});

export const handle: Handle = sequence(application, language);

/** Expected errors reach the reader as they are, in both languages; anything else is logged and masked. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (error instanceof HotcardError) {
		const { code, remedy, zh } = error;
		const told = problemOf(code, { detail: error.message, detailZh: zh.message, remedy, remedyZh: zh.remedy });
		return {
			code,
			message: told.detail,
			messageZh: told.detailZh,
			remedy: told.remedy,
			remedyZh: told.remedyZh
		};
	}
	if (status < 500)
		return { message, messageZh: status === 404 ? '没有这个页面' : '请求未能完成', code: String(status) };
	process.stderr.write(
		`${event.request.method} ${event.url.pathname}: ${error instanceof Error ? error.stack : String(error)}\n`
	);
	return { message: 'unexpected failure', messageZh: '意外故障', code: 'unexpected' };
};
