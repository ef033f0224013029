/** Part of the width at which the target stands. */
const TARGET_AT = 0.78;

export interface BulletGeometry {
	/** Length of the bar, px. */
	bar: number;
	/** Place of the target's tick, px; null without a target. */
	tick: number | null;
	/** The value is beyond the target. */
	over: boolean;
	/** The value is beyond what the width can show. */
	clipped: boolean;
}

/** Bar of a value against its target. Targets stand at one place, so that a row of bullets is read at a glance. */
export function bullet(value: number, target: number | null, width: number): BulletGeometry {
	if (target === null || target <= 0)
		return { bar: value > 0 ? width / 2 : 0, tick: null, over: false, clipped: false };
	const length = (value / target) * TARGET_AT * width;
	return {
		bar: Math.max(0, Math.min(width, length)),
		tick: TARGET_AT * width,
		over: value > target,
		clipped: length > width
	};
}
