import { m } from '#lib/i18n/paraglide/messages.js';

/** The swim lanes of a case, from top to bottom. */
export const SWIM_LANES = [
	'customer',
	'identity',
	'risk',
	'approval',
	'production',
	'delivery',
	'messages',
	'operations',
	'generic'
] as const;

const NAMES: Record<(typeof SWIM_LANES)[number], () => string> = {
	customer: m.case_lane_customer,
	identity: m.case_lane_identity,
	risk: m.case_lane_risk,
	approval: m.case_lane_approval,
	production: m.case_lane_production,
	delivery: m.case_lane_delivery,
	messages: m.case_lane_messages,
	operations: m.case_lane_operations,
	generic: m.case_lane_generic
};

export const swimLaneName = (lane: (typeof SWIM_LANES)[number]) => NAMES[lane]();
