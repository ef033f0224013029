import { HotcardError } from '../../../domain/error.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import { maskPans } from '../../../domain/events/pan.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { Clock } from '../../../domain/time.ts';
import type { IngestAnswer } from '../../application.ts';
import type { Row } from '../read/table.ts';
import type { Draft, Drafting, Refusal } from './drafts.ts';

/** A row of a file that could not become an event, as the quarantine keeps it. Card numbers in `body` are masked. */
export interface RefusedRow {
	lane: Lane;
	/** File name and line: `receipt.csv:118`. */
	origin: string;
	line: number;
	code: string;
	detail: string;
	/** The row as JSON: columns and what stood in them. */
	body: string;
}

export interface ImportPorts {
	/** Takes checked events into the log; answers like the HTTP door, and quarantines what it refuses itself. */
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer>;
	/** Puts refused rows into the quarantine. */
	refuse(rows: readonly RefusedRow[]): Promise<void> | void;
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
	#refused: RefusedRow[] = [];

	constructor(ports: ImportPorts, lane: Lane, name: string) {
		this.#ports = ports;
		this.#lane = lane;
		this.#name = name;
	}

	/** Keeps a refused row until the next flush. */
	refuse(row: Row, columns: readonly string[], { code, detail }: Refusal): void {
		const shapeless = SHAPELESS.has(row.problem?.code ?? '');
		const record = shapeless ? row.cells : Object.fromEntries(row.cells.map((cell, i) => [columns[i] ?? i, cell]));
		const body = maskPans(JSON.stringify(row.event ?? record));
		this.rejected++;
		this.#refused.push({ lane: this.#lane, origin: `${this.#name}:${row.line}`, line: row.line, code, detail, body });
	}

	async flush(): Promise<void> {
		for (let i = 0; i < this.#refused.length; i += BATCH) await this.#ports.refuse(this.#refused.slice(i, i + BATCH));
		this.#refused = [];
	}

	/** Appends drafts in the order given. Throws `log-unavailable` when the log takes no more. */
	async send(drafts: readonly Draft[], drafting: Drafting): Promise<void> {
		for (let i = 0; i < drafts.length; i += BATCH) {
			const events = drafts.slice(i, i + BATCH).map((draft) => drafting.event(draft));
			const answer = await this.#patiently(events);
			this.accepted += answer.accepted;
			this.duplicates += answer.duplicates;
			this.rejected += answer.rejected.length;
		}
	}

	async #patiently(events: readonly DomainEvent[]): Promise<IngestAnswer> {
		for (let tries = 0; ; tries++) {
			const answer = await this.#ports.submit(this.#lane, events, this.#name);
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
