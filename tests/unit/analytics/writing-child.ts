import { openStore } from '#analytics/store.ts';
import { systemClock } from '#lib/server/clock.ts';
import { eventRow } from '../../sql/support.ts';

/** Commits batches of 500 events for ever; says on stdout what was committed. The test kills it. */
const store = await openStore(process.argv[2]!, { clock: systemClock, threads: 1 });
// The reader may go away before it kills.
process.stdout.on('error', () => undefined);
process.stdout.write('open\n');
for (let offset = store.writer.offset; ;) {
	for (const end = offset + 500; offset < end; offset++) store.writer.add('events', eventRow(offset));
	await store.writer.commit(offset);
	process.stdout.write(`${offset}\n`);
}
