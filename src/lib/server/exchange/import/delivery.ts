import type { Lane } from '../../../domain/lane.ts';
import type { Clock } from '../../../domain/time.ts';
import type { IngestAnswer } from '../../application.ts';
import type { Drafted } from '../../ingest/check.ts';
import { type Quarantine, type Refused, textOf } from '../../ingest/quarantine.ts';
import type { Problem, Row } from '../read/table.ts';
import type { Draft, Drafting } from './drafts.ts';
import { Reasons } from './reasons.ts';

export interface ImportPorts {
	/** Takes drafted events into the log in the order of the calls, and quarantines what it refuses itself. */
	admit(lane: Lane, drafts: readonly Drafted[], origin: string): Promise<IngestAnswer>;
	/** Where refused rows wait, with the file's name as origin and their line. */
	quarantine: Pick<Quarantine, 'addNew'>;
	clock: Clock;
	/** Zone of times that name no offset, where the mapping names none either. */
	timeZone: string;
}

const BATCH = 5_000;
/** Batches under way at once: the next is made while the log stores the last. */
const UNDER_WAY = 3;
/** Problems of rows whose cells do not stand under their columns. */
const SHAPELESS: ReadonlySet<string> = new Set(['columns', 'json', 'unclosed-quote', 'ocel-event']);

/** Hands drafts to the log in batches and refused rows to the quarantine, and counts both. */
export class Delivery {
	accepted = 0;
	duplicates = 0;
	rejected = 0;
	/** Rejected rows that wait in the quarantine already. */
	known = 0;
	readonly reasons = new Reasons();
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
	refuse(row: Row, { code, detail, detailZh }: Problem, drafting: Drafting): void {
		// An event that lacks only what was wrong: a person mends it and sends it in under the id the row would have had.
		const body = SHAPELESS.has(row.problem?.code ?? '') ? row.cells : (row.event ?? drafting.mendable(row));
		const at = this.#ports.clock.now();
		this.rejected++;
		const { line } = row;
		this.reasons.add(code, line, detail, detailZh);
		this.#refused.push({
			lane: this.#lane,
			origin: this.#name,
			at,
			line,
			code,
			pointer: null,
			detail,
			detailZh,
			body: textOf(body)
		});
	}

	/** Whether so many refused rows wait that they should be written down. */
	get full(): boolean {
		return this.#refused.length >= BATCH;
	}

	/** Writes refused rows down, each once, however often the file comes. */
	flush(): void {
		for (let i = 0; i < this.#refused.length; i += BATCH) {
			const rows = this.#refused.slice(i, i + BATCH);
			this.known += rows.length - this.#ports.quarantine.addNew(rows).length;
		}
		this.#refused = [];
	}

	/** Appends drafts in the order given and reports those that are in the log now. Throws what the log throws. */
	async send(drafts: Iterable<Draft>, taken: (draft: Draft) => void): Promise<void> {
		const underWay: Promise<void>[] = [];
		let batch: Draft[] = [];
		const go = (): void => {
			const sent = this.#send(batch, taken);
			batch = [];
			// Who waits for the first hears of its failure; the others fail for the same reason.
			sent.catch(() => undefined);
			underWay.push(sent);
		};
		for (const draft of drafts) {
			if (batch.push(draft) < BATCH) continue;
			go();
			if (underWay.length >= UNDER_WAY) await underWay.shift();
		}
		if (batch.length > 0) go();
		await Promise.all(underWay);
	}

	async #send(batch: readonly Draft[], taken: (draft: Draft) => void): Promise<void> {
		const answer = await this.#ports.admit(this.#lane, batch, `import:${this.#name}`);
		this.accepted += answer.accepted;
		this.duplicates += answer.duplicates;
		this.rejected += answer.rejected.length;
		for (const { index, code, detail, detailZh = detail } of answer.rejected) {
			this.reasons.add(code, batch[index]!.fileLine, detail, detailZh);
		}
		const out = new Set(answer.rejected.map(({ index }) => index));
		for (const [index, draft] of batch.entries()) if (!out.has(index)) taken(draft);
	}
}
