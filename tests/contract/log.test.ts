import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryLog } from '../../src/lib/server/log/memory.ts';
import { openSqliteLog } from '../../src/lib/server/log/sqlite.ts';
import { logContract, type LogUnderTest } from './log-contract.ts';

function sqlite(thread: 'own' | 'caller'): LogUnderTest {
	let dir = '';
	return {
		async open(clock) {
			dir = await mkdtemp(join(tmpdir(), 'hotcard-log-'));
			return openSqliteLog(dir, clock, { thread });
		},
		dispose: () => rm(dir, { recursive: true, force: true })
	};
}

logContract('memory', () => ({ open: async (clock) => memoryLog(clock), dispose: async () => {} }));
logContract('SQLite (own thread)', () => sqlite('own'));
logContract('SQLite (caller thread)', () => sqlite('caller'));
