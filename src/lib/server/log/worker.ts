import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from './errors.ts';
import { buffersOf, handle, type Reply, type Request } from './host.ts';
import { LogStore } from './store.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const send = (reply: Reply) => port.postMessage(reply, reply.kind === 'committed' ? buffersOf(reply.answers) : []);

let store: LogStore | undefined;
let tidying = false;

/** Housekeeping goes on in short steps between requests, as long as there is some. */
function tidy(): void {
	tidying = store?.tidy() ?? false;
	if (tidying) setImmediate(tidy);
}

port.on('message', (request: Request) => {
	const owner = store;
	if (owner === undefined) return;
	try {
		const answers = handle(owner, request);
		send(request.kind === 'commit' ? { kind: 'committed', answers } : { kind: 'done' });
		if (request.kind === 'close') {
			store = undefined;
			port.close();
			return;
		}
	} catch (error) {
		send({ kind: 'failed', failure: toFailure(error) });
	}
	if (owner.urgent) owner.tidy();
	if (!tidying) {
		tidying = true;
		setImmediate(tidy);
	}
});

try {
	store = new LogStore((workerData as { dir: string }).dir);
	send({ kind: 'open', head: store.head() });
} catch (error) {
	send({ kind: 'failed', failure: toFailure(error) });
	port.close();
}
