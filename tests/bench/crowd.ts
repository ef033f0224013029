import { io, type Socket } from 'socket.io-client';

/** A process of viewers: `node crowd.ts URL COUNT LANE`. Prints `ready` once all have their snapshot, then counts what arrives until it is ended. */
const [, , url = '', count = '0', lane = 'live'] = process.argv;
const sockets: Socket[] = [];
let delivered = 0;

async function join(): Promise<void> {
	const socket = io(url, { path: '/rt', transports: ['websocket'], forceNew: true });
	sockets.push(socket);
	socket.on('delta', () => (delivered += 1));
	await new Promise<void>((resolve, reject) => {
		socket.once('connect_error', reject);
		socket.once('connect', () => socket.emit('follow', 'overview', { lane }, () => resolve()));
	});
}

for (let joined = 0; joined < Number(count); joined += 50) {
	await Promise.all(Array.from({ length: Math.min(50, Number(count) - joined) }, join));
}
process.stdout.write('ready\n');
process.once('SIGTERM', () => {
	process.stdout.write(`${JSON.stringify({ viewers: sockets.length, delivered })}\n`);
	for (const socket of sockets) socket.disconnect();
	process.exit(0);
});
