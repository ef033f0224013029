import { m } from '#lib/i18n/paraglide/messages.js';

const STATUS: Record<string, () => string> = {
	open: m.cases_status_open,
	breached: m.cases_status_breached,
	at_risk: m.cases_status_at_risk,
	closed: m.cases_status_closed,
	all: m.cases_status_all
};
const TIER: Record<string, () => string> = {
	standard: m.cases_tier_standard,
	gold: m.cases_tier_gold,
	vip: m.cases_tier_vip,
	corporate: m.cases_tier_corporate
};
const SORT: Record<string, () => string> = {
	due: m.cases_sort_due,
	opened: m.cases_sort_opened,
	stage: m.cases_sort_stage,
	case: m.cases_sort_case,
	events: m.cases_sort_events
};

export const statusLabel = (status: string) => STATUS[status]?.() ?? status;
export const tierName = (tier: string) => TIER[tier]?.() ?? tier;
export const sortName = (sort: string) => SORT[sort]?.() ?? sort;
