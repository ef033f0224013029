import type { Health } from '../application.ts';
import type { EventLog } from '../log/port.ts';

/** Events that the projections may be behind before a node says that it is not ready. */
const MOST_LAG = 1_000_000;

export interface HealthPorts {
	version: string;
	log: EventLog;
	engine: { applied(): number; health(): { ok: boolean; reason?: string } };
	draining: boolean;
}

export function healthOf({ version, log, engine, draining }: HealthPorts): Promise<Health> {
	const recording = log.health();
	const lagEvents = Math.max(0, log.head() - engine.applied());
	const alive = engine.health();
	const checks = {
		log: { ok: recording.ok, ...(recording.reason ? { detail: recording.reason } : {}) },
		projection: { ok: alive.ok && lagEvents <= MOST_LAG, lagEvents, ...(alive.reason ? { detail: alive.reason } : {}) }
	};
	const ok = checks.log.ok && checks.projection.ok;
	return Promise.resolve({ status: draining ? 'draining' : ok ? 'ready' : 'degraded', version, checks });
}
