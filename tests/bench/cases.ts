import { typeOf, type EventName } from '../../src/lib/domain/events/catalogue.ts';

/** The life of a card case in twelve events, with the minutes between them. */
const LIFE: readonly [EventName, number, Record<string, unknown>][] = [
	[
		'case.reported',
		0,
		{
			kind: 'formal',
			channel: 'mobile',
			customerRef: '',
			card: { token: '', bin: '622848', last4: '6789' },
			tier: 'standard'
		}
	],
	['case.freeze_requested', 0.02, { paymentChannels: ['unionpay', 'mobile_pay', 'third_party', 'online_bank'] }],
	['case.freeze_completed', 0.1, {}],
	['case.verification_started', 0.2, { methods: ['face', 'sms'] }],
	['case.verified', 1, { methods: ['face', 'sms'] }],
	['case.risk_assessed', 1.1, { score: 0.12, outcome: 'pass', decisionMs: 23, reasons: [] }],
	['case.approval_requested', 1.2, { level: 'teller' }],
	['case.authorised', 40, { level: 'teller', automatic: false }],
	['case.card_ordered', 41, { way: 'centre', product: 'debit-std' }],
	['case.card_personalised', 500, { way: 'centre' }],
	['shipment.delivered', 2_000, { identityMatched: true }],
	['case.card_activated', 2_100, { channel: 'mobile' }]
];

export const EVENTS_PER_CASE = LIFE.length;

/** Event `index` of an endless, repeatable stream in which 500 cases run side by side over `branches` branches. */
export function benchEvent(run: string, index: number, start: number, branches = 2_000): string {
	const block = Math.floor(index / (500 * EVENTS_PER_CASE));
	const within = index % (500 * EVENTS_PER_CASE);
	const [name, minutes, data] = LIFE[Math.floor(within / 500)] ?? LIFE[0]!;
	const number = block * 500 + (within % 500);
	const caseId = `${run}-${number}`;
	const branchId = `b${number % branches}`;
	const time = new Date(start + block * 1_000 + minutes * 60_000).toISOString();
	const payload = {
		caseId,
		...data,
		...(name === 'case.reported'
			? { branchId, customerRef: `cst_${number}`, card: { token: `tok_${number}`, bin: '622848', last4: '6789' } }
			: {})
	};
	return JSON.stringify({
		specversion: '1.0',
		id: `${run}-${index}`,
		source: `/bench/${branchId}`,
		type: typeOf(name),
		time,
		data: payload
	});
}

export function batchBody(run: string, from: number, count: number, start: number): string {
	const lines: string[] = [];
	for (let index = from; index < from + count; index++) lines.push(benchEvent(run, index, start));
	return `[${lines.join(',')}]`;
}
