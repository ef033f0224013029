import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

const SOURCE = '/sim/bank/compliance';
const REPORTS_AT = 1;

/** Tells the AML team of a case that looks like fraud, a while after it was found out. */
export function reportSuspicion(world: World, file: CaseFile, reason: string): void {
	const delay = span(file.stream('suspicion'), world.profile.risk.suspicion);
	const data = { caseId: file.caseId, reason, by: 'aml-rules', team: 'aml' };
	at(world, file.time.now + delay, (moment) => world.emit('case.suspicion_reported', data, SOURCE, moment));
}

/** Every night the reports of the day before go to the regulator, and the audit trail says so. */
export function regulatorReports(world: World): void {
	const { env } = world;
	const next = (): void => {
		const due = midnight(env.now) + DAY + REPORTS_AT * HOUR;
		env.call(due - env.now, () => {
			const target = new Date(due - DAY + 8 * HOUR).toISOString().slice(0, 10);
			const action = 'regulator_report';
			world.emit(
				'audit.recorded',
				{ actor: 'compliance', role: 'auditor', action, target, outcome: 'success' },
				SOURCE
			);
			next();
		});
	};
	next();
}
