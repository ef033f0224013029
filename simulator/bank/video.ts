import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import { attendance } from './attendance.ts';
import { Line } from './line.ts';
import type { Server } from './serving.ts';
import { span, type World } from './world.ts';

const SOURCE = '/sim/bank/video';

/** Video agents: for odd cases at a kiosk, interviews about high risk, and people who cannot come to a branch. */
export class VideoDesk {
	readonly #world: World;
	readonly #line: Line;

	constructor(world: World) {
		this.#world = world;
		const { video } = world.profile;
		const prefix = world.region === '' ? 'video' : `video-${world.region}`;
		const agents = Array.from({ length: video.agents }, (_, index) => ({
			name: `${prefix}-${index + 1}`,
			skills: 0,
			speed: 1
		}));
		this.#line = new Line(world.env, 'video desk', agents);
		world.lines.push(this.#line);
	}

	/** Looks again who is at work. */
	attend(): void {
		attendance(this.#world, this.#line, { group: 'video' });
	}

	/** One talk, never longer than the profile allows; answers who held it, or null where the customer gave up waiting. */
	*talk(caseId: string, reason: string, stream: Stream): Generator<SimEvent, string | null, unknown> {
		const { env, profile, emit, nextId } = this.#world;
		const { video } = profile;
		const patience = span(stream, video.patience);
		const takes = Math.min(video.longest, span(stream, video.talk));
		const videoId = nextId('VC');
		const from = env.now;
		emit('video.requested', { videoId, caseId, reason }, SOURCE);
		const answer = env.event<Server | null>('a video agent');
		this.#line.join({
			rank: 0,
			needs: 0,
			patience,
			serve: (agent) => answer.succeed(agent),
			leave: () => answer.succeed(null)
		});
		yield answer as SimEvent;
		const agent = answer.value;
		if (agent === null) {
			emit('video.ended', { videoId, talkSeconds: 0 }, SOURCE);
			return null;
		}
		emit(
			'video.connected',
			{ videoId, agent: agent.name, waitedSeconds: Math.round((env.now - from) / 1_000) },
			SOURCE
		);
		yield env.timeout(takes);
		emit('video.ended', { videoId, agent: agent.name, talkSeconds: Math.round(takes / 1_000) }, SOURCE);
		this.#line.free(agent);
		return agent.name;
	}
}
