import { maskPans } from '../../../domain/events/pan.ts';
import type { RefusalReason } from '../../application.ts';

/** Counts refused rows by reason, each with the first row that it befell. */
export class Reasons {
	readonly #reasons = new Map<string, RefusalReason>();

	add(code: string, line: number | null, detail: string, detailZh: string): void {
		const known = this.#reasons.get(code);
		if (known) known.rows++;
		else {
			const words = { detail: maskPans(detail), detailZh: maskPans(detailZh) };
			this.#reasons.set(code, { code, rows: 1, line, ...words });
		}
	}

	/** The most frequent first. */
	list(): RefusalReason[] {
		return [...this.#reasons.values()].sort((a, b) => b.rows - a.rows);
	}
}
