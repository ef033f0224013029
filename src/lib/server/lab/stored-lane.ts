import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { EventLog } from '../log/port.ts';

/** What the log holds of a lane, as far as a simulator that is to go on must know it. */
export interface StoredLane {
	/** Grows with each event of any lane: names a moment of the log. */
	head(): number;
	/** The newest events of a run in the order of the log, at least a few hundred where there are so many. */
	tail(run: string): Promise<DomainEvent[]>;
	/** Ids of the open cases that a simulator began. */
	openCases(): Promise<string[]>;
}

export interface StoredLanePorts {
	log: Pick<EventLog, 'head' | 'read' | 'at' | 'lanes'>;
	query(sql: string, limit?: number): Promise<{ rows: Record<string, unknown>[] }>;
}

const TAIL = 500;
const FIRST_LOOK = 2_048;
const MOST_CASES = 1_000_000;

export function storedLane({ log, query }: StoredLanePorts, lane: Lane): StoredLane {
	async function runEvents(run: string, from: number, until: number): Promise<DomainEvent[]> {
		const mark = `"simrun":"${run}"`;
		const found: DomainEvent[] = [];
		for await (const { lines } of log.read(from, { lane, until })) {
			for (const line of new TextDecoder().decode(lines).split('\n')) {
				if (!line.includes(mark)) continue;
				const event = JSON.parse(line) as DomainEvent;
				if (event.simrun === run) found.push(event);
			}
		}
		return found;
	}

	return {
		head: () => log.head(),
		async tail(run) {
			const known = (await log.lanes()).find((each) => each.lane === lane);
			const newest: DomainEvent[] = [];
			if (known === undefined) return newest;
			// Back in growing steps: mostly the first has enough, but people and files may have written after the run.
			for (let until = known.last + 1, step = FIRST_LOOK; until > known.first && newest.length < TAIL; step *= 2) {
				const from = Math.max(known.first, until - step);
				newest.unshift(...(await runEvents(run, from, until)));
				until = from;
			}
			return newest.slice(-FIRST_LOOK);
		},
		async openCases() {
			const sql = `SELECT case_id, min("offset") AS first FROM events WHERE lane = '${lane}' AND case_id IS NOT NULL
				GROUP BY case_id HAVING NOT bool_or(coalesce(stage = 'closed', false)) ORDER BY first`;
			const { rows } = await query(sql, MOST_CASES);
			const open: string[] = [];
			for (const row of rows) {
				const began = await log.at(Number(row['first']));
				if (began?.event.simrun !== undefined) open.push(String(row['case_id']));
			}
			return open;
		}
	};
}
