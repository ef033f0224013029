import {
	branchName,
	channelName,
	cityName,
	deviceName,
	productName,
	provinceName,
	roleName,
	siteName,
	stageName
} from '#lib/i18n/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { locale, say } from '#lib/i18n/say.ts';
import type { Refused } from '#lib/live/command.ts';

type Say = (inputs?: Record<string, string>) => string;

/** The message `<prefix>_<key>`, with `-`, `.` and spaces as `_`; undefined where there is none. */
function message(prefix: string, key: string): Say | undefined {
	return (m as unknown as Record<string, Say | undefined>)[`${prefix}_${key.replaceAll(/[-. ]/g, '_')}`];
}

/** What an event or activity is called. Activities of other processes keep the name that their log gave them. */
export const eventName = (name: string): string => message('event', name)?.() ?? name;

/** Whether an activity is of a process of its own, so that our stages would not tell where its case stands. */
export const isForeign = (activity: string): boolean => activity !== '' && message('event', activity) === undefined;

/** What the events before the dot have in common: `shipment` → Delivery. */
export const eventGroup = (group: string): string => message('events', group)?.() ?? group;

/** Why the quarantine refused an event, in a few words. */
export const refusedName = (code: string): string => message('refused', code)?.() ?? code;

/** Codes that stand for many faults: which one it was is told by the detail. */
const LOOSE: ReadonlySet<string> = new Set(['invalid-command', 'bad-request', 'command-not-kept']);

/** Why a command was refused: in the reader's language where the code is known, else as the server said it. */
export function refusal(outcome: Refused): string {
	const { detail, detailZh, remedy, remedyZh } = outcome;
	const known = message('problem', outcome.code)?.();
	const own = say.text({ en: detail, zh: detailZh ?? '' });
	const parts =
		known === undefined
			? [said(detail, detailZh), said(remedy, remedyZh)]
			: [known, LOOSE.has(outcome.code) ? own : ''];
	return parts.filter(Boolean).join(' · ');
}

/** What the server said in English and, where it did, in Chinese. */
export const said = (en: string, zh: string | null | undefined): string => say.text({ zh: zh || en, en });

/** A violation of an event in words. The rules of a case tell `code: detail`, a list only the code. */
export function violationText(violation: string, event: string): string {
	const [code = '', ...rest] = violation.split(': ');
	const detail = rest.join(': ');
	if (detail === '') return message('violation_bare', code)?.() ?? violation;
	const name = eventName(event);
	if (detail.endsWith('while the case is paused')) return m.violation_while_paused({ event: name });
	if (detail.endsWith('it was not paused')) return m.violation_not_paused();
	const stage = /in stage (\w+)$/.exec(detail)?.[1] ?? '';
	const early = /happened (\d+) ms before/.exec(detail)?.[1];
	const span = early === undefined ? '' : say.duration(Number(early));
	return message('violation', code)?.({ event: name, stage: stageName(stage), span }) ?? violation;
}

/** Facts whose values are words of ours; other values are names and are shown as they are. */
const WORDS: ReadonlySet<string> = new Set(
	(
		'kind tier segment paymentChannel result outcome methods method problem level way mode medium cause component ' +
		'status severity paymentChannels failed services reasons reason documents document template carrier service ' +
		'language slaClass from to team action'
	).split(' ')
);

/** A channel of reports; some events tell a payment channel there. */
function channelText(channel: string): string {
	const name = channelName(channel);
	return name === channel ? (message('value', channel)?.() ?? channel) : name;
}

function valueText(name: string, value: string | number | boolean): string {
	if (typeof value === 'boolean') return value ? m.value_yes() : m.value_no();
	if (typeof value === 'number') {
		if (name.endsWith('Seconds')) return say.duration(value * 1_000);
		return name.endsWith('Ms') ? say.duration(value) : String(Math.round(value * 1_000) / 1_000);
	}
	if (name === 'channel') return channelText(value);
	if (name === 'stage') return stageName(value);
	if (name === 'region' || name === 'province') return provinceName(cityName(value));
	if (name === 'city') return cityName(value);
	if (name === 'branch') return branchName(value, value);
	if (name === 'site') return siteName(value);
	if (name === 'role') return roleName(value);
	if (name === 'product') return productName(value);
	if (!WORDS.has(name)) return value;
	return value
		.split(', ')
		.map((word) => message('value', word)?.() ?? (name === 'kind' ? deviceName(word) : word))
		.join(locale() === 'en' ? ', ' : '、');
}

export interface Fact {
	name: string;
	label: string;
	value: string;
}

/** Facts of an event with their labels; fields that no message knows keep their own name. */
export function factTexts(facts: Readonly<Record<string, string | number | boolean>>): Fact[] {
	return Object.entries(facts).map(([name, value]) => ({
		name,
		label: message('fact', name)?.() ?? name,
		value: valueText(name, value)
	}));
}
