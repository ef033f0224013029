import { may, type Actor, type Permission } from '../actor.ts';
import type { CaseState } from '../case/state.ts';
import { HotcardError } from '../error.ts';
import type { Said } from '../said.ts';
import type { EventData, EventName } from '../events/catalogue.ts';
import { LONGEST, type Command } from './command.ts';

export type { Command };

/** An event that a decision leads to, before it has an id, a time and a place in the log. */
export type Decided = { [N in EventName]: { readonly name: N; readonly data: EventData<N> } }[EventName];

/** The province of a branch, or null where nobody has told. */
export type ProvinceOf = (branchId: string) => string | null;

function refuse(code: string, message: Said, caseId: string, remedy: Said): HotcardError {
	const zh = { message: message.zh, remedy: remedy.zh };
	return new HotcardError(code, message.en, { place: { entity: caseId }, remedy: remedy.en, zh });
}

const SECOND_PERSON = { en: 'A second person has to approve it.', zh: '须由第二人批准。' };

const WHAT = { owner: '经办人', note: '备注', reason: '原因' } as const;

function said(text: string, what: keyof typeof WHAT, longest: number, caseId: string): string {
	const trimmed = text.trim();
	if (trimmed === '' || trimmed.length > longest) {
		throw refuse(
			'invalid-command',
			{ en: `${what} must have 1 to ${longest} characters`, zh: `${WHAT[what]}应为 1 至 ${longest} 个字符` },
			caseId,
			{ en: `Give a ${what}.`, zh: `请填写${WHAT[what]}。` }
		);
	}
	return trimmed;
}

/** Whether a case lies in an actor's part of the organisation. A case without a branch belongs to head office. */
export function inScope(actor: Actor, branchId: string | null, provinceOf: ProvinceOf): boolean {
	if (actor.scope === '*') return true;
	return branchId !== null && (branchId === actor.scope || provinceOf(branchId) === actor.scope);
}

function check(command: Command, state: CaseState, actor: Actor, provinceOf: ProvinceOf): void {
	const permission: Permission = command.kind;
	if (!may(actor, permission)) {
		throw refuse(
			'forbidden',
			{ en: `${actor.role} may not do ${command.kind}`, zh: '当前身份无权办理' },
			command.caseId,
			{ en: 'Ask someone whose role allows it.', zh: '请有权限的人员办理。' }
		);
	}
	if (!inScope(actor, state.branchId, provinceOf)) {
		const where = state.branchId ?? 'head office';
		throw refuse(
			'forbidden',
			{ en: `${where} is outside ${actor.scope}`, zh: `${state.branchId ?? '总行'}不在管辖范围${actor.scope}内` },
			command.caseId,
			{ en: 'Ask someone responsible for that branch.', zh: '请负责该网点的人员办理。' }
		);
	}
	if (state.status === 'closed' && command.kind !== 'case.annotate') {
		throw refuse('case-closed', { en: 'the case is closed', zh: '业务单已结案' }, command.caseId, {
			en: 'Add a note, or report a new case.',
			zh: '可以备注，或另行受理。'
		});
	}
}

/**
 * What a command leads to, given the case as it is. A release always takes two: one asks, another with the permission
 * `case.release.approve` agrees. Throws HotcardError `not-found`, `forbidden`, `case-closed`, `four-eyes`,
 * `release-not-asked`, `release-asked` or `invalid-command`.
 */
export function decide(
	command: Command,
	state: CaseState | undefined,
	actor: Actor,
	provinceOf: ProvinceOf = () => null
): readonly Decided[] {
	const { caseId } = command;
	if (state === undefined)
		throw refuse('not-found', { en: 'no such case in this lane', zh: '该泳道没有这笔业务单' }, caseId, {
			en: 'Check the number and the lane.',
			zh: '请核对编号和泳道。'
		});
	check(command, state, actor, provinceOf);
	switch (command.kind) {
		case 'case.assign': {
			const owner = said(command.owner, 'owner', LONGEST.owner, caseId);
			if (owner === state.owner) return [];
			const previous = state.owner === null ? {} : { previous: state.owner };
			return [{ name: 'case.assigned', data: { caseId, owner, by: actor.id, ...previous } }];
		}
		case 'case.annotate':
			return [
				{
					name: 'case.annotated',
					data: { caseId, by: actor.id, text: said(command.text, 'note', LONGEST.note, caseId) }
				}
			];
		case 'case.prioritise':
			if (state.priority) return [];
			return [
				{
					name: 'case.prioritised',
					data: { caseId, by: actor.id, reason: said(command.reason, 'reason', LONGEST.priority, caseId) }
				}
			];
		case 'case.release': {
			if (state.releaseAskedBy !== null) {
				throw refuse(
					'release-asked',
					{ en: `${state.releaseAskedBy} has asked already`, zh: `${state.releaseAskedBy} 已申请解挂` },
					caseId,
					SECOND_PERSON
				);
			}
			const reason = said(command.reason, 'reason', LONGEST.release, caseId);
			return [{ name: 'case.release_requested', data: { caseId, by: actor.id, reason } }];
		}
		case 'case.release.approve': {
			const asker = state.releaseAskedBy;
			if (asker === null)
				throw refuse('release-not-asked', { en: 'nobody has asked for a release', zh: '还没有人申请解挂' }, caseId, {
					en: 'Ask for it first.',
					zh: '请先申请。'
				});
			if (asker === actor.id) {
				throw refuse(
					'four-eyes',
					{ en: 'the one who asked may not approve', zh: '申请人不能自己批准' },
					caseId,
					SECOND_PERSON
				);
			}
			return [{ name: 'case.released', data: { caseId, by: asker, approvedBy: actor.id } }];
		}
	}
}
