import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';

export interface ShellView {
	lane: Lane;
	lanes: Record<string, { events: number }>;
	/** The lane's present (ms) at server time `serverNow`, and how fast it runs; 0 = paused. */
	laneNow: Millis;
	serverNow: Millis;
	speed: number;
	synthetic: boolean;
	/** Head of the lane in the log. */
	offset: number;
	open: number;
	breached: number;
	atRisk: number;
	quarantined: number;
	branches: number;
	/** Age in lane ms of the newest event, null before the first. */
	newest: Millis | null;
	selfCheck: { ok: boolean; at: Millis | null; detail?: string; detailZh?: string };
	recording: { ok: boolean; reason?: string; reasonZh?: string };
}
