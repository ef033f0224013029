import { systemClock } from '../../../src/lib/server/clock.ts';
import type { Lane } from '../../../src/lib/domain/lane.ts';
import { openSqliteLog } from '../../../src/lib/server/log/sqlite.ts';
import { entry } from './lines.ts';

/** Writes batches until it is killed, and says on stdout which ones were acknowledged: `<round>:<batch>:<size>`. */
const [dir = '', round = '0'] = process.argv.slice(2);
const log = await openSqliteLog(dir, systemClock);
const LANES: Lane[] = ['live', 'demo', 'drill:x'];
let next = 0;

async function sender(): Promise<void> {
	for (;;) {
		const batch = next++;
		const size = 1 + ((batch * 37) % 400);
		const entries = Array.from({ length: size }, (_, i) => entry(`${round}:${batch}:${size}:${i}`));
		await log.append(LANES[batch % 3]!, entries);
		process.stdout.write(`${round}:${batch}:${size}\n`);
	}
}

process.stdout.write('open\n');
await Promise.all(Array.from({ length: 6 }, sender));
