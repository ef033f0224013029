import * as z from 'zod';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import { KINDS } from '../../../../simulator/faults/kinds.ts';
import { DAY } from '../../domain/time.ts';
import type { FaultKind, FaultNumber, FaultPlace, FaultSpan } from '../../protocol/lab.ts';

/** How long an injected fault lasts at most, and how long after it was asked for it begins at most. */
export const LONGEST = 30 * DAY;

const PLACES: readonly FaultPlace[] = ['site', 'media', 'paymentChannels'];
/** The times of an injected fault, whatever its kind. */
const TIMES: readonly FaultSpan[] = [
	{ name: 'duration', max: LONGEST, needed: true },
	{ name: 'after', max: LONGEST, needed: false },
	{ name: 'ramp', max: LONGEST, needed: false }
];

/** Every kind of fault, as far as a form has to know it. */
export function faultKinds(profile: Profile): FaultKind[] {
	return Object.entries(KINDS).map(([kind, { schema }]) => {
		const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Described;
		const properties = Object.entries(described.properties);
		const scope = described.properties['scope']?.properties;
		const place = scope === undefined ? 'none' : (PLACES.find((each) => each in scope) ?? 'branches');
		const choices = place === 'site' ? profile.sites.names : (scope?.[place]?.items?.enum ?? []);
		const groups = scope?.['groups']?.items?.enum ?? [];
		const spans = properties.flatMap(([name, { longest }]): FaultSpan[] =>
			longest === undefined ? [] : [{ name, max: longest, needed: described.required.includes(name) }]
		);
		return {
			...{ kind, place, choices: [...choices], groups: [...groups] },
			numbers: properties.flatMap(numberOf),
			spans: [...TIMES, ...spans]
		};
	});
}

interface Schema {
	type?: string;
	minimum?: number;
	maximum?: number;
	/** Of a duration: its bound, ms. */
	longest?: number;
	default?: unknown;
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}
interface Described {
	properties: Record<string, Schema>;
	required: string[];
}

function numberOf([name, { type, minimum, maximum, default: usual }]: [string, Schema]): FaultNumber[] {
	if (type !== 'number' && type !== 'integer') return [];
	if (minimum === undefined || maximum === undefined) throw new Error(`the number ${name} of a fault has no bounds`);
	const bounds = { min: minimum, max: maximum };
	return [{ name, whole: type === 'integer', ...bounds, usual: typeof usual === 'number' ? usual : null }];
}
