import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../../../simulator/bank/make-folder.ts';
import { inRunFolder } from '../../../../simulator/bank/run-folder.ts';
import { simulateRegions, simulateToFiles } from '../../../../simulator/bank/simulate.ts';
import { tempDir } from '../../../support/temp.ts';
import { toBe } from './profile-file.ts';

const MONDAY = 'events-2026-11-02.ndjson';
const TUESDAY = 'events-2026-11-03.ndjson';
const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder)).sort();

/** A run that writes the files of its plan and tells of them as every run does. */
async function run(
	folder: string,
	files: readonly string[],
	text = 'new',
	more: object = { regions: 1 }
): Promise<void> {
	await inRunFolder(folder, [...files, 'oracle.ndjson'], async () => {
		for (const file of files) await writeFile(join(folder, file), text);
		if ('regions' in more) await writeFile(join(folder, 'oracle.ndjson'), text);
		await writeFile(join(folder, 'run.json'), JSON.stringify({ seed: 1, files, ...more }));
	});
}

describe('the folder of a run', () => {
	test('keeps no file of the run before, and every file that is not of it', async () => {
		const folder = await tempDir();
		await run(folder, [MONDAY, TUESDAY], 'old');
		const own = ['notes.txt', 'events-2026-11-04.ndjson', 'events.parquet'];
		for (const name of own) await writeFile(join(folder, name), 'mine');
		await run(folder, [MONDAY]);
		expect(await namesIn(folder)).toEqual([MONDAY, ...own, 'oracle.ndjson', 'run.json'].sort());
		expect(await readFile(join(folder, MONDAY), 'utf8')).toBe('new');
		for (const name of own) expect(await readFile(join(folder, name), 'utf8')).toBe('mine');
	});

	test('goes from a bank to a process and back, also one without events', async () => {
		const folder = await tempDir();
		await run(folder, [MONDAY]);
		await run(folder, [TUESDAY], 'new', {});
		expect(await namesIn(folder)).toEqual([TUESDAY, 'run.json']);
		await run(folder, [], 'new', {});
		await run(folder, [MONDAY]);
		expect(await namesIn(folder)).toEqual([MONDAY, 'oracle.ndjson', 'run.json']);
	});

	test('is tidied by the next run after one that failed halfway', async () => {
		const folder = await tempDir();
		const failing = inRunFolder(folder, [MONDAY, TUESDAY, 'oracle.ndjson.02.part'], async () => {
			await writeFile(join(folder, MONDAY), 'half');
			await writeFile(join(folder, 'oracle.ndjson.02.part'), 'half');
			throw new Error('killed');
		});
		await expect(failing).rejects.toThrow('killed');
		expect(await namesIn(folder)).toContain(MONDAY);
		await run(folder, [TUESDAY]);
		expect(await namesIn(folder)).toEqual([TUESDAY, 'oracle.ndjson', 'run.json']);
	});

	test.each([
		['a file of the same name that no run wrote', MONDAY, 'mine'],
		['a run.json of somebody else', 'run.json', '{"script":"build"}'],
		['a run.json that is no JSON', 'run.json', '#!/bin/sh'],
		['what somebody else calls an oracle', 'oracle.ndjson', 'mine']
	])('is refused, and nothing touched, where there is %s', async (_, name, text) => {
		const folder = await tempDir();
		await writeFile(join(folder, name), text);
		const code = 'out-file-taken';
		const zh = { message: expect.stringContaining('已存在') as string };
		await expect(run(folder, [MONDAY])).rejects.toMatchObject({ code, zh });
		expect(await namesIn(folder)).toEqual([name]);
		expect(await readFile(join(folder, name), 'utf8')).toBe(text);
	});

	test('is never left by a name in run.json', async () => {
		const above = await tempDir();
		const folder = join(above, 'run');
		await mkdir(folder);
		const others = ['../outside.ndjson', join(above, 'outside.ndjson'), '../events-2026-11-02.ndjson', 'notes.txt'];
		await writeFile(join(folder, 'run.json'), JSON.stringify({ seed: 1, files: others }));
		for (const name of ['outside.ndjson', MONDAY, 'run/notes.txt']) await writeFile(join(above, name), 'mine');
		await run(folder, [TUESDAY]);
		expect(await namesIn(above)).toEqual([MONDAY, 'outside.ndjson', 'run']);
		expect(await namesIn(folder)).toContain('notes.txt');
	});

	test('holds after a simulation what that simulation wrote alone', async () => {
		const folder = await tempDir();
		const options = { profile: toBe(), from: '2026-11-02', days: 2, seed: 1, branches: 2 };
		await simulateToFiles(options, folder, { workers: 1 });
		const { files } = await simulateToFiles({ ...options, days: 1 }, folder, { workers: 1, formats: ['ndjson'] });
		expect(files).toEqual([MONDAY]);
		expect(await namesIn(folder)).toEqual([MONDAY, 'oracle.ndjson', 'run.json']);
	});
});

describe('a folder that is asked for', () => {
	test('is made with those above it, and taken as it is where it is there', async () => {
		const folder = join(await tempDir(), 'a', 'b');
		await makeFolder(folder);
		await makeFolder(folder);
		expect(existsSync(folder)).toBe(true);
	});

	test('is refused where a file is, or above it', async () => {
		const file = join(await tempDir(), 'file');
		await writeFile(file, '');
		for (const folder of [file, join(file, 'below', 'it')])
			await expect(makeFolder(folder)).rejects.toMatchObject({ code: 'out-not-a-folder', place: { file } });
	});

	test('is refused at the end of a link that leads nowhere', async () => {
		const link = join(await tempDir(), 'link');
		await symlink('nowhere', link);
		await expect(makeFolder(link)).rejects.toMatchObject({ code: 'out-unusable' });
	});

	test('is refused where a name is longer than a file system takes', async () => {
		await expect(makeFolder(join(await tempDir(), 'x'.repeat(5_000)))).rejects.toMatchObject({ code: 'out-unusable' });
	});

	test.runIf(existsSync('/proc/self'))('is refused at once where nothing can be made', async () => {
		const zh = { message: expect.stringContaining('/proc') as string };
		await expect(makeFolder('/proc/hotcard/run')).rejects.toMatchObject({ code: 'out-unusable', zh });
	});

	test.skipIf(process.getuid?.() === 0)('is refused where one may not write', async () => {
		const folder = await tempDir();
		await chmod(folder, 0o500);
		await expect(run(folder, [MONDAY])).rejects.toMatchObject({ code: 'out-denied' });
	});
});

test.runIf(existsSync('/dev/full'))('a full disk is told as such, and not tried again', async () => {
	const folder = await tempDir();
	await symlink('/dev/full', join(folder, MONDAY));
	const options = { profile: toBe(), from: '2026-11-02', days: 1, seed: 1, branches: 2 };
	const failing = simulateRegions(options, folder, { workers: 1, formats: ['ndjson'] });
	await expect(failing).rejects.toMatchObject({
		code: 'files-unwritten',
		message: expect.stringContaining('its disk is full') as string,
		remedy: 'Make room on its disk, or name a folder on another one.',
		zh: { message: expect.stringContaining('磁盘已满') as string }
	});
});
