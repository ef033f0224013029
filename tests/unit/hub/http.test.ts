import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Actor } from '../../../src/lib/domain/actor.ts';
import { HotcardError } from '../../../src/lib/domain/error.ts';
import type { CaseRow, CasesParams } from '../../../src/lib/protocol/views.ts';
import type { Views } from '../../../src/lib/server/application.ts';
import { caseLines } from '../../../src/lib/server/http/case-csv.ts';
import { parseCommand } from '../../../src/lib/server/http/command-body.ts';
import { answering } from '../../../src/lib/server/http/problems.ts';
import { dropUpload, findUpload, keepUpload } from '../../../src/lib/server/http/uploads.ts';
import { POST } from '../../../src/routes/api/v1/commands/+server.ts';
import { tempDir } from '../../support/temp.ts';

const manager: Actor = { id: 'm', name: { zh: '', en: '' }, role: 'manager', scope: '*' };
const stream = (text: string) => new Blob([text]).stream() as ReadableStream<Uint8Array>;

test.each([
	['forbidden', 403],
	['four-eyes', 409],
	['not-found', 404],
	['invalid-command', 422]
])('a command refused as %s answers %i with the reason', async (code, status) => {
	const run = () => Promise.reject(new HotcardError(code, 'the reason', { remedy: 'the remedy' }));
	const command = { kind: 'case.release.approve', lane: 'demo', caseId: 'C-1' };
	const request = new Request('http://x/', { method: 'POST', body: JSON.stringify(command) });
	const response = await POST({ request, locals: { app: { commands: { run } }, actor: manager } } as never);
	expect(response.status).toBe(status);
	expect(response.headers.get('content-type')).toBe('application/problem+json');
	expect(await response.json()).toMatchObject({
		type: `urn:hotcard:problem:${code}`,
		code,
		detail: 'the reason',
		remedy: 'the remedy',
		titleZh: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
		detailZh: expect.stringMatching(/[\u4e00-\u9fff]/) as string
	});
});

test('a command that is not understood never reaches the application', async () => {
	const run = () => Promise.reject(new Error('reached'));
	const send = (body: string) =>
		POST({
			request: new Request('http://x/', { method: 'POST', body }),
			locals: { app: { commands: { run } }, actor: manager }
		} as never);
	expect((await send('{')).status).toBe(400);
	expect((await send('{"kind":"case.delete","lane":"demo","caseId":"C-1"}')).status).toBe(422);
	expect(() => parseCommand({ kind: 'case.assign', lane: 'mars', caseId: 'C', owner: 'm' })).toThrow('/lane');
	expect(() => parseCommand({ kind: 'case.assign', lane: 'demo', caseId: 'C', owner: 'm', more: 1 })).toThrow();
});

test('a failure that nobody expected is not answered as a problem', async () => {
	await expect(answering(() => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
	expect((await answering(() => Promise.resolve(undefined))).status).toBe(204);
});

test('an upload is kept under its own name inside the data folder until it is dropped', async () => {
	const dir = await tempDir();
	const { id, file } = await keepUpload(dir, '../../etc/日志 1.csv.gz', stream('abc'));
	expect(file).toBe(join(dir, 'uploads', id, '日志_1.csv.gz'));
	expect(await readFile(file, 'utf8')).toBe('abc');
	expect(await findUpload(dir, id)).toBe(file);
	await dropUpload(dir, id);
	await expect(findUpload(dir, id)).rejects.toMatchObject({ code: 'not-found' });
	await expect(findUpload(dir, '../..')).rejects.toMatchObject({ code: 'not-found' });
});

test('an upload over the limit leaves nothing behind', async () => {
	const dir = await tempDir();
	await expect(keepUpload(dir, 'a.csv', stream('x'.repeat(100)), 99)).rejects.toMatchObject({ code: 'too-large' });
	expect(await readdir(join(dir, 'uploads'))).toEqual([]);
});

test('the exported list has every row once, no staff numbers and no formulas', async () => {
	const total = 1_203;
	const row = (at: number) =>
		({
			caseId: at === 0 ? '=1+1' : `C,${at}`,
			stage: 'verify',
			openedAt: 0,
			stageSince: 0,
			due: null,
			owner: 'E00042'
		}) as CaseRow;
	const views = {
		read: async (_: string, { offset = 0, limit = 0 }: CasesParams) => ({
			view: {
				total,
				offset,
				rows: Array.from({ length: Math.min(limit, total - offset) }, (_, at) => row(offset + at))
			}
		})
	} as unknown as Views;
	let text = '';
	for await (const part of caseLines(views, { lane: 'drill:a' }, manager)) text += part;
	const lines = text.trimEnd().split('\r\n');
	expect(lines).toHaveLength(total + 1);
	expect(lines[1]).toMatch(/^drill:a,'=1\+1,/);
	expect(lines[2]).toContain('"C,1"');
	expect(new Set(lines).size).toBe(total + 1);
	expect(text).not.toContain('E00042');
});

test('a mistyped command is answered with the one that was meant, in both languages', async () => {
	const run = () => Promise.reject(new Error('reached'));
	const body = JSON.stringify({ kind: 'case.asign', lane: 'demo', caseId: 'C-1' });
	const request = new Request('http://x/', { method: 'POST', body });
	const response = await POST({ request, locals: { app: { commands: { run } }, actor: manager } } as never);
	expect(response.status).toBe(422);
	expect(await response.json()).toMatchObject({
		code: 'invalid-command',
		suggestion: 'case.assign',
		place: { pointer: '/kind' },
		detail: expect.stringContaining('did you mean "case.assign"?') as string,
		detailZh: expect.stringContaining('是否想写“case.assign”？') as string
	});
});
