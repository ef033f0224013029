import type { Lane } from '#lib/domain/lane.ts';
import type { NamedCase, Place } from '#lib/protocol/views.ts';
import { browserClock } from '#lib/live/clock.svelte.ts';

/** Ms without a key after which the server is asked. */
const WAIT = 100;

/** What the server knows by the text that was typed last. */
export class Found {
	branches: readonly Place[] = $state.raw([]);
	cases: readonly NamedCase[] = $state.raw([]);
	/** Whether an answer is still to come. */
	waiting = $state(false);

	/** Asks for a text; the returned function takes the question back. */
	ask(lane: Lane, text: string): () => void {
		const stop = new AbortController();
		if (text === '') this.branches = this.cases = [];
		this.waiting = text !== '';
		if (text === '') return () => {};
		const list = async <T>(path: string): Promise<readonly T[]> => {
			const answer = await fetch(`${path}?${new URLSearchParams({ lane, text })}`, { signal: stop.signal });
			return answer.ok ? ((await answer.json()) as T[]) : [];
		};
		const taken = async <T>(path: string, take: (found: readonly T[]) => void): Promise<void> => {
			const found = await list<T>(path).catch(() => []);
			if (!stop.signal.aborted) take(found);
		};
		const cancel = browserClock.after(WAIT, () => {
			const branches = taken<Place>('/branches/names', (found) => (this.branches = found));
			const cases = taken<NamedCase>('/cases/names.json', (found) => (this.cases = found));
			void Promise.all([branches, cases]).then(() => {
				if (!stop.signal.aborted) this.waiting = false;
			});
		});
		return () => {
			cancel();
			stop.abort();
		};
	}
}
