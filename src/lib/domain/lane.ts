/** A lane is one world of events: the real bank, the demo, one drill, one what-if. Lanes never mix. */
export type Lane = 'live' | 'demo' | `drill:${string}` | `whatif:${string}`;

const NAMED = /^(?:drill|whatif):[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

export function isLane(text: string): text is Lane {
	return text === 'live' || text === 'demo' || NAMED.test(text);
}

/** Only simulated lanes may be written by the simulator; `live` belongs to the bank. */
export function isSynthetic(lane: Lane): boolean {
	return lane !== 'live';
}
