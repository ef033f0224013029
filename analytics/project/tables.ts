import type { Table, Tables } from './rows.ts';

export type ColumnKind = 'text' | 'enum' | 'time' | 'long' | 'int' | 'real' | 'flag';

type Columns<T extends Table> = { readonly [K in keyof Tables[T]]-?: ColumnKind };

/** Columns of each table in the order of its DDL; keys become snake_case names. A test holds them against the schema. */
export const TABLES: { readonly [T in Table]: Columns<T> } = {
	events: {
		lane: 'text',
		offset: 'long',
		recordedAt: 'time',
		occurredAt: 'time',
		type: 'enum',
		activity: 'text',
		caseId: 'text',
		caseKey: 'int',
		caseSeq: 'int',
		stage: 'enum',
		fromStage: 'enum',
		dwellMs: 'long',
		branchId: 'text',
		channel: 'text',
		tier: 'text',
		resource: 'text',
		lifecycle: 'text',
		violation: 'text'
	},
	stage_spans: {
		lane: 'text',
		caseId: 'text',
		stage: 'enum',
		startedAt: 'time',
		endedAt: 'time',
		dwellMs: 'long',
		branchId: 'text',
		channel: 'text',
		tier: 'text',
		overtime: 'flag'
	},
	clock_runs: {
		lane: 'text',
		caseId: 'text',
		clock: 'text',
		startedAt: 'time',
		dueAt: 'time',
		endedAt: 'time',
		spentMs: 'long',
		targetMs: 'long',
		met: 'flag',
		branchId: 'text',
		channel: 'text',
		tier: 'text',
		provisional: 'flag'
	},
	case_closings: {
		lane: 'text',
		caseId: 'text',
		openedAt: 'time',
		closedAt: 'time',
		outcome: 'text',
		durationMs: 'long',
		events: 'int',
		violations: 'int',
		stage: 'enum',
		stageSince: 'time',
		activity: 'text',
		channel: 'text',
		branchId: 'text',
		tier: 'text',
		segment: 'text',
		product: 'text',
		way: 'text',
		owner: 'text',
		closedOffset: 'long',
		eventOffsets: 'text'
	},
	visits: {
		lane: 'text',
		visitId: 'text',
		branchId: 'text',
		caseId: 'text',
		ticketAt: 'time',
		calledAt: 'time',
		materialAt: 'time',
		systemAt: 'time',
		completedAt: 'time',
		waitMs: 'long',
		handlingMs: 'long',
		teller: 'text',
		abandoned: 'flag'
	},
	stock_movements: {
		lane: 'text',
		offset: 'long',
		occurredAt: 'time',
		branchId: 'text',
		product: 'text',
		change: 'enum',
		quantity: 'long',
		threshold: 'long',
		reason: 'text',
		counterpart: 'text',
		transferId: 'text'
	},
	device_changes: {
		lane: 'text',
		offset: 'long',
		occurredAt: 'time',
		deviceId: 'text',
		branchId: 'text',
		kind: 'text',
		status: 'enum',
		reason: 'text'
	},
	site_health: {
		lane: 'text',
		offset: 'long',
		occurredAt: 'time',
		site: 'text',
		component: 'text',
		status: 'enum',
		latencyMs: 'real',
		errorRate: 'real'
	},
	branch_openings: {
		lane: 'text',
		offset: 'long',
		occurredAt: 'time',
		branchId: 'text',
		name: 'text',
		province: 'text',
		city: 'text',
		latitude: 'real',
		longitude: 'real',
		windows: 'int',
		kiosks: 'int',
		instantDevice: 'flag'
	}
};

export const TABLE_NAMES = Object.keys(TABLES) as readonly Table[];

export function snakeCase(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
