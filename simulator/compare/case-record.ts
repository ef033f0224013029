/** What is kept of one case to measure it. Times in ms since the epoch. */
export interface CaseRecord {
	readonly reportedAt: number;
	readonly tier: string;
	readonly channel: string;
	readonly reportSeconds: number;
	freezeAskedAt?: number;
	frozenAt?: number;
	prefilled?: boolean;
	papersAgain: boolean;
	approvalAskedAt?: number;
	authorisedAt?: number;
	automatic?: boolean;
	virtualAt?: number;
	orderedByBranch: boolean;
	way?: string;
	mode?: string;
	dispatchedAt?: number;
	deliveredAt?: number;
	/** Operations of production and delivery that needed nobody, among those of which it is known. */
	untouched: number;
	operations: number;
	late: boolean;
	visits: number;
	rebound: boolean;
	left: boolean;
	rejected: boolean;
}

export function newRecord(at: number, data: Readonly<Record<string, unknown>>): CaseRecord {
	return {
		reportedAt: at,
		tier: String(data['tier']),
		channel: String(data['channel']),
		reportSeconds: Number(data['reportSeconds']),
		papersAgain: false,
		orderedByBranch: false,
		untouched: 0,
		operations: 0,
		late: false,
		visits: 0,
		rebound: false,
		left: false,
		rejected: false
	};
}
