import { type EventName, typeOf } from '../../src/lib/domain/events/catalogue.ts';
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '../../src/lib/domain/time.ts';
import type { LogEntry } from '../../src/lib/server/log/port.ts';

export interface HistoryOptions {
	/** About how many events, the ones that open branches and count stock included: what lies after the end is left out. */
	events: number;
	branches: number;
	days: number;
	seed: number;
}

/** Midnight of the first day in the bank's zone. */
export const HISTORY_START: Millis = Date.parse('2026-10-20T00:00:00+08:00');
const OPENS = 8 * HOUR;
const OPEN_FOR = 12 * HOUR;
const PRODUCTS = ['debit_standard', 'debit_gold'] as const;
const CHANNELS = ['counter', 'mobile', 'phone', 'vtm'] as const;

/** One customer: a visit, a case and a card out of stock. Per step the mean time after the step before, ms. */
const STEPS: readonly [EventName, Millis][] = [
	['visit.ticket_taken', 0],
	['visit.called', 9 * MINUTE],
	['case.reported', MINUTE],
	['case.freeze_requested', SECOND],
	['case.freeze_completed', 3 * SECOND],
	['case.verified', 50 * SECOND],
	['case.risk_assessed', SECOND],
	['visit.completed', 3 * MINUTE],
	['case.authorised', 70 * MINUTE],
	['stock.moved', 2 * HOUR],
	['case.card_personalised', 2 * HOUR],
	['case.card_activated', 30 * HOUR],
	['case.closed', 10 * MINUTE]
];

/** The moment at which the history stops: closing time of its last day, with the customers of that day still on their way. */
export const historyEnd = ({ days }: HistoryOptions): Millis => HISTORY_START + (days - 1) * DAY + OPENS + OPEN_FOR;

/** Events per customer. */
export const EVENTS_EACH = STEPS.length;

