import { io, type Socket } from 'socket.io-client';

/**
 * A process of viewers: `node crowd.ts URL COUNT LANE`. Prints `ready` once all have their snapshot; when it is ended, one
 * line of JSON with how many deltas came and how long a sample of them was under way (ms, from the stamp of the server).
 */
const [, , url = '', count = '0', lane = 'live'] = process.argv;
const KEPT = 200_000;
const STAMP = /"at":(\d+)/;
const sockets: Socket[] = [];
const delays: number[] = [];
let delivered = 0;

function take(text: string): void {
	const at = performance.timeOrigin + performance.now();
	delivered += 1;
	// Every delta of one room is the same text: reading its head is enough.
	const stamp = STAMP.exec(text.slice(0, 300))?.[1];
	if (stamp === undefined) return;
	// Beyond the limit newer samples take the place of older ones.
	delays[delivered % KEPT] = at - Number(stamp);
}

async function join(): Promise<void> {
	const socket = io(url, { path: '/rt', transports: ['websocket'], forceNew: true });
	sockets.push(socket);
	socket.on('delta', take);
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
	const sample = delays.filter((delay) => delay !== undefined).map((delay) => Math.round(delay * 10) / 10);
	const text = `${JSON.stringify({ viewers: sockets.length, delivered, delays: sample })}\n`;
	process.stdout.write(text, () => process.exit(0));
});
