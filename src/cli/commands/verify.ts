import { parseArgs } from 'node:util';
import { EXIT, print } from '../output.ts';
import { onData } from '../session.ts';

export const usage = `hotcard verify [--data DIR] [--json]
  Replays the log and proves that every projected table equals the replay. Exit 1 where one differs.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, json: { type: 'boolean' } } });
	const answer = await onData(values.data, 'verify', {}, (app) => app.verify());
	const lines = answer.tables.map(
		({ table, rows, equal, detail }) =>
			`${equal ? 'equal  ' : 'DIFFERS'} ${table} (${rows} rows)${detail ? `: ${detail}` : ''}`
	);
	print(
		values.json ?? false,
		answer,
		[`log offset ${answer.offset}: projections ${answer.ok ? 'equal' : 'DIFFER'}`, ...lines].join('\n')
	);
	return answer.ok ? EXIT.ok : EXIT.failed;
}
