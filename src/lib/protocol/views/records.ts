import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';

export interface LogRow {
	offset: number;
	lane: Lane;
	at: Millis;
	recordedAt: Millis;
	name: string;
	activity: string;
	caseId: string | null;
	branchId: string | null;
	/** Name of the branch, where the lane has told it. */
	branch?: string;
	violation: string | null;
}

export interface LogView {
	head: number;
	total: number;
	/** Newest first. */
	rows: LogRow[];
	next: number | null;
}

export interface QuarantineRow {
	id: number;
	lane: Lane;
	at: Millis;
	origin: string;
	line: number | null;
	code: string;
	pointer: string | null;
	detail: string;
	/** The same in Chinese, where it was given. */
	detailZh?: string | null;
	/** The refused text, with card numbers masked; cut at 4 kB. Empty for readers who may not see it. */
	body: string;
	/** Set where the text was kept from this reader. */
	masked?: boolean;
	status: 'open' | 'resubmitted' | 'dismissed';
}

export interface QuarantineView {
	total: number;
	rows: QuarantineRow[];
	codes: Record<string, number>;
}

export interface VariantsView {
	cases: number;
	events: number;
	variants: { activities: string[]; cases: number; p50: Millis; p90: Millis }[];
	total: number;
}
