import type { LEVELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import { attendance } from './attendance.ts';
import { hourOf } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { Line } from './line.ts';
import type { Server } from './serving.ts';
import { needsOriginals } from './materials.ts';
import { span, type World } from './world.ts';

type Level = Exclude<(typeof LEVELS)[number], 'auto'>;

/** Desks of approvers: one per province by day, the head office for its own level and for everyone at night. */
export class Approvals {
	readonly #world: World;
	readonly #desks = new Map<string, Line>();
	readonly #headOffice: Line;

	constructor(world: World) {
		this.#world = world;
		const { approval } = world.profile;
		const { region } = world;
		const desk = (where: string, name: string, approvers: number): Line => {
			const people = Array.from({ length: approvers }, (_, index) => `${where}-${index + 1}`);
			const line = new Line(
				world.env,
				name,
				people.map((person) => ({ name: person, skills: 0, speed: 1 }))
			);
			world.lines.push(line);
			return line;
		};
		this.#headOffice = desk(`hq${region}`, 'approvers of the head office', approval.headOffice);
		for (const { province } of world.branches) {
			if (this.#desks.has(province)) continue;
			const where = `p${region}${String(this.#desks.size + 1).padStart(2, '0')}`;
			this.#desks.set(province, desk(where, `approvers of ${province}`, approval.approversPerProvince));
		}
	}

	/** Looks again who is at work. */
	attend(): void {
		attendance(this.#world, this.#headOffice, { group: 'approvers' });
		for (const [province, desk] of this.#desks) attendance(this.#world, desk, { group: 'approvers', province });
	}

	/** Authorises a replacement that needs nobody; answers false, and does nothing, where one does. */
	automatic(file: CaseFile): boolean {
		if (!this.#approvesItself(file)) return false;
		const { caseId, branch, time } = file;
		this.#world.emit('case.authorised', { caseId, level: 'auto', automatic: true }, branch.source, time.now);
		return true;
	}

	/** Has people decide; answers whether the replacement was authorised. */
	*decide(file: CaseFile): Generator<SimEvent, boolean, unknown> {
		const { emit, profile } = this.#world;
		const { approval } = profile;
		const { caseId, branch, customer, time } = file;
		const amount = customer.account.balance;
		const stream = file.stream('approval');
		const level = this.#levelOf(file);
		const fourEyes = level === 'head_office' || amount >= approval.fourEyesFrom;
		emit('case.approval_requested', { caseId, level, fourEyes, amount }, branch.source, time.now);
		const by: string[] = [];
		let first: Server | undefined;
		for (let pair = 0; pair < (fourEyes ? 2 : 1); pair++) {
			first = yield* this.#work(file, level, stream, first);
			const person = `${level}-${first.name}`;
			by.push(person);
			if (pair === 0 && stream.next() < approval.refused) {
				emit('case.rejected', { caseId, stage: 'approve', reason: 'refused', by: person }, branch.source);
				return false;
			}
			emit('case.approval_given', { caseId, level, by: person }, branch.source);
		}
		emit('case.authorised', { caseId, level, by, automatic: false }, branch.source);
		return true;
	}

	/** A small request of a plain customer that gave no reason for doubt. */
	#approvesItself(file: CaseFile): boolean {
		const { profile } = this.#world;
		const { account, tier } = file.customer;
		const small = account.balance <= profile.approval.automaticUpTo;
		return small && tier !== 'corporate' && !file.doubted && !needsOriginals(profile, file);
	}

	#levelOf(file: CaseFile): Level {
		const { profile } = this.#world;
		const { upTo } = profile.approval;
		const { account, tier } = file.customer;
		if (account.balance > upTo.manager) return 'head_office';
		if (account.balance > upTo.supervisor || tier === 'corporate' || needsOriginals(profile, file)) return 'manager';
		return account.balance > upTo.teller ? 'supervisor' : 'teller';
	}

	*#work(file: CaseFile, level: Level, stream: Stream, not?: Server): Generator<SimEvent, Server, unknown> {
		const { env, profile } = this.#world;
		const { approval } = profile;
		const { time } = file;
		const hour = hourOf(time.now);
		const day = hour >= approval.desk.from && hour < approval.desk.to;
		const own = day && level !== 'head_office' ? this.#desks.get(file.branch.province) : undefined;
		const desk = own ?? this.#headOffice;
		const vip = file.customer.tier === 'vip';
		// A slow branch also hands in what approvers have to ask back for, hence the square.
		const factor = (vip ? approval.vipFactor : 1) * file.branch.slowness ** 2;
		// Until somebody looks into the list the request lies there; only then does it take up an approver.
		yield* time.pass(span(stream, approval.pickup[day ? level : 'head_office'], factor));
		yield* time.meet();
		const approver = env.event<Server>('an approver');
		desk.join({
			rank: vip ? 0 : 1,
			needs: 0,
			patience: Infinity,
			not,
			serve: (person) => approver.succeed(person),
			leave: () => undefined
		});
		yield approver as SimEvent;
		const person = approver.value;
		yield env.timeout(span(stream, approval.decide));
		desk.free(person);
		return person;
	}
}
