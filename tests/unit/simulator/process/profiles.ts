import type { ProcessProfile } from '../../../../simulator/process/profile.ts';

const office = [9, 10, 11, 12, 13, 14, 15, 16];
const busy = Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 17 ? 1.5 : 0));
const quiet = new Array<number>(24).fill(0);

/** A desk that is open on weekdays: ask, then look at it once or again, then answer; the second look always ends in "no". */
export const DESK: ProcessProfile = {
	apiVersion: 'hotcard/v1',
	kind: 'process',
	name: 'desk',
	zone: 'Europe/Rome',
	days: { holidays: ['2026-04-06'], workdays: [] },
	arrivals: {
		week: { mon: busy, tue: busy, wed: busy, thu: busy, fri: busy, sat: quiet, sun: quiet },
		special: {
			holiday: { factor: 0, days: 1 },
			workday: { factor: 1, days: 0 },
			monthEnd: { factor: 2, days: 6 }
		},
		dispersion: 0.2
	},
	hours: {
		open: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [], holiday: [] },
		closedPace: 0
	},
	routing: {
		order: 2,
		contexts: [
			{ after: [null], next: { ask: 100 }, end: 0 },
			{ after: ['ask'], next: { look: 100 }, end: 0 },
			{ after: ['look'], next: { look: 30, yes: 50, no: 20 }, end: 0 },
			{ after: ['look', 'look'], next: { no: 1_000_000 }, end: 0 },
			{ after: ['yes'], next: { look: 1 }, end: 99 },
			{ after: ['no'], next: {}, end: 100 }
		]
	},
	durations: [
		{
			from: null,
			to: null,
			age: [0, null],
			clock: 'wall',
			instant: 0,
			law: { family: 'exponential', mean: 60 },
			n: 1,
			perPerson: false
		},
		{
			from: 'ask',
			to: 'look',
			age: [0, null],
			clock: 'working',
			instant: 0.1,
			law: { family: 'lognormal', mu: 8, sigma: 1 },
			n: 1,
			perPerson: false
		},
		{
			from: 'look',
			to: 'yes',
			age: [0, null],
			clock: 'working',
			instant: 0,
			law: { family: 'gamma', shape: 2, scale: 3_600 },
			n: 1,
			perPerson: false
		}
	],
	work: [],
	people: [
		{
			name: 'ann',
			n: 1,
			speed: 1,
			speedN: 1,
			fittedSpeed: 1,
			atOnce: 1,
			shifts: { mon: [9, 10, 11, 12], tue: [9, 10, 11, 12] },
			does: { look: 1 }
		},
		{
			name: 'bob',
			n: 1,
			speed: 1,
			speedN: 1,
			fittedSpeed: 1,
			atOnce: 1,
			shifts: { mon: [13, 14, 15, 16] },
			does: { look: 1, yes: 1 }
		}
	],
	mix: { branch: { b1: 3, b2: 1 }, channel: {}, tier: { gold: 1 } }
};
