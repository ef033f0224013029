import { count, date, dayStart, percent, target as targetText, time, type Locale } from '#lib/i18n/format.ts';
import { componentName, deviceName, productName, siteName, stageName } from '#lib/i18n/names.ts';
import { branch as branchName, province } from '#lib/i18n/places.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { ActNow } from '#lib/protocol/views.ts';

export interface ActSentence {
	what: string;
	why: string;
	/** The next step's word. */
	next: string;
}

/**
 * What an entry of the "act now" list says in the reader's language. Parameters that did not come are shown as `—`. A time of
 * another day than `now` (lane ms) comes with its date.
 */
export function actSentence(act: ActNow, locale: Locale, now: number): ActSentence {
	const text = (key: string) => String(act.what[key] ?? '—');
	const number = (key: string) => (typeof act.what[key] === 'number' ? act.what[key] : null);
	const since = (key: string) => {
		const at = number(key);
		if (at === null) return '—';
		return dayStart(at) === dayStart(now) ? time(at) : `${date(at, locale, false)} ${time(at)}`;
	};
	const counted = (key: string) => count(number(key), locale);
	const stage = stageName(text('stage'));
	const branch = branchName(text('branch'), locale);
	const clock = text(locale === 'en' ? 'clockEn' : 'clockZh');
	const target = targetText(number('target'), number('workingDay'), locale);
	switch (act.kind) {
		case 'breached':
		case 'at_risk': {
			const next = act.kind === 'breached' ? m.next_breached() : m.next_at_risk();
			if (act.what['caseId'] !== undefined) {
				return { what: m.act_case({ id: text('caseId') }), why: m.act_alone_why({ clock, target }), next };
			}
			const what = act.kind === 'breached' ? m.act_breached({ clock }) : m.act_at_risk({ clock });
			const why =
				act.what['branch'] === undefined
					? m.act_clock_why({ stage, target })
					: m.act_clock_branch({ branch, n: counted('inBranch'), target });
			return { what, why, next };
		}
		case 'overtime_stage':
			return {
				what: m.act_overtime_stage({ stage, share: percent(number('share')) }),
				why: m.act_overtime_stage_why({ n: counted('n'), over: counted('over') }),
				next: m.next_overtime_stage()
			};
		case 'silent_branch':
			return {
				what: m.act_silent_branch(),
				why: m.act_silent_branch_why({ branch, since: since('last'), n: counted('expected') }),
				next: m.next_silent_branch()
			};
		case 'duplicate_device':
			return {
				what: m.act_duplicate_device(),
				why: m.act_duplicate_device_why({ device: text('device'), n: counted('customers') }),
				next: m.next_duplicate_device()
			};
		case 'low_stock':
			return {
				what: number('quantity') === 0 ? m.act_out_of_stock() : m.act_low_stock(),
				why: m.act_low_stock_why({
					branch,
					product: productName(text('product')),
					n: counted('quantity'),
					threshold: counted('threshold')
				}),
				next: m.next_low_stock()
			};
		case 'device_down': {
			if (number('devices') !== null) {
				const kind = deviceName(String(act.what['deviceKind'] ?? 'any'));
				const place = act.what['province'] === undefined ? branch : province(text('province'), locale);
				const why =
					place === '—'
						? m.act_devices_down_why({ kind, branches: counted('branches'), since: since('since') })
						: m.act_devices_down_place({ place, kind, since: since('since') });
				return { what: m.act_devices_down({ n: counted('devices') }), why, next: m.next_device_down() };
			}
			return {
				what: m.act_device_down(),
				why: m.act_device_down_why({ branch, device: text('device'), since: since('since') }),
				next: m.next_device_down()
			};
		}
		case 'site_down':
			return {
				what: m.act_site_down(),
				why:
					act.what['parts'] === undefined
						? m.act_site_down_why({
								site: siteName(text('site')),
								component: componentName(text('component')),
								since: since('since')
							})
						: m.act_site_parts({ site: siteName(text('site')), n: counted('parts'), since: since('since') }),
				next: m.next_site_down()
			};
	}
}
