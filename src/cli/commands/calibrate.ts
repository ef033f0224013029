import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { calibrate } from '../../../simulator/calibration/calibrate.ts';
import { caseLogOf } from '../../../simulator/calibration/case-log.ts';
import { processProfileText } from '../../../simulator/process/write-profile.ts';
import { HotcardError } from '../../lib/domain/error.ts';
import { isLane } from '../../lib/domain/lane.ts';
import { isZone } from '../../lib/domain/sla/zone.ts';
import { readConfig } from '../../lib/server/config.ts';
import { specialDays } from '../calibration-days.ts';
import { calibrationDocument, calibrationSentence } from '../calibration-report.ts';
import { laneRows } from '../lane-rows.ts';
import { EXIT, print, UsageError } from '../output.ts';
import { absolute } from '../session.ts';

export const usage = `hotcard calibrate --lane L [--data DIR] [--out FILE] [--holdout 0.2] [--seed S] [--zone Z] [--calendar C] [--json]
  Fits arrivals, routing, times, hours and people of a lane, also of an imported log, and writes a profile (kind: process)
  that hotcard simulate runs. Where the log tells when work began, people work off a queue; where it tells ends alone, one wait
  holds both. A profile fitted to the time before the held-out share is simulated over that share and compared with it (earth
  mover's distance, with a verdict on each measure); --holdout 0 leaves that out. Z is the zone in which days and hours are counted (default
  that of the bank), C a calendar of scenarios/calendars or the data folder, or none (default: the one of that zone).
  FILE defaults to LANE.process.yaml.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			lane: { type: 'string' },
			data: { type: 'string' },
			out: { type: 'string', short: 'o' },
			holdout: { type: 'string', default: '0.2' },
			seed: { type: 'string', default: '1' },
			zone: { type: 'string' },
			calendar: { type: 'string' },
			json: { type: 'boolean' }
		}
	});
	const { lane } = values;
	if (lane === undefined) throw new UsageError('calibrate needs --lane L', usage);
	if (!isLane(lane)) throw new UsageError(`"${lane}" is not a lane: live, demo, drill:ID or whatif:ID`, usage);
	const holdout = values.holdout.trim() === '' ? Number.NaN : Number(values.holdout);
	if (!(holdout >= 0 && holdout <= 0.5)) throw new UsageError('--holdout is a share from 0 to 0.5', usage);
	const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : Number.NaN;
	if (!Number.isSafeInteger(seed)) throw new UsageError('--seed is a whole number from 0', usage);
	const config = readConfig({ data: values.data, demo: false }, process.env);
	const zone = values.zone ?? config.timeZone;
	if (!isZone(zone)) throw new UsageError(`--zone is an IANA time zone such as Europe/Rome, not "${zone}"`, usage);
	const began = performance.now();
	const { days, calendar } = await specialDays(config.dataDir, zone, values.calendar, usage);
	const name = lane.replace(':', '-');
	const out = absolute(values.out ?? `${name}.process.yaml`);
	const log = caseLogOf(await laneRows(values.data, lane));
	const calibration = calibrate(log, { name, zone, days, holdout, seed });
	await writeFile(out, processProfileText(calibration.profile)).catch((cause: unknown) => {
		throw new HotcardError('calibration-unwritten', `cannot write ${out}: ${(cause as Error).message}`, {
			cause,
			place: { file: out },
			remedy: 'Check that the folder exists and that you may write there.'
		});
	});
	const seconds = Math.round(performance.now() - began) / 1_000;
	const document = calibrationDocument({ lane, log, calibration, calendar, out, seconds });
	print(values.json ?? false, document, calibrationSentence(document));
	return EXIT.ok;
}
