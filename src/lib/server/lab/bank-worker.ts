import { parentPort, workerData } from 'node:worker_threads';
import type { BankOptions } from '../../../../simulator/bank/bank.ts';
import { bankSession } from './bank-session.ts';
import type { Ask, Reply } from './producer.ts';

/** The thread in which a bank runs: opens it, then answers one question after the other. */
const session = bankSession(workerData as BankOptions);
const port = parentPort;
if (port) {
	const tell = (reply: Reply): void => port.postMessage(reply);
	port.on('message', (ask: Ask) => tell(session.answer(ask)));
	tell({ kind: 'open', run: session.run });
}
