import { describe, expect, it } from 'vitest';
import { isLane } from '../../../src/lib/domain/lane.ts';
import { proposedLane } from '../../../src/routes/import/lane.ts';

const file = (name: string, columns: string[], rows: Record<string, string>[] = []) => ({
	id: 'u1',
	name,
	preview: {
		format: 'csv',
		columns: columns.map((column) => ({ name: column, type: 'text', samples: [] })),
		rows,
		mapping: ''
	}
});
const FOREIGN = ['case:concept:name', 'concept:name', 'time:timestamp'];
const OWN = ['case', 'activity', 'time', 'stage', 'lifecycle', 'resource', 'branch', 'channel', 'tier'];

describe('the lane that is proposed for a file', () => {
	it('is one of its own for a log from elsewhere, also while the production lane is looked at', () => {
		expect(proposedLane(file('helpdesk.csv.gz', FOREIGN), 'live')).toBe('whatif:helpdesk');
		expect(proposedLane(file('helpdesk.csv.gz', FOREIGN), 'demo')).toBe('whatif:helpdesk');
	});
	it('is the production lane for the own events of the bank', () => {
		expect(proposedLane(file('export.csv', OWN), 'live')).toBe('live');
		expect(proposedLane(file('export.xes', [...FOREIGN, 'hotcard:stage']), 'live')).toBe('live');
		const event = JSON.stringify({ type: 'com.hotcard.case.reported.v1' });
		expect(proposedLane(file('events.ndjson', ['event'], [{ event }]), 'live')).toBe('live');
	});
	it('is never the demo, and stays the drill or the what-if that is looked at', () => {
		expect(proposedLane(file('export.csv', OWN), 'demo')).toBe('whatif:export');
		expect(proposedLane(file('helpdesk.csv', FOREIGN), 'whatif:autumn')).toBe('whatif:autumn');
	});
	it.each(['投诉 2026.csv', '..', `${'x'.repeat(90)}.csv`, '-a b.csv', ''])('is a lane for a file named %j', (name) => {
		expect(isLane(proposedLane(file(name, FOREIGN), 'live'))).toBe(true);
	});
});
