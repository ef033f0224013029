import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { hotcard, serve } from '../../support/command.ts';
import { folder } from './support.ts';

const SHIPPED = fileURLToPath(new URL('../../../scenarios/policies/default.yaml', import.meta.url));
const MAPPING = 'case: Ticket\nactivity: Step\ntime: When\n';
const FILE = 'Ticket,Step,When\n1,Open,2024-03-01T09:00:00Z\n';

let dir: Awaited<ReturnType<typeof folder>>;
let file = '';
let mapping = '';
beforeAll(async () => {
	dir = await folder('folders');
	file = join(dir.path, 't.csv');
	mapping = join(dir.path, 't.yaml');
	await writeFile(file, FILE);
	await writeFile(mapping, MAPPING);
});
afterAll(() => dir.remove());

const start = (data: string) => hotcard(['start', '--no-demo', '--port', '0', '--data', data]);
const bringIn = (data: string) => hotcard(['import', file, '--mapping', mapping, '--data', data, '--json']);

describe('a data folder that cannot be used', () => {
	// Everywhere, even for root, nothing can be made below a regular file.
	test.each(['t.csv', 't.csv/below'])('%s is no folder: exit 1, with what to do', async (name) => {
		for (const ran of [await start(join(dir.path, name)), await bringIn(join(dir.path, name))]) {
			expect(ran.code).toBe(1);
			expect(ran.err).toContain('[data-readonly]');
			expect(ran.err).toContain(join(dir.path, name));
			expect(ran.err).toMatch(/→ .*--data/);
			expect(ran.err).not.toContain('unexpected');
		}
		expect(await readFile(file, 'utf8')).toBe(FILE);
	});

	test('one that is not there: whoever asks about it hears so, and none is made', async () => {
		const data = join(dir.path, 'tpyo');
		for (const ask of [['query', 'SELECT 1'], ['verify'], ['rebuild'], ['export', '--format', 'csv']]) {
			const ran = await hotcard([...ask, '--data', data]);
			expect([ran.code, ran.out, ran.err]).toEqual([
				1,
				'',
				expect.stringMatching(/tpyo.*\[data-missing\]\n {2}→ .*--data/)
			]);
		}
		await expect(readdir(data)).rejects.toMatchObject({ code: 'ENOENT' });
	});

	test('one whose log is not a log: exit 1, and the file is left as it is', async () => {
		const data = join(dir.path, 'rubbish');
		await mkdir(data);
		const rubbish = 'binary rubbish '.repeat(1_000);
		await writeFile(join(data, 'log.db'), rubbish);
		const ran = await start(data);
		expect([ran.code, ran.err]).toEqual([1, expect.stringMatching(/\[log-corrupt\]\n {2}→ /)]);
		expect(await readFile(join(data, 'log.db'), 'utf8')).toBe(rubbish);
	});

	test('one whose projections are not a database: they are made anew from the log, and it says so', async () => {
		const data = join(dir.path, 'projections');
		expect((await bringIn(data)).code).toBe(0);
		await writeFile(join(data, 'projections.duckdb'), 'binary rubbish '.repeat(1_000));
		const ran = await hotcard(['query', 'SELECT count(*) AS n FROM events', '--data', data, '--json']);
		expect([ran.code, JSON.parse(ran.out)]).toEqual([0, [{ n: 1 }]]);
		expect(ran.err).toContain('projections.duckdb cannot be used');
	});

	test('one whose projections cannot be opened at all: exit 1, and the log is let go', async () => {
		const data = join(dir.path, 'no-projections');
		await mkdir(join(data, 'projections.duckdb', 'below'), { recursive: true });
		for (const ran of [await start(data), await bringIn(data)]) {
			expect(ran.code).toBe(1);
			expect(ran.err).toContain('projections.duckdb');
		}
		await rm(join(data, 'projections.duckdb'), { recursive: true });
		expect((await bringIn(data)).code).toBe(0);
	});

	test('one that a server has open: a second server exits 1 and leaves the first alone', async () => {
		const data = join(dir.path, 'taken');
		const server = await serve(data);
		const second = await start(data);
		expect([second.code, second.err]).toEqual([1, expect.stringMatching(/\[data-locked\]\n {2}→ .*--data/)]);
		expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
		expect(JSON.parse(await readFile(join(data, 'server.json'), 'utf8'))).toMatchObject({ url: server.url });
		expect(JSON.parse((await bringIn(data)).out)).toMatchObject({ events: 1 });
		// Without its control file the server cannot be asked; the lock still stands.
		await rm(join(data, 'server.json'));
		const blind = await bringIn(data);
		expect([blind.code, blind.err]).toEqual([1, expect.stringMatching(/\[data-locked\]\n {2}→ /)]);
		expect(await server.stop()).toBe(0);
	});

	test('one that another import has open: exit 1, or in once the other has gone', async () => {
		const data = join(dir.path, 'busy');
		const large = join(dir.path, 'large.csv');
		const steps = Array.from(
			{ length: 20_000 },
			(_, at) => `L${at % 500},Step,2024-03-01T09:00:00.${String(at % 1_000).padStart(3, '0')}Z`
		);
		await writeFile(large, `Ticket,Step,When\n${steps.join('\n')}\n`);
		const [first, second] = await Promise.all([
			hotcard(['import', large, '--mapping', mapping, '--data', data, '--json']),
			hotcard(['import', large, '--mapping', mapping, '--data', data, '--json'])
		]);
		const codes = [first.code, second.code].sort();
		expect(codes[0]).toBe(0);
		for (const ran of [first, second]) if (ran.code !== 0) expect(ran.err).toMatch(/\[data-locked\]\n {2}→ /);
		const counted = await hotcard(['query', 'SELECT count(*) AS n FROM events', '--data', data, '--json']);
		expect(JSON.parse(counted.out)).toEqual([{ n: 20_000 }]);
	});

	test('a port that is taken: exit 1, and the folder is free for the next one', async () => {
		const server = await serve(join(dir.path, 'port'));
		const data = join(dir.path, 'port-two');
		const ran = await hotcard(['start', '--no-demo', '--port', new URL(server.url).port, '--data', data]);
		expect([ran.code, ran.err]).toEqual([1, expect.stringMatching(/EADDRINUSE \[listen-failed\]\n {2}→ .*--port/)]);
		expect((await bringIn(data)).code).toBe(0);
		expect(await server.stop()).toBe(0);
	});
});

