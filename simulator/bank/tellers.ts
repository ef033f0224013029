import { normal } from '../random/continuous.ts';
import type { Server } from './serving.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

/** What a teller must be able to do for a card. Everything else every teller can. */
export const CARDS = 1;

export interface Teller extends Server {
	readonly window: string;
	/** Which of the two halves of a branch goes to lunch with this one. */
	readonly lunch: 0 | 1;
}

/** The tellers of a branch, the last ones for the windows that open at peaks. The first one always knows cards. */
export function tellersOf(world: World, branch: Branch): Teller[] {
	const { staffing } = world.profile;
	const stream = world.stream(branch.id, 'tellers');
	return Array.from({ length: branch.windows + staffing.extra }, (_, index) => {
		const window = `W${index + 1}`;
		const knows = stream.next() < staffing.cardSkill || index === 0;
		const speed = Math.min(1.5, Math.max(0.6, 1 + staffing.speedSpread * normal(stream)));
		return {
			name: `T-${branch.id}-${window}`,
			window,
			skills: knows ? CARDS : 0,
			speed,
			lunch: index % 2 === 0 ? 0 : 1
		};
	});
}
