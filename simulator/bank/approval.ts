import type { LEVELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { PriorityResource } from '../kernel/resource.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { hourOf } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

type Level = Exclude<(typeof LEVELS)[number], 'auto'>;

/** Desks of approvers: one per province by day, the head office for its own level and for everyone at night. */
export class Approvals {
	readonly #world: World;
	readonly #desks = new Map<string, { desk: PriorityResource; number: number }>();
	readonly #headOffice: PriorityResource;
	readonly #levels: Categorical<Level>;

	constructor(world: World) {
		this.#world = world;
		const { approval } = world.profile;
		this.#headOffice = new PriorityResource(world.env, approval.headOffice, 'approvers of the head office');
		this.#levels = categorical<Level>(approval.levels as Record<Level, number>);
		for (const { province } of world.branches)
			if (!this.#desks.has(province)) {
				const desk = new PriorityResource(world.env, approval.approversPerProvince, `approvers of ${province}`);
				this.#desks.set(province, { desk, number: this.#desks.size + 1 });
			}
	}

	/** Answers whether the replacement was authorised. */
	*decide(file: CaseFile): Generator<SimEvent, boolean, unknown> {
		const { approval } = this.#world.profile;
		const { caseId, branch, customer } = file;
		const stream = file.stream('approval');
		const plain = customer.tier !== 'corporate' && !customer.fraudster;
		if (plain && stream.next() < approval.automatic) {
			this.#world.emit('case.authorised', { caseId, level: 'auto', automatic: true }, branch.source);
			return true;
		}
		const level = customer.tier === 'corporate' ? 'manager' : this.#levels.draw(stream);
		const fourEyes = level === 'head_office';
		this.#world.emit('case.approval_requested', { caseId, level, fourEyes }, branch.source);
		const by: string[] = [];
		for (let pair = 0; pair < (fourEyes ? 2 : 1); pair++) {
			const person = yield* this.#work(file, level, stream, by[0]);
			by.push(person);
			if (pair === 0 && stream.next() < approval.refused) {
				this.#world.emit('case.rejected', { caseId, stage: 'approve', reason: 'refused', by: person }, branch.source);
				return false;
			}
			this.#world.emit('case.approval_given', { caseId, level, by: person }, branch.source);
		}
		this.#world.emit('case.authorised', { caseId, level, by, automatic: false }, branch.source);
		return true;
	}

	*#work(file: CaseFile, level: Level, stream: Stream, not?: string): Generator<SimEvent, string, unknown> {
		const { env, profile } = this.#world;
		const { approval } = profile;
		const hour = hourOf(env.now);
		const day = hour >= approval.desk.from && hour < approval.desk.to;
		const central = level === 'head_office' || !day;
		const own = this.#desks.get(file.branch.province);
		const desk = central || !own ? this.#headOffice : own.desk;
		const vip = file.customer.tier === 'vip';
		const factor = (vip ? approval.vipFactor : 1) * file.branch.slowness ** 2;
		// A slow branch also hands in what approvers have to ask back for, hence the square.
		// Until somebody looks into the list the request lies there; only then does it take up an approver.
		yield env.timeout(span(stream, approval.pickup[day ? level : 'head_office'], factor));
		const request = desk.request(vip ? 0 : 1);
		yield request;
		yield env.timeout(span(stream, approval.decide));
		desk.release(request);
		const where = central || !own ? 'hq' : `p${String(own.number).padStart(2, '0')}`;
		const number = stream.int(1, 4);
		const person = `${level}-${where}-${number}`;
		return person === not ? `${level}-${where}-${number + 4}` : person;
	}
}
