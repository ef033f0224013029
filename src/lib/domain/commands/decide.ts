import { may, type Actor, type Permission } from '../actor.ts';
import type { CaseState } from '../case/state.ts';
import { HotcardError } from '../error.ts';
import type { EventData, EventName } from '../events/catalogue.ts';
import type { Command } from './command.ts';

export type { Command };

/** An event that a decision leads to, before it has an id, a time and a place in the log. */
export type Decided = { [N in EventName]: { readonly name: N; readonly data: EventData<N> } }[EventName];

/** The province of a branch, or null where nobody has told. */
export type ProvinceOf = (branchId: string) => string | null;

const LONGEST = 2_000;

function refuse(code: string, message: string, caseId: string, remedy: string): HotcardError {
	return new HotcardError(code, message, { place: { entity: caseId }, remedy });
}

function said(text: string, what: string, longest: number, caseId: string): string {
	const trimmed = text.trim();
	if (trimmed === '' || trimmed.length > longest) {
		throw refuse('invalid-command', `${what} must have 1 to ${longest} characters`, caseId, `Give a ${what}.`);
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
			`${actor.role} may not do ${command.kind}`,
			command.caseId,
			'Ask someone whose role allows it.'
		);
	}
	if (!inScope(actor, state.branchId, provinceOf)) {
		const where = state.branchId ?? 'head office';
		throw refuse(
			'forbidden',
			`${where} is outside ${actor.scope}`,
			command.caseId,
			'Ask someone responsible for that branch.'
		);
	}
	if (state.status === 'closed' && command.kind !== 'case.annotate') {
		throw refuse('case-closed', 'the case is closed', command.caseId, 'Add a note, or report a new case.');
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
		throw refuse('not-found', 'no such case in this lane', caseId, 'Check the number and the lane.');
	check(command, state, actor, provinceOf);
	switch (command.kind) {
		case 'case.assign': {
			const owner = said(command.owner, 'owner', 80, caseId);
			if (owner === state.owner) return [];
			const previous = state.owner === null ? {} : { previous: state.owner };
			return [{ name: 'case.assigned', data: { caseId, owner, by: actor.id, ...previous } }];
		}
		case 'case.annotate':
			return [
				{ name: 'case.annotated', data: { caseId, by: actor.id, text: said(command.text, 'note', LONGEST, caseId) } }
			];
		case 'case.prioritise':
			if (state.priority) return [];
			return [
				{ name: 'case.prioritised', data: { caseId, by: actor.id, reason: said(command.reason, 'reason', 80, caseId) } }
			];
		case 'case.release': {
			if (state.releaseAskedBy !== null) {
				throw refuse(
					'release-asked',
					`${state.releaseAskedBy} has asked already`,
					caseId,
					'A second person has to approve it.'
				);
			}
			const reason = said(command.reason, 'reason', LONGEST, caseId);
			return [{ name: 'case.release_requested', data: { caseId, by: actor.id, reason } }];
		}
		case 'case.release.approve': {
			const asker = state.releaseAskedBy;
			if (asker === null)
				throw refuse('release-not-asked', 'nobody has asked for a release', caseId, 'Ask for it first.');
			if (asker === actor.id) {
				throw refuse('four-eyes', 'the one who asked may not approve', caseId, 'A second person has to approve it.');
			}
			return [{ name: 'case.released', data: { caseId, by: asker, approvedBy: actor.id } }];
		}
	}
}
