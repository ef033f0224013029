import { HotcardError } from '../../../domain/error.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { Clock } from '../../../domain/time.ts';
import type { IngestAnswer } from '../../application.ts';
import { type Quarantine, type Refused, textOf } from '../../ingest/quarantine.ts';
import type { Row } from '../read/table.ts';
import type { Draft, Drafting, Refusal } from './drafts.ts';

export interface ImportPorts {
	/** Takes checked events into the log; answers like the HTTP door, and quarantines what it refuses itself. */
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer>;
	/** Where refused rows wait, with the file's name as origin and their line. */
	quarantine: Pick<Quarantine, 'add'>;
	clock: Clock;
	/** Zone of times that name no offset, where the mapping names none either. */
	timeZone: string;
}

const BATCH = 5_000;
const TRIES = 60;
/** Problems of rows whose cells do not stand under their columns. */
const SHAPELESS: ReadonlySet<string> = new Set(['columns', 'json', 'unclosed-quote']);

/** Hands drafts to the log in batches and refused rows to the quarantine, and counts both. */
export class Delivery {
	accepted = 0;
	duplicates = 0;
	rejected = 0;
	readonly #ports: ImportPorts;
	readonly #lane: Lane;
	readonly #name: string;
	#refused: Refused[] = [];

	constructor(ports: ImportPorts, lane: Lane, name: string) {
		this.#ports = ports;
		this.#lane = lane;
		this.#name = name;
	}

	/** Keeps a refused row until the next flush. */
	refuse(row: Row, { code, detail }: Refusal, drafting: Drafting): void {
		// An event that lacks only what was wrong: a person mends it and sends it in under the id the row would have had.
		const body = SHAPELESS.has(row.problem?.code ?? '') ? row.cells : (row.event ?? drafting.mendable(row));
		const at = this.#ports.clock.now();
		this.rejected++;
		const { line } = row;
		this.#refused.push({
			lane: this.#lane,
			origin: this.#name,
			at,
			line,
			code,
			pointer: null,
			detail,
			body: textOf(body)
		});
	}

	/** Writes refused rows down. */
	flush(): void {
		for (let i = 0; i < this.#refused.length; i += BATCH) this.#ports.quarantine.add(this.#refused.slice(i, i + BATCH));
		this.#refused = [];
	}

	/** Appends drafts in the order given and reports those that are in the log now. Throws `log-unavailable` when the log takes no more. */
	async send(drafts: readonly Draft[], drafting: Drafting, taken: (draft: Draft) => void): Promise<void> {
		for (let i = 0; i < drafts.length; i += BATCH) {
			const batch = drafts.slice(i, i + BATCH);
			const events = batch.map((draft) => drafting.event(draft));
			const answer = await this.#patiently(events);
			this.accepted += answer.accepted;
			this.duplicates += answer.duplicates;
			this.rejected += answer.rejected.length;
			const out = new Set(answer.rejected.map(({ index }) => index));
			for (const [index, draft] of batch.entries()) if (!out.has(index)) taken(draft);
		}
	}

	async #patiently(events: readonly DomainEvent[]): Promise<IngestAnswer> {
		for (let tries = 0; ; tries++) {
			const answer = await this.#ports.submit(this.#lane, events, `import:${this.#name}`);
			if (answer.status === 202 || answer.status === 207) return answer;
			if (answer.status !== 429 || tries === TRIES) {
				throw new HotcardError('log-unavailable', answer.problem?.detail ?? `the log answered ${answer.status}`, {
					remedy: 'Import the same file again once the cause is gone: rows that are in already count as duplicates.'
				});
			}
			const delay = (answer.retryAfterSeconds ?? 1) * 1_000;
			await new Promise<void>((resolve) => this.#ports.clock.after(delay, resolve));
		}
	}
}
