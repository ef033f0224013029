import { HotcardError } from '../../src/lib/domain/error.ts';

/** What a run may be asked for: beyond it memory ends before the run does. The nation has 15,000 branches and a million cases a day. */
export const LIMITS = { branches: 20_000, days: 3_660, casesPerDay: 3_000_000, casesPerBranchDay: 5_000 } as const;

/** Throws HotcardError `bad-option` where a run is asked for what none can do; `casesPerDay` are those of the whole bank. */
export function checkSize(size: { days: number; branches: number; casesPerDay?: number | undefined }): void {
	const { days, branches, casesPerDay } = size;
	within('days', days, LIMITS.days);
	within('branches', branches, LIMITS.branches);
	if (casesPerDay === undefined) return;
	const most = Math.min(LIMITS.casesPerDay, branches * LIMITS.casesPerBranchDay);
	if (!(casesPerDay > 0 && casesPerDay <= most))
		throw bad('cases a day', casesPerDay, `a number above 0, at most ${most} for ${branches} branches`);
}

function within(name: string, value: number, most: number): void {
	if (!Number.isInteger(value) || value < 1 || value > most) throw bad(name, value, `a whole number from 1 to ${most}`);
}

function bad(name: string, value: number, expected: string): HotcardError {
	return new HotcardError('bad-option', `${name} is ${value}, expected ${expected}`, {
		remedy: 'Ask for less, or split the run.',
		zh: { message: `${name} 为 ${value}，应为 ${expected}`, remedy: '请减小规模，或分成多次运行。' }
	});
}
