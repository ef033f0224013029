import type { LogRow } from '../../simulator/calibration/case-log.ts';
import { HotcardError } from '../lib/domain/error.ts';
import type { Lane } from '../lib/domain/lane.ts';
import type { QueryAnswer } from '../lib/server/application.ts';
import { onData } from './session.ts';

const PAGE = 200_000;

interface Row {
	no: number;
	at: number;
	case_id: string;
	activity: string;
	resource: string | null;
	lifecycle: string | null;
	branch_id: string | null;
	channel: string | null;
	tier: string | null;
}

/** The events of a lane that belong to a case, in the order of the log, as of now. Throws `lane-unknown`. */
export async function laneRows(data: string | undefined, lane: Lane): Promise<LogRow[]> {
	const ask = async (sql: string): Promise<QueryAnswer['rows']> => {
		const answer = await onData<QueryAnswer>(data, 'query', { sql, limit: PAGE }, (app) => app.query(sql, PAGE));
		return answer.rows;
	};
	const lanes = await ask('SELECT lane, last_offset::DOUBLE AS last_offset FROM lanes ORDER BY lane');
	const last = lanes.find((row) => row['lane'] === lane)?.['last_offset'];
	if (last === undefined)
		throw unknownLane(
			lane,
			lanes.map((row) => String(row['lane']))
		);
	const rows: LogRow[] = [];
	let after = -1;
	for (;;) {
		const page = (await ask(
			`SELECT "offset"::DOUBLE AS no, epoch_ms(occurred_at)::DOUBLE AS at, case_id, activity, resource, lifecycle, branch_id, channel, tier
			FROM events WHERE lane = '${lane}' AND case_id IS NOT NULL AND "offset" > ${after} AND "offset" <= ${Number(last)}
			ORDER BY "offset" LIMIT ${PAGE}`
		)) as unknown as Row[];
		for (const { at, case_id: caseId, activity, ...row } of page) {
			rows.push({
				caseId,
				at,
				activity,
				resource: row.resource ?? undefined,
				lifecycle: row.lifecycle ?? undefined,
				branch: row.branch_id ?? undefined,
				channel: row.channel ?? undefined,
				tier: row.tier ?? undefined
			});
		}
		if (page.length < PAGE) return rows;
		after = page.at(-1)!.no;
	}
}

function unknownLane(lane: Lane, known: readonly string[]): HotcardError {
	const list = known.length > 0 ? known.join(', ') : 'none';
	return new HotcardError('lane-unknown', `lane ${lane} holds no events; lanes with events: ${list}`, {
		remedy: 'Name one of them with --lane, or import a log into it.',
		zh: {
			message: `通道 ${lane} 没有事件；有事件的通道：${known.length > 0 ? known.join('、') : '无'}`,
			remedy: '请用 --lane 指定其中之一，或先向其导入日志。'
		}
	});
}
