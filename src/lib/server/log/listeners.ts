import type { LogBatch } from './port.ts';

/** Who wants to hear of commits. A listener that throws is reported and does not harm the others. */
export class Listeners {
	readonly #all = new Set<(batch: LogBatch) => void>();

	add(listener: (batch: LogBatch) => void): () => void {
		const own = (batch: LogBatch) => listener(batch);
		this.#all.add(own);
		return () => void this.#all.delete(own);
	}

	emit(batch: LogBatch): void {
		for (const listener of this.#all) {
			try {
				listener(batch);
			} catch (error) {
				process.emitWarning(error instanceof Error ? error : String(error), 'LogListener');
			}
		}
	}
}
