/** What a figure must be: at least `from`, at most `to`. */
export interface Bound {
	readonly from?: number;
	readonly to?: number;
}

/** Something that the plan says, and the figure of a run that speaks about it. */
export interface Claim {
	readonly id: string;
	/** Row of the plan. */
	readonly from: string;
	readonly en: string;
	readonly zh: string;
	/** Name of the measure; null where the model has nothing that speaks about it. */
	readonly measure: string | null;
	readonly unit: string;
	/** Measure that counts what the share is of, where that is rare: the runs are pooled, for shares of a few say little about their spread. */
	readonly of?: string;
	/** What the plan says of the bank before and after the reform. */
	readonly before?: Bound;
	readonly after?: Bound;
	/** How it changes from before to after. */
	readonly change?: 'falls' | 'rises';
	/** Why the figure proves little, where it was put in rather than came out; or why there is none. */
	readonly note?: string;
}

/** Put into the profile as it stands: that it comes out again proves nothing but that the model keeps it. */
export const PUT_IN = 'put into the profile';

/** The profile of the bank before was set until the plan's figure came out: what is told of it is the plan's word. */
export const FITTED = 'the bank before was set to this figure';
