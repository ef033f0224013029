/** A seeded source of chance. Nothing reads a global one. */
export interface Rng {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform integer in [low, high]. */
	int(low: number, high: number): number;
}
