import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

const SOURCE = '/sim/bank/compliance';

/** Tells the AML team of a case that looks like fraud, a while after it was found out. */
export function reportSuspicion(world: World, file: CaseFile, reason: string): void {
	const delay = span(file.stream('suspicion'), world.profile.risk.suspicion);
	const data = { caseId: file.caseId, reason, by: 'aml-rules', team: 'aml' };
	at(world, file.time.now + delay, (moment) => world.emit('case.suspicion_reported', data, SOURCE, moment));
}

/** What the bank owes the regulator and writes down in the audit trail: a report every night, and copies that can be restored. */
export function regulatorReports(world: World): void {
	const { env, profile } = world;
	const { reportHour, restoreEvery, restoreFails } = profile.compliance;
	const luck = world.stream('compliance', 'restore tests');
	const record = (action: string, target: string, outcome: 'success' | 'refused'): void =>
		world.emit('audit.recorded', { actor: 'compliance', role: 'auditor', action, target, outcome }, SOURCE);
	const report = (): void => {
		const due = midnight(env.now) + DAY + reportHour * HOUR;
		env.call(due - env.now, () => {
			record('regulator_report', dateOf(due - DAY), 'success');
			report();
		});
	};
	const restore = (): void =>
		env.call(Math.max(1, Math.round(restoreEvery)), () => {
			const outcome = luck.next() < restoreFails ? 'refused' : 'success';
			record('restore_test', dateOf(env.now), outcome);
			restore();
		});
	report();
	restore();
}

/** The day of a moment in the bank's zone. */
function dateOf(moment: number): string {
	return new Date(moment + 8 * HOUR).toISOString().slice(0, 10);
}
