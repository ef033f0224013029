import type { Problem, Snapshot, Topic } from '#lib/protocol/topics.ts';

/** What a follower hears: a new state of its view, or that it cannot be had. */
export interface Follower {
	state(snapshot: Snapshot): void;
	problem(problem: Problem): void;
}

/** One view that somebody on this page follows; several followers share it. */
export interface Subscription {
	key: string;
	topic: Topic;
	params: unknown;
	/** The server's name for it, once answered. */
	room: string | null;
	latest: Snapshot | null;
	/** A question that is under way; an answer to an older one is ignored. */
	asked: number;
	followers: Set<Follower>;
}

/** Same topic and same params give the same text, whatever the order of members. Undefined members do not count. */
export function viewKey(topic: Topic, params: object): string {
	const members = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
	members.sort(([a], [b]) => (a < b ? -1 : 1));
	return `${topic} ${JSON.stringify(members)}`;
}
