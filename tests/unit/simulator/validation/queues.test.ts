import { expect, it } from 'vitest';
import { abandonedByLoad, waitByLoad } from '../../../../simulator/validation/curves.ts';
import { checkQueues } from '../../../../simulator/validation/queues.ts';

const effort = { seed: 7, replications: 12, customers: 40_000 };

it('holds every textbook queue inside its 99 % interval, but for the one in a hundred that misses by design', () => {
	const checks = [...checkQueues(effort)];
	expect(checks.length).toBeGreaterThan(12);
	expect(checks.filter((check) => !check.inside).length).toBeLessThanOrEqual(1);
	for (const { simulated, theory } of checks) expect(simulated.halfWidth).toBeLessThan(0.2 * theory);
});

it('draws simulated dots on the line of the closed form', () => {
	for (const [line, dots] of [
		abandonedByLoad({ ...effort, customers: 5_000 }),
		waitByLoad({ ...effort, customers: 5_000 })
	]) {
		const near = line!.points.toSorted((a, b) => Math.abs(a.x - 0.77) - Math.abs(b.x - 0.77))[0]!;
		const dot = dots!.points.toSorted((a, b) => Math.abs(a.x - 0.77) - Math.abs(b.x - 0.77))[0]!;
		expect(dot.low).toBeLessThan(near.y * 1.2);
		expect(dot.high).toBeGreaterThan(near.y * 0.8);
	}
});
