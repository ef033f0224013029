/** Thrown for a distribution asked for what it cannot be: the name, the argument and what was expected. */
export class DistributionError extends RangeError {
	constructor(distribution: string, argument: string, value: unknown, expected: string) {
		super(`${distribution}: ${argument} is ${String(value)}, expected ${expected}`);
		this.name = 'DistributionError';
	}
}

export function positive(distribution: string, argument: string, value: number): void {
	if (!(value > 0 && value < Infinity)) throw new DistributionError(distribution, argument, value, 'a number above 0');
}

export function atLeastZero(distribution: string, argument: string, value: number): void {
	if (!(value >= 0 && value < Infinity))
		throw new DistributionError(distribution, argument, value, 'a number of at least 0');
}

export function probability(distribution: string, argument: string, value: number): void {
	if (!(value >= 0 && value <= 1)) throw new DistributionError(distribution, argument, value, 'a number from 0 to 1');
}

export function finite(distribution: string, argument: string, value: number): void {
	if (!Number.isFinite(value)) throw new DistributionError(distribution, argument, value, 'a finite number');
}