/** A number from 0 to 1 that depends on nothing but its arguments. */
function chance(seed: number, unit: number, step: number): number {
	let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(unit + 1, 0xc2b2ae35) ^ Math.imul(step + 1, 0x27d4eb2f);
	h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
	h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
	return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

const branchAt = (index: number): string => `B${String(index).padStart(5, '0')}`;

export const caseIdOf = (unit: number): string => `C-${String(unit).padStart(8, '0')}`;

/** Ids of `count` branches, spread over all of them. */
export function someBranches({ branches }: HistoryOptions, count: number): string[] {
	const step = Math.max(1, Math.floor(branches / count));
	return Array.from({ length: Math.min(count, branches) }, (_, at) => branchAt(at * step));
}

/** What comes before the first customer: every branch opens, counts two kinds of card and names the stock below which one of them is low. */
export const setupEvents = ({ branches }: HistoryOptions): number => branches * (2 + PRODUCTS.length);

export const customersOf = (options: HistoryOptions): number =>
	Math.max(0, Math.floor((options.events - setupEvents(options)) / EVENTS_EACH));

function entry(id: string, name: EventName, at: Millis, key: string, data: Record<string, unknown>): LogEntry {
	const source = '/bench/history';
	const time = new Date(at).toISOString();
	return { source, id, key, line: JSON.stringify({ specversion: '1.0', id, source, type: typeOf(name), time, data }) };
}

function* setup({ branches }: HistoryOptions): Generator<LogEntry> {
	for (let index = 0; index < branches; index++) {
		const branchId = branchAt(index);
		const place = { province: `P${index % 31}`, city: `P${index % 31}-C${index % 300}`, windows: 4 };
		yield entry(`o${index}`, 'branch.opened', HISTORY_START, branchId, { branchId, name: `Branch ${index}`, ...place });
		for (const product of PRODUCTS) {
			const counted = { branchId, product, quantity: 200 + (index % 90) };
			yield entry(`n${index}-${product}`, 'stock.counted', HISTORY_START, branchId, counted);
		}
		const low = { branchId, product: PRODUCTS[0], quantity: 200 + (index % 90), threshold: 190 };
		yield entry(`t${index}`, 'stock.threshold', HISTORY_START, branchId, low);
	}
}

/** When each step of a customer happens: exponential times between them, bounded so that no case hangs for ever. */
function timesOf(options: HistoryOptions, unit: number, customers: number): Millis[] {
	const place = ((unit + chance(options.seed, unit, 99)) * options.days) / customers;
	const day = Math.min(options.days - 1, Math.floor(place));
	let at = HISTORY_START + day * DAY + OPENS + Math.floor((place - day) * OPEN_FOR);
	return STEPS.map(([, mean], step) => {
		at += Math.ceil(mean * Math.min(5, -Math.log(1 - chance(options.seed, unit, step))));
		return at;
	});
}

function made(options: HistoryOptions, unit: number, step: number, at: Millis): LogEntry {
	const [name] = STEPS[step]!;
	const branchId = branchAt(Math.floor(chance(options.seed, unit, 50) * options.branches));
	const caseId = caseIdOf(unit);
	const id = `${unit}-${step}`;
	const visitId = `V${unit}`;
	const product = PRODUCTS[unit % PRODUCTS.length];
	if (name === 'visit.ticket_taken') return entry(id, name, at, visitId, { visitId, branchId, caseId });
	if (name.startsWith('visit.'))
		return entry(id, name, at, visitId, { visitId, branchId, teller: `T${unit % 40_000}` });
	if (name === 'stock.moved')
		return entry(id, name, at, branchId, { from: branchId, to: 'customer', product, quantity: 1, reason: 'issued' });
	const last4 = String(unit % 10_000).padStart(4, '0');
	const data: Partial<Record<EventName, Record<string, unknown>>> = {
		'case.reported': {
			kind: 'formal',
			channel: CHANNELS[unit % CHANNELS.length],
			branchId,
			customerRef: `cst_${unit}`,
			card: { token: `tok_${unit}`, bin: '622848', last4 },
			tier: unit % 12 === 0 ? 'vip' : 'standard'
		},
		'case.freeze_requested': { paymentChannels: ['unionpay', 'mobile_pay'] },
		'case.risk_assessed': { score: 0.12, outcome: 'pass', decisionMs: 23, reasons: [] },
		'case.authorised': { automatic: true },
		'case.card_personalised': { way: 'centre' },
		'case.closed': { outcome: 'completed' }
	};
	return entry(id, name, at, caseId, { caseId, ...data[name] });
}

/** The events in the order of the minute they happen in, those of one case always in their own order. */
export function* history(options: HistoryOptions): Generator<{ at: Millis; entry: LogEntry }> {
	for (const first of setup(options)) yield { at: HISTORY_START, entry: first };
	const customers = customersOf(options);
	// Unit, step and time of what is still to come, by minute: small numbers instead of long lines.
	const waiting = new Map<number, number[]>();
	let minute = Math.floor(HISTORY_START / MINUTE);
	function* due(until: number): Generator<{ at: Millis; entry: LogEntry }> {
		for (; minute < until; minute++) {
			const found = waiting.get(minute) ?? [];
			waiting.delete(minute);
			for (let i = 0; i < found.length; i += 3) {
				const at = found[i + 2]!;
				yield { at, entry: made(options, found[i]!, found[i + 1]!, at) };
			}
		}
	}
	for (let unit = 0; unit < customers; unit++) {
		const times = timesOf(options, unit, customers);
		// Customers arrive nearly in order: a margin of ten minutes lets no minute be closed too early.
		yield* due(Math.floor((times[0] ?? 0) / MINUTE) - 10);
		for (const [step, at] of times.entries()) {
			const key = Math.floor(at / MINUTE);
			const list = waiting.get(key);
			if (list === undefined) waiting.set(key, [unit, step, at]);
			else list.push(unit, step, at);
		}
	}
	yield* due(Math.floor(historyEnd(options) / MINUTE));
}
