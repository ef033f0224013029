import type { Actor } from '../../domain/actor.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type Command, type Decided, decide, type ProvinceOf } from '../../domain/commands/decide.ts';
import { HotcardError } from '../../domain/error.ts';
import { typeOf } from '../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Millis } from '../../domain/time.ts';
import type { Commands, IngestAnswer } from '../application.ts';

export interface CommandPorts {
	caseState(lane: Lane, caseId: string): Promise<CaseState | undefined>;
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer>;
	laneNow(lane: Lane): Millis;
	provinceOf: ProvinceOf;
	newId(): string;
}

/**
 * Runs commands one after the other per case, so that two people who press at once are decided in order: the second sees
 * what the first did. Every command leaves an audit record in the same batch, a refused one leaves only that.
 */
export function createCommands(ports: CommandPorts): Commands {
	const queues = new Map<string, Promise<unknown>>();

	async function decideAndAppend(command: Command, actor: Actor): Promise<{ events: number }> {
		const state = await ports.caseState(command.lane, command.caseId);
		const at = Math.max(ports.laneNow(command.lane), state?.lastAt ?? 0);
		let decided: readonly Decided[];
		try {
			decided = decide(command, state, actor, ports.provinceOf);
		} catch (error) {
			if (error instanceof HotcardError)
				await append([audit(command, actor, 'refused', error.code)], command, actor, at);
			throw error;
		}
		if (decided.length === 0) return { events: 0 };
		const answer = await append([...decided, audit(command, actor, 'success')], command, actor, at);
		return { events: answer.accepted };
	}

	async function append(
		facts: readonly Decided[],
		{ lane, caseId }: Command,
		actor: Actor,
		at: Millis
	): Promise<IngestAnswer> {
		const time = new Date(at).toISOString();
		const events = facts.map(({ name, data }) => ({
			specversion: '1.0' as const,
			id: ports.newId(),
			source: `/hotcard/people/${actor.id}`,
			type: typeOf(name),
			subject: `case/${caseId}`,
			time,
			data
		}));
		const answer = await ports.submit(lane, events, 'command');
		if (answer.accepted === events.length) return answer;
		const reason = answer.rejected[0]?.detail ?? answer.problem?.detail ?? 'the log did not take the command';
		throw new HotcardError('command-not-kept', reason, {
			place: { entity: caseId },
			remedy: 'Try again; if it happens again, look at the quarantine.'
		});
	}

	return {
		run(command, actor) {
			const key = `${command.lane}\n${command.caseId}`;
			const before = queues.get(key) ?? Promise.resolve();
			const mine = before.catch(() => undefined).then(() => decideAndAppend(command, actor));
			queues.set(key, mine);
			const forget = () => void (queues.get(key) === mine && queues.delete(key));
			mine.then(forget, forget);
			return mine;
		}
	};
}

function audit(command: Command, actor: Actor, outcome: 'success' | 'refused', reason?: string): Decided {
	const data = {
		actor: actor.id,
		role: actor.role,
		action: command.kind,
		target: command.caseId,
		outcome,
		...(reason ? { reason } : {})
	};
	return { name: 'audit.recorded', data };
}
