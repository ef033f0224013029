import { type Categorical, categorical } from '../random/discrete.ts';
import { exponential } from '../random/continuous.ts';
import { DAY } from '../../src/lib/domain/time.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

/** The kinds of the manual, each with its code. The first five are about a machine. */
export const EXCEPTION_KINDS = [
	'E01-terminal-restart',
	'E02-reader-dirty',
	'E03-printer-ribbon',
	'E04-printer-jam',
	'E05-camera-dark',
	'E06-registry-timeout',
	'E07-name-mismatch',
	'E08-card-number-unknown',
	'E09-account-dormant',
	'E10-freeze-not-confirmed',
	'E11-duplicate-report',
	'E12-signature-missing',
	'E13-proxy-without-mandate',
	'E14-fee-not-charged',
	'E15-receipt-not-printed'
] as const;
type Kind = (typeof EXCEPTION_KINDS)[number];

const OF_MACHINES: ReadonlySet<Kind> = new Set<Kind>(EXCEPTION_KINDS.slice(0, 5));

/** Tellers report what the manual foresees; its remedy solves most of it. One entry in the calendar for all branches. */
export function exceptions(world: World): void {
	const { env, branches, profile } = world;
	const stream = world.stream(`exceptions${world.region}`, 'reports');
	const kinds: Categorical<Kind> = categorical<Kind>(profile.exceptions.kinds as Record<Kind, number>);
	const between = DAY / (profile.exceptions.perBranchDay * branches.length);

	function report(branch: Branch): void {
		const { id: branchId, source } = branch;
		const kind = kinds.draw(stream);
		const by = `T-${branchId}-W${stream.int(1, branch.windows)}`;
		const solved = stream.next() < profile.exceptions.solved;
		const deviceId = `VTM-${branchId}-${stream.int(1, branch.kiosks)}`;
		const device = OF_MACHINES.has(kind) ? { deviceId } : {};
		const exceptionId = world.nextId(`X-${branchId}`);
		world.emit('exception.reported', { exceptionId, kind, branchId, ...device, by, solved }, source);
	}

	function next(): void {
		env.call(Math.ceil(exponential(stream, between)), () => {
			const branch = branches[stream.int(0, branches.length - 1)] as Branch;
			if (world.windows.isOpen(branch, env.now)) report(branch);
			next();
		});
	}

	if (profile.exceptions.perBranchDay > 0) next();
}
