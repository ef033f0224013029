import * as z from 'zod';
import type { Branch } from '../../../../simulator/bank/network.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { duration } from '../../../../simulator/bank/quantities.ts';
import { KINDS } from '../../../../simulator/faults/kinds.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';
import { type AnyFault, readFaults } from '../../../../simulator/faults/read-faults.ts';
import { HotcardError } from '../../domain/error.ts';
import { DAY, type Millis } from '../../domain/time.ts';
import type { FaultKind, FaultNumber, FaultPlace, LabFault } from '../../protocol/lab.ts';

/** The bank that a fault is for. */
export interface FaultGround {
	profile: Profile;
	branches: readonly Branch[];
	/** The bank's present, at which the fault starts. */
	at: Millis;
	/** What was done to the bank so far. */
	orders: readonly Order[];
}

const LONGEST = 30 * DAY;
const PLACES: readonly FaultPlace[] = ['site', 'media', 'paymentChannels'];

/** Every kind of fault, as far as a form has to know it. */
export function faultKinds(profile: Profile): FaultKind[] {
	return Object.entries(KINDS).map(([kind, { schema }]) => {
		const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described;
		const scope = properties['scope']?.properties;
		const place = scope === undefined ? 'none' : (PLACES.find((each) => each in scope) ?? 'branches');
		const choices = place === 'site' ? profile.sites.names : (scope?.[place]?.items?.enum ?? []);
		return { kind, place, choices: [...choices], numbers: Object.entries(properties).flatMap(numberOf) };
	});
}

/**
 * Reads a fault that is to start at once: what a faults file says of one, with `duration` in place of its times. Throws
 * `invalid-fault` with the pointer of the mistake and what was expected.
 */
export function readInjected(fault: Record<string, unknown>, { profile, branches, at, orders }: FaultGround): AnyFault {
	for (const key of ['name', 'start', 'end'])
		if (key in fault)
			throw invalid(`/${key}`, {
				en: `expected no ${key}: a fault starts when it is injected and lasts for its duration`,
				zh: `不应有 ${key}：故障在注入时开始，持续 duration`
			});
	const { duration: length, ...said } = fault;
	const lasts = duration.safeParse(length);
	if (!lasts.success || lasts.data > LONGEST)
		throw invalid('/duration', {
			en: 'expected a duration of at most 30 days, such as "30 min" or "2 h"',
			zh: '应为不超过 30 天的时长，例如 "30 min" 或 "2 h"'
		});
	const name = `${String(said['kind'])}-${orders.filter((order) => 'inject' in order).length + 1}`;
	const [start, end] = [at, at + Math.max(1, Math.round(lasts.data))].map((moment) => new Date(moment).toISOString());
	const text = JSON.stringify({ faults: [{ ...said, name, start, end }] });
	const ground = { start: at, branches, sites: profile.sites.names, products: profile.stock.products };
	try {
		return readFaults(text, 'fault', ground)[0] as AnyFault;
	} catch (error) {
		if (!(error instanceof HotcardError)) throw error;
		const { line, column, pointer = '' } = error.place;
		const bare = (message: string) => message.replace(`fault:${line}:${column} ${pointer}: `, '');
		const { suggestion } = error;
		const told = { en: bare(error.message), zh: bare(error.zh.message ?? error.message) };
		throw invalid(pointer.replace('/faults/0', ''), told, suggestion);
	}
}

/** The faults that were put up by orders, the newest first; those ended before their time with the end that they had. */
export function labFaults(orders: readonly Order[], now: Millis): LabFault[] {
	const ended = new Map(orders.flatMap((order) => ('end' in order ? [[order.end, order.at] as const] : [])));
	return orders
		.flatMap((order) => ('inject' in order ? [order.inject as AnyFault & Spoken] : []))
		.map(({ name, kind, scope, start, end, ramp, strength }) => {
			const to = Math.min(end, ended.get(name) ?? end);
			const active = start <= now && now < to;
			return { id: name, kind, scope: scope ?? {}, from: start, to, ramp, strength: strength ?? null, active };
		})
		.reverse();
}

interface Spoken {
	scope?: Record<string, string | string[]>;
	strength?: number;
}

interface Schema {
	type?: string;
	minimum?: number;
	maximum?: number;
	default?: unknown;
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}
interface Described {
	properties: Record<string, Schema>;
}

function numberOf([name, { type, minimum = 0, maximum, default: usual }]: [string, Schema]): FaultNumber[] {
	if (type !== 'number' && type !== 'integer') return [];
	const bounded = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
	const [whole, max] = [type === 'integer', bounded ? null : maximum];
	return [{ name, whole, min: minimum, max, usual: typeof usual === 'number' ? usual : null }];
}

function invalid(pointer: string, { en, zh }: { en: string; zh: string }, suggestion?: string): HotcardError {
	return new HotcardError('invalid-fault', `/fault${pointer}: ${en}`, {
		place: { pointer: `/fault${pointer}` },
		suggestion,
		remedy: 'Correct the fault and send it again.',
		zh: { message: `/fault${pointer}：${zh}`, remedy: '请改正故障内容后重发。' }
	});
}
