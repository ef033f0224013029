import type { Profile } from '../../../../simulator/bank/profile.ts';
import { type Actor, may } from '../../domain/actor.ts';
import { HotcardError } from '../../domain/error.ts';
import { typeOf } from '../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Said } from '../../domain/said.ts';
import type { Millis } from '../../domain/time.ts';
import type { FaultKind, LabCommand, LabState } from '../../protocol/lab.ts';
import type { Demo } from './demo.ts';
import { notLive, runningLane } from './errands.ts';
import { faultKinds } from './fault-kinds.ts';
import { labFaults } from './faults.ts';

export interface LaneControlPorts {
	/** Whoever drives a lane; undefined where nobody does. */
	driver(lane: Lane): Demo | undefined;
	/** Tells the engine at once how the lane's time runs now. */
	tell(): void;
	/** Whether there is anything in a lane. */
	known(lane: Lane): boolean;
	laneNow(lane: Lane): Millis;
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<{ accepted: number }>;
	newId(): string;
	say(message: string): void;
}

/** What people may ask of whatever drives a lane. */
export interface LaneControl {
	state(lane: Lane): LabState;
	/**
	 * Does what is asked and answers how the lane stands then; a new bank takes over after the answer. Each command leaves an
	 * audit record in the lane, a refused one as well. Throws `no-lane`, `forbidden`, `lane-not-driven`, `lane-not-live`,
	 * `lane-running`, `invalid-fault` or `no-fault`.
	 */
	run(command: LabCommand, actor: Actor): Promise<LabState>;
}

export function laneControl(ports: LaneControlPorts): LaneControl {
	const kinds = new Map<Profile, FaultKind[]>();

	function stateOf(driver: Demo): LabState {
		const { lane, profile } = driver;
		const { seed, branches, run = null, orders = [] } = driver.known();
		const [phase, speed, laneNow] = [driver.phase(), driver.speed(), driver.laneNow()];
		const known = kinds.get(profile) ?? faultKinds(profile);
		kinds.set(profile, known);
		const bank = { seed, branches, run, faults: labFaults(orders, laneNow), kinds: known };
		return { lane, driven: true, phase, speed, paused: speed === 0, laneNow, ...bank };
	}

	function existing(lane: Lane): void {
		if (ports.known(lane)) return;
		throw new HotcardError('no-lane', `there is no lane ${lane}`, { zh: { message: `没有泳道 ${lane}。` } });
	}

	function driven(lane: Lane): Demo {
		const driver = ports.driver(lane);
		if (driver) return driver;
		throw new HotcardError('lane-not-driven', NOBODY.en, {
			remedy: 'Choose the demo lane.',
			zh: { message: NOBODY.zh, remedy: '请选择演示泳道。' }
		});
	}

	async function obey(command: LabCommand): Promise<void> {
		const driver = driven(command.lane);
		switch (command.command) {
			case 'speed':
				if (driver.phase() === 'stopped') throw notLive();
				await driver.setSpeed(command.speed);
				break;
			case 'step':
				if (driver.phase() === 'live' && driver.speed() > 0) throw runningLane();
				await driver.step(command.ms);
				break;
			case 'inject':
				await driver.inject(command.fault);
				break;
			case 'end-fault':
				await driver.endFault(command.id);
				break;
			case 'seed':
				if (driver.phase() !== 'live') throw notLive();
				void driver.reseed(command.seed).catch((error: unknown) => ports.say(`lane ${command.lane}: ${String(error)}`));
		}
		ports.tell();
	}

	async function record(command: LabCommand, actor: Actor, outcome: 'success' | 'refused', reason: string) {
		const { lane } = command;
		const audit: DomainEvent<'audit.recorded'> = {
			specversion: '1.0',
			id: ports.newId(),
			source: `/hotcard/people/${actor.id}`,
			type: typeOf('audit.recorded'),
			subject: `lane/${lane}`,
			time: new Date(ports.laneNow(lane)).toISOString(),
			data: { actor: actor.id, role: actor.role, action: `lane.${command.command}`, target: lane, outcome, reason }
		};
		const { accepted } = await ports.submit(lane, [audit], 'command');
		if (accepted === 0) ports.say(`lane ${lane}: the log did not take the record of ${command.command}`);
	}

	return {
		state(lane) {
			const driver = ports.driver(lane);
			return driver ? stateOf(driver) : { lane, driven: false, reason: NOBODY };
		},
		async run(command, actor) {
			existing(command.lane);
			try {
				allowed(actor);
				await obey(command);
			} catch (error) {
				if (error instanceof HotcardError) await record(command, actor, 'refused', error.code);
				throw error;
			}
			await record(command, actor, 'success', asked(command));
			return stateOf(driven(command.lane));
		}
	};
}

const NOBODY: Said = {
	en: 'nobody drives this lane: its events come from outside',
	zh: '没有程序驱动这条泳道：事件来自外部。'
};

function allowed(actor: Actor): void {
	if (may(actor, 'lane.control')) return;
	throw new HotcardError('forbidden', `a ${actor.role} may not control a lane`, {
		remedy: 'Act as a trainer or a manager.',
		zh: { message: '当前身份无权控制泳道。', remedy: '请以培训师或经理身份操作。' }
	});
}

/** What the record says was asked. */
function asked(command: LabCommand): string {
	const { lane: _, command: name, ...what } = command;
	return `${name} ${JSON.stringify(what)}`.slice(0, 2_000);
}
