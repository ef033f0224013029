import { courierStrike, printerFailures, staffAbsence, stockLoss } from './kinds/branches.ts';
import { fraudWave, surge } from './kinds/demand.ts';
import { gatewayDown, queueLag } from './kinds/messages.ts';
import { networkCut, siteLinkCut } from './kinds/network.ts';
import { registryDown, slowCore } from './kinds/services.ts';
import { databaseCrash, siteLoss } from './kinds/sites.ts';

/** Every kind of fault by the name that a file calls it. */
export const KINDS = {
	'site-loss': siteLoss,
	'database-crash': databaseCrash,
	'network-cut': networkCut,
	'site-link-cut': siteLinkCut,
	'queue-lag': queueLag,
	'gateway-down': gatewayDown,
	'printer-failures': printerFailures,
	'stock-loss': stockLoss,
	'courier-strike': courierStrike,
	surge,
	'fraud-wave': fraudWave,
	'staff-absence': staffAbsence,
	'registry-down': registryDown,
	'slow-core': slowCore
} as const;

export type KindName = keyof typeof KINDS;
