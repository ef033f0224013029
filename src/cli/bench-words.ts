import { parseArgs } from 'node:util';
import { UsageError } from './output.ts';

type Defaults = Readonly<Record<string, string | number | boolean>>;

/** What was asked of one benchmark, checked. */
export interface Words<D extends Defaults = Defaults> {
	given: { [K in keyof D]: D[K] extends number ? number : D[K] extends boolean ? boolean : string };
	runs: number;
	seed: number;
	json: boolean;
	/** Names of the options that were given. */
	asked: ReadonlySet<string>;
}

/** Options that are not whole numbers. */
const REAL = new Set(['lambda', 'mu', 'theta', 'cv2']);
/** Options that may be 0 though their default is not. */
const FROM_ZERO = new Set(['seed', 'cv2']);

/** Reads the words after a benchmark's name against its defaults. An option whose default is 0 may be 0, others as a rule not. */
export function readWords<D extends Defaults>(
	args: readonly string[],
	defaults: D,
	common: { runs: number; seed: number },
	usage: string
): Words<D> {
	const all: Defaults = { ...defaults, ...common };
	const entries = Object.entries(all).map(([name, value]) => [
		name,
		{ type: typeof value === 'boolean' ? 'boolean' : 'string' }
	]);
	const { values } = parseArgs({
		args: [...args],
		options: { ...(Object.fromEntries(entries) as Record<string, { type: 'string' }>), json: { type: 'boolean' } }
	});
	const read = (name: string, fallback: string | number | boolean): string | number | boolean => {
		const value = (values as Record<string, string | boolean | undefined>)[name];
		if (value === undefined) return fallback;
		return typeof fallback === 'number' ? numberOf(name, value, fallback === 0 || FROM_ZERO.has(name), usage) : value;
	};
	const given = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, read(name, value)]));
	return {
		given: given as Words<D>['given'],
		runs: Number(read('runs', common.runs)),
		seed: Number(read('seed', common.seed)),
		json: values.json ?? false,
		asked: new Set(Object.keys(values))
	};
}

function numberOf(name: string, value: string | boolean, zero: boolean, usage: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
	const real = REAL.has(name);
	if (Math.abs(number) === Infinity) throw new UsageError(`--${name} must be finite`, usage);
	if (Number.isFinite(number) && (real || Number.isSafeInteger(number)) && (zero ? number >= 0 : number > 0))
		return number;
	throw new UsageError(`--${name} is a ${real ? 'number' : 'whole number'} ${zero ? 'from 0' : 'above 0'}`, usage);
}
