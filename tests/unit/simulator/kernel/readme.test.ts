import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FOLDER = 'simulator/kernel';
const text = readFileSync(`${FOLDER}/README.md`, 'utf8');
const programs = [...text.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(([, code, output], index) => ({
	name: `${index + 1}: ${text.slice(0, text.indexOf(code as string)).match(/.*^## (.*?)$/ms)?.[1] ?? ''}`,
	code: code as string,
	output: output as string
}));

test('every program of the kernel has its output beneath it', () => {
	expect(programs).toHaveLength(text.split('```ts\n').length - 1);
	expect(programs.length).toBeGreaterThan(9);
});

test.each(programs)('the program under $name prints what stands beneath it', ({ code, output }) => {
	const run = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', code], {
		cwd: FOLDER,
		encoding: 'utf8'
	});
	expect(run.stdout || run.stderr).toBe(output);
});
