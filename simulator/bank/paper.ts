import type { SimEvent } from '../kernel/event.ts';
import { Resource } from '../kernel/resource.ts';
import type { CaseFile } from './case-file.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

const FIELDS = ['name', 'identity_number', 'account', 'phone', 'card_last4'] as const;
const POLL = 5_000;
const LOOK = 300_000;

/** The tickets of one branch: how many wait to be typed in, and what is wrong with those that were. */
interface Desk {
	readonly clerk: Resource;
	open: number;
	entered: number;
	wrong: { target: string; field: string; duplicate: boolean }[];
}

/**
 * Paper tickets while a branch is without the core, typed in one after the other once it is back. Some get a wrong field, some
 * are typed in twice; when the pile is done, paper and system are compared and every difference is repaired.
 */
export class Paper {
	readonly #world: World;
	readonly #desks = new Map<string, Desk>();

	constructor(world: World) {
		this.#world = world;
	}

	/** Answers whether this customer's report goes on paper; a teller waits a little for a core that is just changing sites. */
	*needed(branch: Branch): Generator<SimEvent, boolean, unknown> {
		const { env, faults, sites, profile } = this.#world;
		const giveUp = env.now + profile.paper.after;
		for (;;) {
			if (faults.share('line', branch) > 0) return true;
			if (!sites.out(branch)) return false;
			if (env.now >= giveUp) return true;
			yield env.timeout(Math.min(POLL, giveUp - env.now));
		}
	}

	/** The customer fills in a ticket at the window. Answers its number. */
	*write(file: CaseFile): Generator<SimEvent, string, unknown> {
		const { env, nextId, profile } = this.#world;
		const { caseId, branch } = file;
		yield env.timeout(span(file.stream('paper ticket'), profile.paper.write));
		const ticket = nextId(`PT-${branch.id}`);
		const data = { caseId, branchId: branch.id, ticket, channel: file.channel };
		this.#world.emit('case.paper_captured', data, branch.source);
		this.#desk(branch).open++;
		return ticket;
	}

	/** Types a ticket in when the core is back and the clerk has come to it; `report` makes the report of it. */
	*keyIn(file: CaseFile, ticket: string, report: (file: CaseFile) => void): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { caseId, branch } = file;
		const { paper } = profile;
		const stream = file.stream('paper entry');
		const desk = this.#desk(branch);
		yield* this.#back(file);
		const turn = desk.clerk.request();
		yield turn as SimEvent;
		yield env.timeout(span(stream, paper.key));
		report(file);
		const field = FIELDS[stream.int(0, FIELDS.length - 1)] as string;
		const wrong = stream.next() < paper.wrong;
		const caught = stream.next() < paper.caught;
		const differences = wrong && caught ? { differences: [field] } : {};
		const by = `S-${branch.id}-${stream.int(1, 2)}`;
		this.#world.emit('case.backfilled', { caseId, ticket, by, ...differences }, branch.source);
		desk.entered++;
		if (wrong) this.#world.truth('paper.wrong', { caseId, ticket, field, caught });
		if (wrong && !caught) desk.wrong.push({ target: caseId, field, duplicate: false });
		if (stream.next() < paper.twice) {
			const twin = { ...file, caseId: `${caseId}-p` };
			yield env.timeout(span(stream, paper.key));
			report(twin);
			this.#world.emit('case.backfilled', { caseId: twin.caseId, ticket, by }, branch.source);
			this.#world.truth('paper.twice', { caseId, duplicate: twin.caseId, ticket });
			desk.entered++;
			desk.wrong.push({ target: twin.caseId, field: 'duplicate', duplicate: true });
		}
		desk.clerk.release(turn);
		if (--desk.open === 0) env.process(this.#compare(branch, desk), `paper of ${branch.id}`);
	}

	/** The core is in reach again, and still is when it was tried. */
	*#back(file: CaseFile): Generator<SimEvent, void, unknown> {
		const { env, faults, sites } = this.#world;
		for (;;) {
			const cut = faults.until('line', file.branch) - env.now;
			// A cut may be over before its time.
			if (cut > 0) yield env.timeout(Math.min(cut, LOOK));
			else if (sites.out(file.branch)) yield* sites.served(file.branch, file.stream('retry paper'));
			else return;
		}
	}

	*#compare(branch: Branch, desk: Desk): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		yield env.timeout(span(this.#world.stream(branch.id, `paper check ${env.now}`), profile.paper.check));
		if (desk.open > 0 || desk.entered === 0) return;
		const { entered: compared, wrong } = desk;
		desk.entered = 0;
		desk.wrong = [];
		for (const { target, field, duplicate } of wrong) {
			this.#world.emit('consistency.repaired', { channel: 'paper', target, field }, branch.source);
			if (!duplicate) continue;
			const by = `S-${branch.id}-1`;
			this.#world.emit('case.cancelled', { caseId: target, reason: 'duplicate', by }, branch.source);
		}
		const checked = { channel: 'paper', compared, differences: wrong.length, repaired: wrong.length };
		this.#world.emit('consistency.checked', checked, branch.source);
	}

	#desk(branch: Branch): Desk {
		let desk = this.#desks.get(branch.id);
		if (desk === undefined) {
			const clerk = new Resource(this.#world.env, 1, `paper entry of ${branch.id}`);
			this.#desks.set(branch.id, (desk = { clerk, open: 0, entered: 0, wrong: [] }));
		}
		return desk;
	}
}
