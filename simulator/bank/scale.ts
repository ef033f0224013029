import type { Profile } from './profile.ts';

/** The branches that a profile's people, lines and machines are meant for. */
const MEANT_FOR = 200;

/** The profile with the arrivals of so many cases a day in the whole bank; what is kept for them grows or shrinks as well. */
export function withLoad(profile: Profile, branches: number, casesPerDay: number): Profile {
	const casesPerBranchDay = casesPerDay / branches;
	const usual = profile.arrivals.casesPerBranchDay;
	// A bank in which nothing is lost says nothing about what is kept for it.
	const factor = usual === 0 ? 1 : casesPerBranchDay / usual;
	const { initial, threshold, order, transfers } = profile.stock;
	const many = (count: number): number => Math.max(count, Math.round(count * factor));
	return {
		...staffed(profile, Math.max(1, factor)),
		arrivals: { ...profile.arrivals, casesPerBranchDay },
		stock: {
			...profile.stock,
			initial: { low: many(initial.low), high: many(initial.high) },
			threshold: many(threshold),
			order: many(order),
			transfers: { ...transfers, below: many(transfers.below), quantity: many(transfers.quantity) }
		}
	};
}

/** The profile of a bank or region of so many branches: phone bank, approvers and centre in proportion, never below its own. */
export function forBranches(profile: Profile, branches: number): Profile {
	const factor = Math.max(1, branches / MEANT_FOR);
	const scaled = staffed(profile, factor);
	return { ...scaled, phone: { ...scaled.phone, otherPerMinute: profile.phone.otherPerMinute * factor } };
}

function staffed(profile: Profile, factor: number): Profile {
	const { phone, video, complaints, approval, production } = profile;
	return {
		...profile,
		phone: { ...phone, agents: Math.round(phone.agents * factor) },
		video: { ...video, agents: Math.round(video.agents * factor) },
		complaints: { ...complaints, owners: Math.round(complaints.owners * factor) },
		approval: {
			...approval,
			approversPerProvince: Math.round(approval.approversPerProvince * factor),
			headOffice: Math.round(approval.headOffice * factor)
		},
		production: { ...production, perCard: production.perCard / factor }
	};
}
