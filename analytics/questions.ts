import { flag, maybe, real, text, texts, time, whole, wholes } from './kinds.ts';

const range = { lane: text, from: time, to: time };
const scoped = { ...range, branch: maybe(text) };
const quantiles = { n: whole, p50: maybe(whole), p90: maybe(whole) };
/**
 * Every question by the name of its file in `queries/`: its parameters (`$name` in the SQL) and the columns of its answer,
 * in order. Durations are ms.
 */
export const QUESTIONS = {
	open_cases_by_stage: { params: { lane: text, at: time }, row: { stage: text, n: whole } },
	attainment: {
		params: scoped,
		row: { clock: text, met: whole, n: whole, cancelled: whole, p50: maybe(whole), p90: maybe(whole) }
	},
	attainment_by_slot: {
		params: { ...scoped, slot_ms: whole },
		row: { clock: text, slot: whole, met: whole, n: whole }
	},
	stage_percentiles: { params: scoped, row: { stage: text, ...quantiles, overtime: whole, watched: whole } },
	stage_percentiles_by_slot: { params: { ...scoped, slot_ms: whole }, row: { stage: text, slot: whole, ...quantiles } },
	stage_percentiles_by_day: { params: range, row: { day: time, stage: text, ...quantiles } },
	stage_flow: { params: scoped, row: { stage: text, entered: whole } },
	opened_closed: { params: scoped, row: { opened: whole, closed: whole } },
	heatmap_branches: { params: range, row: { branch_id: text } },
	heatmap_visits: {
		params: { ...range, branches: texts },
		row: { cell: whole, wait: maybe(whole), handling: maybe(whole) }
	},
	branch_cell: {
		params: { ...range, branch: text, target_ms: whole, hour_of_week: maybe(whole) },
		row: {
			volume: whole,
			wait_n: whole,
			wait_p50: maybe(whole),
			wait_p90: maybe(whole),
			handling_n: whole,
			handling_p50: maybe(whole),
			handling_p90: maybe(whole),
			overtime: whole,
			ecdf: maybe(wholes)
		}
	},
	branch_day: {
		params: { ...range, branch: text, weekday: whole },
		row: { hour: whole, arrivals: whole, wait_p90: maybe(whole) }
	},
	closed_cases: {
		params: {
			...scoped,
			stage: maybe(text),
			channel: maybe(text),
			tier: maybe(text),
			owner: maybe(text),
			text: maybe(text),
			clock: maybe(text),
			order: text,
			descending: flag,
			limit: whole,
			skip: whole
		},
		row: {
			case_id: text,
			opened_at: time,
			closed_at: time,
			outcome: maybe(text),
			duration_ms: whole,
			events: whole,
			violations: whole,
			stage: text,
			stage_since: time,
			activity: text,
			channel: maybe(text),
			branch_id: maybe(text),
			tier: maybe(text),
			segment: maybe(text),
			product: maybe(text),
			way: maybe(text),
			owner: maybe(text),
			total: whole
		}
	},
	closed_case_facets: { params: range, row: { facet: text, value: maybe(text), n: whole } },
	case_closing: { params: { lane: text, case: text, last: whole }, row: { event_offsets: maybe(text) } },
	case_offsets: {
		params: { lane: text, key: whole, first: maybe(whole), last: maybe(whole) },
		row: { offset: whole }
	},
	case_events: {
		params: { lane: text, case: text, offsets: wholes },
		row: {
			offset: whole,
			recorded_at: time,
			occurred_at: time,
			type: text,
			activity: text,
			case_seq: maybe(whole),
			stage: maybe(text),
			from_stage: maybe(text),
			dwell_ms: maybe(whole),
			branch_id: maybe(text),
			channel: maybe(text),
			tier: maybe(text),
			resource: maybe(text),
			lifecycle: maybe(text),
			violation: maybe(text)
		}
	},
	case_clocks: {
		params: { lane: text, case: text },
		row: {
			clock: text,
			started_at: time,
			due_at: maybe(time),
			ended_at: time,
			spent_ms: maybe(whole),
			target_ms: maybe(whole),
			met: maybe(flag),
			provisional: flag
		}
	},
	log_page: {
		params: { lane: text, before: whole, type: maybe(text), case: maybe(text), limit: whole },
		row: {
			offset: whole,
			lane: text,
			recorded_at: time,
			occurred_at: time,
			type: text,
			activity: text,
			case_id: maybe(text),
			branch_id: maybe(text),
			violation: maybe(text)
		}
	},
	log_count: {
		params: { lane: text, type: maybe(text), case: maybe(text) },
		row: { total: whole, last: maybe(whole) }
	},
	channel_counts: {
		params: { lane: text, now: time, days: whole },
		row: { channel: text, last_hour: whole, usual: maybe(real), spread: maybe(real), days: whole }
	},
	variants_top: {
		params: { ...range, limit: whole },
		row: {
			variant: texts,
			cases: whole,
			p50: whole,
			p90: whole,
			total_cases: whole,
			total_events: whole,
			total_variants: whole
		}
	},
	stock_levels: {
		params: { lane: text },
		row: { branch_id: text, product: text, quantity: maybe(whole), threshold: maybe(whole), changed_at: time }
	},
	site_latest: {
		params: { lane: text, at: time },
		row: { site: text, component: text, status: text, at: time, latency_ms: maybe(real) }
	},
	device_latest: {
		params: { lane: text, at: time },
		row: { device_id: text, branch_id: text, status: text, at: time }
	},
	branches: {
		params: { lane: text },
		row: {
			branch_id: text,
			name: text,
			province: text,
			city: text,
			latitude: maybe(real),
			longitude: maybe(real),
			windows: maybe(whole),
			kiosks: maybe(whole),
			instant_device: maybe(flag)
		}
	},
	lanes: {
		params: {},
		row: { lane: text, events: whole, first_offset: whole, last_offset: whole, first_at: time, last_at: time }
	}
} as const;

export type Question = keyof typeof QUESTIONS;
