import type { LogReader } from './views/context.ts';

const KEPT = 5_000;

/** A reader that keeps the single events it was asked for last: a followed case is read from the log once. */
export function rememberingReader(log: LogReader): LogReader {
	const kept = new Map<number, Awaited<ReturnType<LogReader['at']>>>();
	return {
		head: () => log.head(),
		read: (from, options) => log.read(from, options),
		async at(offset) {
			const known = kept.get(offset);
			if (known) return known;
			const found = await log.at(offset);
			if (!found) return undefined;
			kept.set(offset, found);
			if (kept.size > KEPT) for (const oldest of [...kept.keys()].slice(0, KEPT / 5)) kept.delete(oldest);
			return found;
		}
	};
}