describe('a policy of the data folder', () => {
	test.each([
		['a word that is not known', (text: string) => text.replace('objective: 0.95', 'objectiv: 0.95'), /objective/],
		['a duration without unit', (text: string) => text.replace('target: 10s', 'target: soon'), /soon|duration|10s/i],
		[
			'an event that does not exist',
			(text: string) => text.replace('start: case.reported', 'start: case.reportd'),
			/case\.reported/
		],
		['broken YAML', (text: string) => text.replace('- id: freeze\n', '- id: [freeze\n'), /./]
	])('with %s: start exits 2 with file:line:col and what was expected', async (name, spoil, expected) => {
		const data = join(dir.path, `policy ${name}`);
		await mkdir(join(data, 'policies'), { recursive: true });
		const own = join(data, 'policies', 'default.yaml');
		const shipped = await readFile(SHIPPED, 'utf8');
		await writeFile(own, spoil(shipped));
		expect(await readFile(own, 'utf8')).not.toBe(shipped);
		const ran = await start(data);
		expect(ran.code).toBe(2);
		expect(ran.err).toMatch(/policies\/default\.yaml:\d+:\d+/);
		expect(ran.err.match(/default\.yaml:\d+:\d+/g)).toHaveLength(1);
		expect(ran.err).toMatch(expected);
		expect(ran.err).not.toContain('unexpected failure');
	});

	test('that cannot be read is refused, not passed over for the shipped one', async () => {
		const data = join(dir.path, 'policy-folder');
		await mkdir(join(data, 'policies', 'default.yaml'), { recursive: true });
		const ran = await start(data);
		expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(/default\.yaml.*\[policy-/)]);
	});
});
