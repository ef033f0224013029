import { m } from '#lib/i18n/paraglide/messages.js';
import type { LabFault } from '#lib/protocol/lab.ts';
import type { Place } from '#lib/protocol/views.ts';
import type { Sheet } from '../sheet.ts';
import { kindName, scopeText } from './words.ts';

const moment = (at: number) => new Date(at).toISOString();

/** The faults of a lane with bare figures. */
export function faultSheet(faults: readonly LabFault[], places: readonly Place[]): Sheet {
	const columns = [
		{ id: 'id', name: 'id' },
		{ id: 'kind', name: 'kind' },
		{ id: 'fault', name: m.simulator_column_fault() },
		{ id: 'where', name: m.simulator_column_where() },
		{ id: 'strength', name: m.simulator_column_strength() },
		{ id: 'from', name: m.simulator_column_from() },
		{ id: 'to', name: m.simulator_column_to() },
		{ id: 'ramp_ms', name: m.simulator_ramp() }
	];
	const rows = faults.map(({ id, kind, scope, strength, from, to, ramp }) => [
		id,
		kind,
		kindName(kind),
		scopeText(scope, places),
		strength,
		moment(from),
		moment(to),
		ramp
	]);
	return { title: m.simulator_faults(), columns, rows };
}
