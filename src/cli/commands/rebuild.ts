import { parseArgs } from 'node:util';
import { EXIT, print } from '../output.ts';
import { onData } from '../session.ts';

export const usage = `hotcard rebuild [--data DIR] [--json]
  Makes the projections anew from the log. Nothing is lost by it: the log is the truth.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, json: { type: 'boolean' } } });
	const done = await onData(values.data, 'rebuild', {}, (app) => app.rebuild());
	print(values.json ?? false, done, `${done.events} events in ${done.seconds.toFixed(2)} s`);
	return EXIT.ok;
}
