import type { Branch } from '../../../../simulator/bank/network.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { duration } from '../../../../simulator/bank/quantities.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';
import { type AnyFault, kindOf, readFaults } from '../../../../simulator/faults/read-faults.ts';
import { HotcardError } from '../../domain/error.ts';
import type { Millis } from '../../domain/time.ts';
import type { LabFault } from '../../protocol/lab.ts';
import { LONGEST } from './fault-kinds.ts';

/** The bank that a fault is for. */
export interface FaultGround {
	profile: Profile;
	branches: readonly Branch[];
	/** The bank's present, from which the fault's times count. */
	at: Millis;
	/** What was done to the bank so far. */
	orders: readonly Order[];
}

/** What the faults of a lane that are not over may bring together: a bank of 200 branches still keeps up, and has room for them. */
const MOST_REPORTS = 500_000;

/**
 * Reads a fault that is injected: what a faults file says of one, with `duration`, and if wanted `after`, in place of its times.
 * Throws `invalid-fault` with the pointer of the mistake and what was expected.
 */
export function readInjected(said: Record<string, unknown>, ground: FaultGround): AnyFault {
	const { at, orders } = ground;
	for (const key of ['start', 'end'])
		if (key in said)
			throw invalid(`/${key}`, {
				en: `expected no ${key}: a fault starts when it is injected, or after the time in "after", and lasts for its duration`,
				zh: `不应有 ${key}：故障在注入时（或 after 所示时长之后）开始，持续 duration`
			});
	const { duration: length, after, name = freeName(String(said['kind']), orders), ...rest } = said;
	const lasts = Math.max(1, Math.round(spanOf('duration', length)));
	const start = at + (after === undefined ? 0 : Math.round(spanOf('after', after)));
	if (injectedIn(orders).some((other) => other.name === name))
		throw invalid('/name', {
			en: 'expected a name that no other fault of the bank has or had',
			zh: '名称不得与此银行已有或曾有的故障相同'
		});
	const fault = asInFile({ ...rest, name }, start, start + lasts, ground);
	const most = MOST_REPORTS - comingOf(orders, ground);
	const brings = reportsOf(fault, ground);
	if (brings <= most) return fault;
	const key = 'reportsPerBranchHour' in fault ? '/reportsPerBranchHour' : '/strength';
	const [found, left] = [Math.ceil(brings), Math.max(0, Math.floor(most))];
	throw invalid(key, {
		en: `expected at most ${left} reports beside the usual ones while it lasts, found ${found} (all faults that are not over: at most ${MOST_REPORTS}); make it weaker, shorter or smaller`,
		zh: `故障期间额外报案最多 ${left} 件，实际约 ${found} 件（所有未结束的故障合计最多 ${MOST_REPORTS} 件）；请降低强度、缩短时长或缩小范围`
	});
}

/** Says why a fault of an older file would be refused today; undefined where it would not. */
export function refusalOf(fault: AnyFault, ground: FaultGround): string | undefined {
	const { start, end, ramp, lag, ...said } = fault as AnyFault & { lag?: number };
	const spans = { ...(ramp > 0 ? { ramp: `${ramp} ms` } : {}), ...(lag === undefined ? {} : { lag: `${lag} ms` }) };
	try {
		asInFile({ ...said, ...spans }, start, end, { ...ground, at: start });
	} catch (error) {
		return (error as Error).message;
	}
	const brings = comingOf(ground.orders, ground) + reportsOf(fault, ground);
	return brings > MOST_REPORTS ? `it brings more than ${MOST_REPORTS} reports` : undefined;
}

/** The faults that were put up by orders, the newest first; those ended before their time, or taken back, with the end that they had. */
export function labFaults(orders: readonly Order[], now: Millis): LabFault[] {
	return injectedIn(orders)
		.map(({ name, kind, scope, start, end, ramp, strength }) => {
			const active = start <= now && now < end;
			return { id: name, kind, scope: scope ?? {}, from: start, to: end, ramp, strength: strength ?? null, active };
		})
		.reverse();
}

interface Spoken {
	scope?: Record<string, string | string[]>;
	strength?: number;
}

/** Each with the end that it has. */
function injectedIn(orders: readonly Order[]): (AnyFault & Spoken)[] {
	const ended = new Map(orders.flatMap((order) => ('end' in order ? [[order.end, order.at] as const] : [])));
	return orders
		.flatMap((order) => ('inject' in order ? [order.inject as AnyFault & Spoken] : []))
		.map((fault) => ({ ...fault, end: Math.min(fault.end, ended.get(fault.name) ?? fault.end) }));
}

function freeName(kind: string, orders: readonly Order[]): string {
	const all = injectedIn(orders);
	const taken = new Set(all.map(({ name }) => name));
	let number = all.length + 1;
	while (taken.has(`${kind}-${number}`)) number++;
	return `${kind}-${number}`;
}

function reportsOf(fault: AnyFault, { branches, profile }: FaultGround): number {
	return kindOf(fault).brings?.(fault as never, { branches, profile }) ?? 0;
}

/** What the faults that are not over bring from now on. */
function comingOf(orders: readonly Order[], ground: FaultGround): number {
	const { at } = ground;
	const left = injectedIn(orders).filter(({ start, end }) => end > Math.max(at, start));
	return left.reduce((sum, fault) => sum + reportsOf({ ...fault, start: Math.max(at, fault.start) }, ground), 0);
}

function spanOf(key: string, text: unknown): number {
	const read = duration.safeParse(text);
	if (read.success && read.data <= LONGEST) return read.data;
	throw invalid(`/${key}`, {
		en: `expected a ${key === 'after' ? 'time' : 'duration'} of at most 30 days, such as "30 min" or "2 h"`,
		zh: '应为不超过 30 天的时长，例如 "30 min" 或 "2 h"'
	});
}

/** Reads a fault by the rules of a faults file, with the pointers of a command. */
function asInFile(said: object, start: Millis, end: Millis, { profile, branches, at }: FaultGround): AnyFault {
	const times = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
	const text = JSON.stringify({ faults: [{ ...said, ...times }] });
	const ground = { start: at, branches, sites: profile.sites.names, products: profile.stock.products };
	try {
		return readFaults(text, 'fault', ground)[0] as AnyFault;
	} catch (error) {
		if (!(error instanceof HotcardError)) throw error;
		const { suggestion } = error;
		const pointer = (error.place.pointer ?? '').replace('/faults/0', '');
		const bare = (message: string) =>
			message.replaceAll(/^fault:\d+:\d+ \/faults\/0/gm, '/fault').replace(`/fault${pointer}: `, '');
		throw invalid(pointer, { en: bare(error.message), zh: bare(error.zh.message ?? error.message) }, suggestion);
	}
}

function invalid(pointer: string, { en, zh }: { en: string; zh: string }, suggestion?: string): HotcardError {
	return new HotcardError('invalid-fault', `/fault${pointer}: ${en}`, {
		place: { pointer: `/fault${pointer}` },
		suggestion,
		remedy: 'Correct the fault and send it again.',
		zh: { message: `/fault${pointer}：${zh}`, remedy: '请改正故障内容后重发。' }
	});
}
