import type { Actor } from '#lib/domain/actor.ts';
import { branchName, channelName, productName, siteName, stageName, statusName } from '#lib/i18n/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { locale, say } from '#lib/i18n/say.ts';
import type { ActNow, OverviewView } from '#lib/protocol/views.ts';
import { actSentence } from '../act-sentence.ts';
import { personName } from '../people.ts';
import type { Sheet, SheetColumn } from '../sheet.ts';
import { FLOW, stageRow } from './stage-row.ts';

const column = (id: string, name: string, tell?: SheetColumn['tell']): SheetColumn =>
	tell === undefined ? { id, name } : { id, name, tell };

/** Times in ms. */
export function flowSheet(view: Pick<OverviewView, 'stages' | 'clocks'>): Sheet {
	const columns = [
		column('stage', m.act_stage()),
		column('entered', m.flow_entered(), say.count),
		column('open', m.flow_open(), say.count),
		column('at_risk', m.home_soon(), say.count),
		column('past_due', m.flow_late(), say.count),
		column('p90_ms', 'p90', say.duration),
		column('n', 'n', say.count),
		column('clock', m.clocks_title()),
		column('target', m.column_target()),
		column('target_ms', m.column_target_time(), say.duration)
	];
	const rows = FLOW.flatMap((stage) => {
		const flow = view.stages[stage];
		if (flow === undefined) return [];
		const row = stageRow(flow, view.clocks);
		const { entered, open, atRisk, breached } = flow;
		const clock = row.clock === null ? null : say.text(row.clock.name);
		const figures = [row.p90, row.n, clock, row.targetText, row.target] as const;
		return [[stageName(stage), entered, open, atRisk, breached, ...figures]];
	});
	return { title: m.flow_title(), columns, rows };
}

/** Shares of one, times in ms. */
export function clockSheet(clocks: OverviewView['clocks']): Sheet {
	const columns = [
		column('clock', m.column_name()),
		column('target', m.column_target()),
		column('target_ms', m.column_target_time(), say.duration),
		column('objective', m.column_objective(), say.percent),
		column('met', m.column_met(), say.percent),
		column('low', m.column_low(), say.percent),
		column('high', m.column_high(), say.percent),
		column('n', 'n', say.count),
		column('p90_ms', 'p90', say.duration),
		column('running', m.column_running(), say.count),
		column('past_due', m.flow_late(), say.count)
	];
	const rows = Object.values(clocks).map((clock) => {
		const { share, spent } = clock;
		const met = share === null || share.n === 0 ? null : share.met / share.n;
		const interval = met === null ? [null, null] : [share?.low ?? null, share?.high ?? null];
		const target = [say.target(clock.target, clock.workingDay), clock.target];
		const figures = [clock.objective, met, ...interval, share?.n ?? 0, spent?.p90 ?? null];
		return [say.text(clock.name), ...target, ...figures, clock.running, clock.breached];
	});
	return { title: m.clocks_title(), columns, rows };
}

/** Reports per hour. */
export function channelSheet(channels: OverviewView['channels']): Sheet {
	const columns = [
		column('channel', m.channels_title()),
		column('last_hour', m.channels_now(), say.count),
		column('usual', m.channels_usual(), say.count),
		column('low', m.column_low(), say.count),
		column('high', m.column_high(), say.count),
		column('days', m.column_days(), say.count)
	];
	const rows = Object.entries(channels).map(([channel, { lastHour, usual, low, high, n }]) => {
		return [channelName(channel), lastHour, usual, low, high, n];
	});
	return { title: m.channels_title(), columns, rows };
}

/** Times in ms. */
export function siteSheet(sites: OverviewView['sites']): Sheet {
	const columns = [
		column('site', m.sites_title()),
		column('status', m.column_status()),
		column('latency_ms', m.column_latency(), say.duration),
		column('age_ms', m.sites_note(), say.ago)
	];
	const rows = Object.entries(sites).map(([site, { status, latencyMs, age }]) => {
		return [siteName(site), statusName(status), latencyMs, age];
	});
	return { title: m.sites_title(), columns, rows };
}

export function stockSheet(stock: OverviewView['stock']): Sheet {
	const columns = [
		column('branch_id', m.column_branch_id()),
		column('branch', m.branch()),
		column('product', m.stock_product()),
		column('quantity', m.column_quantity(), say.count),
		column('threshold', m.column_threshold(), say.count)
	];
	const rows = Object.values(stock).map(({ branchId, branch, product, quantity, threshold }) => {
		return [branchId, branchName(branch, branchId), productName(product), quantity, threshold];
	});
	return { title: m.stock_title(), columns, rows };
}

/** What needs a person, as it is told; due times as moments. */
export function actSheet(rows: readonly ActNow[], people: readonly Actor[], now: number): Sheet {
	const columns = [
		column('rank', m.act_rank()),
		column('severity', m.column_status()),
		column('what', m.act_what()),
		column('why', m.act_why()),
		column('cases', m.act_cases()),
		column('due', m.act_left()),
		column('owner', m.act_owner()),
		column('next', m.act_next())
	];
	return {
		title: m.act_title(),
		columns,
		rows: rows.map((row) => {
			const { what, why, next } = actSentence(row, locale(), now);
			const due = row.due === null ? null : new Date(row.due).toISOString();
			const cases = row.cases > 0 ? row.cases : null;
			return [row.rank, statusName(row.severity), what, why, cases, due, personName(people, row.owner), next];
		})
	};
}
