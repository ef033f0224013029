import { CAUSES } from '../../src/lib/domain/events/vocabulary.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/domain/time.ts';
import { midnight, weekdayOf } from '../bank/bank-time.ts';
import type { Measures } from '../statistics/experiment.ts';
import type { CaseRecord } from './case-record.ts';
import type { Observer } from './observer.ts';

const COURIER = new Set(['same_city', 'standard', 'other_province', 'locker']);

/** Days from Monday to Friday between two moments, parts of days as such. */
export function workingDays(from: number, to: number): number {
	let sum = 0;
	for (let day = midnight(from); day < to; day += DAY)
		if (weekdayOf(day) < 5) sum += Math.min(to, day + DAY) - Math.max(from, day);
	return sum / DAY;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** Share of those for which something holds; NaN where there are none. */
function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
	return all.filter(holds).length / all.length;
}

/** The figures of one run, without those of which the bank of this profile shows no case. `lies` are the reports that were false. */
export function measure(observer: Observer, lies: ReadonlySet<string>): Measures {
	const known = Object.entries(figures(observer, lies)).filter(([, value]) => !Number.isNaN(value));
	return Object.fromEntries(known);
}

function figures({ cases, ...heard }: Observer, lies: ReadonlySet<string>): Measures {
	const all = [...cases.values()];
	const between = (to: keyof CaseRecord, from: keyof CaseRecord, of: readonly CaseRecord[]): number[] =>
		of.flatMap((record) => {
			const [end, start] = [record[to], record[from]];
			return typeof end === 'number' && typeof start === 'number' ? [end - start] : [];
		});
	const sent = all.filter(({ way, mode, deliveredAt }) => way === 'centre' && mode && deliveredAt !== undefined);
	const days = (of: readonly CaseRecord[]): number =>
		mean(of.map(({ reportedAt, deliveredAt }) => workingDays(reportedAt, deliveredAt as number)));
	const parcels = sent.filter(({ mode }) => COURIER.has(mode as string));
	const express = sent.filter(({ mode }) => mode === 'express');
	const virtual = between('virtualAt', 'reportedAt', all);
	const authorised = all.filter(({ authorisedAt }) => authorisedAt !== undefined);
	const byPeople = authorised.filter(({ automatic }) => !automatic);
	const approval = (of: readonly CaseRecord[]): number[] => between('authorisedAt', 'approvalAskedAt', of);
	const vip = (is: boolean) => byPeople.filter(({ tier }) => (tier === 'vip') === is);
	const withPapers = all.filter(({ prefilled }) => prefilled !== undefined);
	const freezes = between('frozenAt', 'freezeAskedAt', all);
	const mobile = all.filter(({ channel }) => channel === 'mobile');
	const { complaints } = heard;
	// Only those that somebody decided about: who gave up or found the card was stopped by nobody.
	const falseOnes = [...lies]
		.flatMap((caseId) => cases.get(caseId) ?? [])
		.filter(({ rejected, authorisedAt }) => rejected || authorisedAt !== undefined);
	const sum = (key: 'operations' | 'untouched' | 'visits'): number => all.reduce((total, one) => total + one[key], 0);
	return {
		cases: all.length,
		parcelDays: days(parcels.filter(({ orderedByBranch }) => !orderedByBranch)),
		branchOrderDays: days(parcels.filter(({ orderedByBranch }) => orderedByBranch)),
		expressHours: mean(between('deliveredAt', 'reportedAt', express)) / HOUR,
		expressWayHours: mean(between('deliveredAt', 'dispatchedAt', express)) / HOUR,
		virtualMinutes: median(virtual) / MINUTE,
		virtualWithin5: share(virtual, (ms) => ms <= 5 * MINUTE),
		instantMinutes:
			median(
				between(
					'deliveredAt',
					'reportedAt',
					all.filter(({ way }) => way === 'instant')
				)
			) / MINUTE,
		approvalHours: approval(byPeople).reduce((total, ms) => total + ms, 0) / authorised.length / HOUR,
		vipApproval: mean(approval(vip(true))) / mean(approval(vip(false))),
		automaticApproval: share(authorised, ({ automatic }) => automatic === true),
		straightThrough: sum('untouched') / sum('operations'),
		freezeSeconds: mean(freezes) / SECOND,
		frozenWithin10: share(freezes, (ms) => ms <= 10 * MINUTE),
		mobileWithin15: share(mobile, ({ reportSeconds }) => reportSeconds <= 15),
		prefilled: share(withPapers, ({ prefilled }) => prefilled === true),
		papersAgain: share(withPapers, ({ papersAgain }) => papersAgain),
		visitsPerCase: sum('visits') / all.length,
		branchWait: mean(heard.branchWaits) / MINUTE,
		handling: mean(heard.handling) / MINUTE,
		phoneWait: mean(heard.phoneWaits),
		callsLost: heard.callsLost / heard.calls,
		lateParcels: share(sent, ({ late }) => late),
		servicesLeft: share(
			all.filter(({ rebound }) => rebound),
			({ left }) => left
		),
		complaints: (1_000 * complaints.length) / all.length,
		...Object.fromEntries(
			CAUSES.map((cause) => [`complaint_${cause}`, share(complaints, (one) => one.cause === cause)])
		),
		complaintsIn72h: share(complaints, ({ answeredAfter }) => answeredAfter !== null && answeredAfter <= 72 * HOUR),
		fraudDecided: falseOnes.length,
		fraudStopped: share(falseOnes, ({ rejected }) => rejected)
	};
}
