import type { LogEntry } from '../../../src/lib/server/log/port.ts';

export function entry(id: string, source = '/bank/a'): LogEntry {
	const type = 'com.hotcard.case.closed.v1';
	const event = { specversion: '1.0', id, source, type, time: '2026-11-22T10:00:00Z', data: { caseId: id } };
	return { source, id, key: id, line: JSON.stringify(event) };
}
