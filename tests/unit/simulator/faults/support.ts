import { createBank } from '../../../../simulator/bank/bank.ts';
import { createNetwork } from '../../../../simulator/bank/network.ts';
import { readFaults } from '../../../../simulator/faults/read-faults.ts';
import { nameOf } from '../../../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../../../src/lib/domain/events/event.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';
import { toBe } from '../bank/profile-file.ts';

/** A Monday. */
export const START = Date.parse('2026-11-02T00:00:00+08:00');
export const profile = toBe();

export interface Truth {
	at: number;
	name: string;
	data: Record<string, unknown>;
}

/** One event with what tests ask of it at hand. */
export interface Told {
	name: string;
	at: number;
	data: Record<string, unknown>;
	event: DomainEvent;
}

export interface Run {
	told: Told[];
	truth: Truth[];
	named(name: string): Told[];
}

/** What a bank tells while the faults of this text are up. */
export function run(text: string | null, { seed = 1, branches = 16, days = 3 } = {}): Run {
	const network = createNetwork(seed, branches, profile);
	const ground = { start: START, branches: network, sites: profile.sites.names, products: profile.stock.products };
	const faults = text === null ? [] : readFaults(text, 'test.yaml', ground);
	const truth: Truth[] = [];
	const bank = createBank({ seed, profile, start: START, branches, faults }, (at, name, data) =>
		truth.push({ at, name, data: data as Record<string, unknown> })
	);
	const told = bank.advance(START + days * DAY).map((event) => ({
		name: nameOf(event.type) as string,
		at: Date.parse(event.time),
		data: event.data as Record<string, unknown>,
		event
	}));
	return { told, truth, named: (name) => told.filter((each) => each.name === name) };
}

/** One fault from one hour of the run to another. */
export function fault(kind: string, from: number, to: number, more = ''): string {
	return `faults:\n  - { kind: ${kind}, start: ${from} h, end: ${to} h${more === '' ? '' : `, ${more}`} }\n`;
}

export const within =
	(from: number, to: number) =>
	({ at }: { at: number }): boolean =>
		at >= START + from * HOUR && at < START + to * HOUR;

/** The cases of a run in the order of their reports. */
export const cases = (of: Run): unknown[] => of.named('case.reported').map(({ data }) => data['caseId']);

/** What the watch saw of one part of a site. */
export const health = (of: Run, site: string, component: string): Told[] =>
	of.named('site.health').filter(({ data }) => data['site'] === site && data['component'] === component);
