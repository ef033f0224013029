import type { CaseState } from '../../domain/case/state.ts';
import type { ClockRun } from '../../domain/sla/clock-run.ts';
import type { LiveCase } from './fold/lane-state.ts';

/** Cases as rows of values under one list of names: half the bytes of objects, and read in two thirds of the time. */
export interface CaseTable {
	fields: string[];
	clockFields: string[];
	/** Values of the case's fields, its clocks as one flat list, its offsets, what fired. */
	rows: unknown[][];
}

type Named = Record<string, unknown>;

export function packCases(cases: ReadonlyMap<string, LiveCase>): CaseTable {
	const [first] = cases.values();
	const fields = first ? Object.keys(first.state).filter((name) => name !== 'clocks') : [];
	let clockFields: string[] = [];
	const rows: unknown[][] = [];
	for (const { state, offsets, fired } of cases.values()) {
		const named = state as unknown as Named;
		const clocks: unknown[] = [];
		for (const run of state.clocks) {
			if (clockFields.length === 0) clockFields = Object.keys(run);
			for (const name of clockFields) clocks.push((run as unknown as Named)[name]);
		}
		const row = fields.map((name) => named[name]);
		row.push(clocks, offsets, fired);
		rows.push(row);
	}
	return { fields, clockFields, rows };
}

export function unpackCases({ fields, clockFields, rows }: CaseTable): Map<string, LiveCase> {
	const cases = new Map<string, LiveCase>();
	const width = fields.length;
	for (const row of rows) {
		const state: Named = {};
		for (let i = 0; i < width; i += 1) state[fields[i] as string] = row[i];
		const flat = row[width] as unknown[];
		const clocks: ClockRun[] = [];
		for (let at = 0; at < flat.length; at += clockFields.length) {
			const run: Named = {};
			for (let i = 0; i < clockFields.length; i += 1) run[clockFields[i] as string] = flat[at + i];
			clocks.push(run as unknown as ClockRun);
		}
		state['clocks'] = clocks;
		const known = state as unknown as CaseState;
		cases.set(known.caseId, { state: known, offsets: row[width + 1] as number[], fired: row[width + 2] as string[] });
	}
	return cases;
}
