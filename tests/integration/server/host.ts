/**
 * Runs servers in one process as its parent says, for what no command line can ask: two servers side by side, and a disk that
 * is full for a while. Messages in: `{start: folder}`, `{room: bytes}`, `{stop: true}`; out: `{url}`, `{room}`, `{stopped}`.
 */
import { systemClock } from '../../../src/lib/server/clock.ts';
import { type RunningServer, startServer } from '../../../src/main.ts';

type Message = { start: string } | { room: number } | { stop: true };

const running: RunningServer[] = [];
let room = Number.MAX_SAFE_INTEGER;

async function obey(message: Message): Promise<object> {
	if ('start' in message) {
		const config = { dataDir: message.start, host: '127.0.0.1', port: 0, demo: false, timeZone: 'Asia/Shanghai' };
		const log = (text: string) => void process.stderr.write(`${text}\n`);
		const server = await startServer(config, { clock: systemClock, dev: false, log, maxLogBytes: () => room });
		running.push(server);
		return { url: server.url };
	}
	if ('room' in message) {
		room = message.room;
		return { room };
	}
	for (const server of running) await server.close();
	process.disconnect();
	return { stopped: true };
}

process.on('message', (message: Message) => {
	obey(message).then(
		(answer) => process.connected && process.send?.(answer),
		(error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			process.exit(1);
		}
	);
});
