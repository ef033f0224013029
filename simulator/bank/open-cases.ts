import { deriveStream, type Stream } from '../random/stream.ts';
import { lossArrivals } from './arrivals.ts';
import { midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { caseLife, duplicateLife, untilInUse } from './case-life.ts';
import { channelChoice } from './channels.ts';
import { complaints } from './complaints.ts';
import { customers } from './customer.ts';
import type { Branch } from './network.ts';
import { Due, OwnTime, start } from './own-time.ts';
import type { World } from './world.ts';

/** Numbers of reports beside those that come anyway, which keep theirs. */
const BESIDE = 1_000;

/** Lets cards be lost: each arrival opens a case and sends it on its way. */
export function openCases(world: World, idOf: (branch: Branch, nth: number, day: number) => string): void {
	const drawCustomer = customers(world);
	const chooseChannel = channelChoice(world);
	const complain = complaints(world);
	const begin = (caseId: string, branch: Branch, time = new OwnTime(world)): CaseFile => {
		// The name of the case is hashed once; its streams are told apart by the purpose alone.
		const own = Math.floor(world.stream(caseId, 'case').wide() * 2 ** 53);
		const stream = (purpose: string): Stream => deriveStream(own, '', purpose);
		const customer = drawCustomer(stream('customer'), branch);
		const channel = chooseChannel({ branch, stream });
		// All fields from the start: objects of one shape are read fastest.
		return {
			caseId,
			branch,
			customer,
			stream,
			channel,
			reportedAt: time.now,
			time,
			frozen: new Due(world, 'freeze'),
			wishes: 0,
			decidedAt: Infinity,
			ticket: undefined,
			duplicateOf: undefined,
			waitedMs: undefined,
			machine: undefined,
			verified: false,
			forged: false,
			sameDevice: 0,
			repeat: undefined,
			doubted: false,
			late: false
		};
	};
	const repeat = (first: CaseFile): void => {
		const caseId = `${first.caseId}-2`;
		const channel = first.channel === 'phone' ? 'mobile' : 'phone';
		const time = new OwnTime(world, first.time.now);
		const second = {
			...begin(caseId, first.branch, time),
			customer: first.customer,
			channel,
			duplicateOf: first.caseId,
			// Not yet.
			reportedAt: Infinity
		} as CaseFile;
		first.repeat = second;
		world.env.process(duplicateLife(world, second), caseId);
	};
	const made = (file: CaseFile, moment: number): void => {
		file.time.skipTo(moment);
		start(world, untilInUse(world, file, 'centre', follow), file.caseId);
	};
	const follow = { complain, repeat, made };
	const live = (file: CaseFile): void => {
		const { caseId, customer } = file;
		if (customer.fraudster) world.truth('report.false', { caseId, deviceId: customer.deviceId });
		start(world, caseLife(world, file, follow), caseId);
	};
	lossArrivals(world, (branch, nth, day) => live(begin(idOf(branch, nth, day), branch)));
	const more = new Map<Branch, number>();
	world.report = (branch, falselyFrom) => {
		const nth = (more.get(branch) ?? 0) + 1;
		more.set(branch, nth);
		const file = begin(idOf(branch, BESIDE + nth, midnight(world.env.now)), branch);
		if (falselyFrom === undefined) return live(file);
		const customer = { ...file.customer, deviceId: falselyFrom, sharedDevice: true, fraudster: true };
		live({ ...file, customer, channel: 'mobile' });
	};
}
