import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serve } from '../support/command.ts';
import { useStage } from './stage.ts';
import { report, send } from './visit.ts';

const stage = useStage();

describe('work on the pages', () => {
	test('a refused event is repaired on the quarantine page and becomes a case', async () => {
		expect(await send(stage.server.url, 'case.reported', { ...report('C-repair'), channel: 'pigeon' })).not.toBe(202);
		const { page, context, trouble } = await stage.open('/en/quarantine?lane=live');
		await page.getByRole('table').getByRole('link', { name: 'a field does not fit' }).first().click();
		const body = page.getByLabel(/^Body/);
		expect(await body.inputValue()).toContain('pigeon');
		await page.getByRole('button', { name: 'Resubmit' }).click();
		await page.getByText(/Still refused: a field does not fit/).waitFor();
		await body.fill((await body.inputValue()).replace('pigeon', 'counter'));
		await page.getByRole('button', { name: 'Resubmit' }).click();
		await page.getByText('1 accepted').waitFor();
		await page.getByRole('link', { name: 'Cases', exact: true }).click();
		await page.getByRole('link', { name: 'C-repair' }).waitFor();
		expect(trouble).toEqual([]);
		await context.close();
	});

	test('a release takes two people, and who asked is told why the own approval is refused', async () => {
		expect(await send(stage.server.url, 'case.reported', report('C-eyes'))).toBe(202);
		const { page, context } = await stage.open('/en/cases/C-eyes?lane=live');
		await page.getByRole('button', { name: 'Ask for release' }).click();
		await page.getByLabel('Reason for the release').fill('the customer found the card');
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText(/Chen Jing has asked for a release/).waitFor();
		await page.getByRole('button', { name: 'Approve release' }).click();
		await page.getByText(/Refused: whoever asked may not approve/).waitFor();
		await page.getByRole('button', { name: /Chen Jing/ }).click();
		await page.getByRole('button', { name: /Wang Lei/ }).click();
		await page.getByRole('button', { name: /: Wang Lei/ }).waitFor();
		await page.getByRole('button', { name: 'Approve release' }).click();
		await page.getByRole('cell', { name: /^Released/ }).waitFor();
		expect(await page.getByRole('button', { name: 'Approve release' }).isDisabled()).toBe(true);
		await context.close();
	});

	test('an event chosen in the picture of a case by keyboard is shown in the list below, and nothing else moves', async () => {
		expect(await send(stage.server.url, 'case.reported', report('C-space'))).toBe(202);
		for (let note = 0; note < 30; note += 1) {
			const data = { caseId: 'C-space', by: 'T001', text: `note ${note}` };
			expect(await send(stage.server.url, 'case.annotated', data)).toBe(202);
		}
		const { page, context, trouble } = await stage.open('/en/cases/C-space?lane=live', {
			viewport: { width: 1280, height: 600 }
		});
		const dots = page.locator('svg g[role=button]');
		await dots.nth(30).waitFor();
		await dots.nth(10).focus();
		await page.keyboard.press(' ');
		const row = page.locator('tr.bg-raise').first();
		await row.waitFor();
		const box = await row.boundingBox();
		expect(box!.y > 0 && box!.y + box!.height <= 600).toBe(true);
		const scrolled = () => page.locator('main').evaluate((main) => main.scrollTop);
		const before = await scrolled();
		await page.keyboard.press(' ');
		await row.waitFor({ state: 'detached' });
		expect(await scrolled()).toBe(before);
		expect(
			await page
				.getByRole('table', { name: /Clocks/ })
				.getByRole('row')
				.count()
		).toBeGreaterThan(1);
		expect(trouble).toEqual([]);
		await context.close();
	});

	test('a log of another process is imported from the page and its cases are told by their activities', async () => {
		const rows = ['A', 'B', 'C'].flatMap((id) => [
			`Ticket ${id},Take in charge,2026-11-20T08:00:00Z,Ann`,
			`Ticket ${id},Resolve ticket,2026-11-20T09:30:00Z,Ben`
		]);
		const csv = ['case:concept:name,concept:name,time:timestamp,org:resource', ...rows, ''].join('\n');
		const { page, context, trouble } = await stage.open('/en/import?lane=live');
		await page.setInputFiles('input[type=file]', {
			name: 'tickets.csv.gz',
			mimeType: 'application/gzip',
			buffer: gzipSync(csv)
		});
		const mapping = page.getByRole('textbox', { name: /Mapping/ });
		await mapping.fill(`${await mapping.inputValue()}# checked by hand\n`);
		expect(await page.getByLabel('Into lane').inputValue()).toBe('whatif:tickets');
		await page.getByText(/a new lane, WHAT-IF 推演 · tickets/).waitFor();
		await page.getByLabel('Into lane').fill('live');
		await page.getByText(/among the bank's own cases/).waitFor();
		await page.getByLabel('Into lane').fill('whatif:try');
		await page.getByRole('button', { name: 'Import', exact: true }).click();
		await page.getByText(/tickets\.csv\.gz imported/).waitFor();
		await page.getByRole('link', { name: 'See the cases' }).click();
		await page.getByRole('link', { name: 'Ticket B' }).click();
		await page.getByRole('cell', { name: /Take in charge/ }).waitFor();
		expect(await page.getByText('whatif:try').or(page.getByText(/· try/)).count()).toBeGreaterThan(0);
		expect(await page.locator('main').innerText()).not.toMatch(/Card\b|Customer\b|unknown/);
		expect(trouble).toEqual([]);
		await context.close();
	});

	test('a bad row that an earlier import had brought is told apart', async () => {
		const csv = 'case,activity,time\nR-1,Begin,2026-11-20T08:00:00Z\nR-2,Begin,some day\n';
		const { page, context } = await stage.open('/en/import?lane=live');
		for (const told of [0, 1]) {
			await page.setInputFiles('input[type=file]', {
				name: 'rows.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(csv)
			});
			// What lanes there are is told as it is now, not as it was when the page was opened.
			await page.getByText(told === 0 ? /a new lane, .*rows/ : /already has 1 events/).waitFor();
			await page.getByRole('button', { name: 'Import', exact: true }).click();
			await page.getByText(/rows\.csv imported/).waitFor();
			expect(await page.getByText('1 of them known from an earlier import').count()).toBe(told);
			const why = page.getByRole('region', { name: 'Why rows were rejected' });
			expect(await why.innerText()).toMatch(/some day[\s\S]*first in line 3/);
			await page.getByRole('button', { name: 'Another file' }).click();
		}
		await context.close();
	});

	test('a link to a branch beyond the rows of the map shows its numbers and the way to its province', async () => {
		const opened = Array.from({ length: 520 }, (_, at) => ({
			specversion: '1.0',
			id: `open-${at}`,
			source: '/e2e',
			type: 'com.hotcard.branch.opened.v1',
			time: '2026-11-20T00:00:00Z',
			data: {
				branchId: `M${at}`,
				name: `支行${at}`,
				city: at === 519 ? '杭州' : '北京',
				province: at === 519 ? '浙江' : '北京'
			}
		}));
		const answer = await fetch(`${stage.server.url}/api/v1/events?lane=live`, {
			method: 'POST',
			headers: { 'content-type': 'application/cloudevents-batch+json' },
			body: JSON.stringify(opened)
		});
		expect(answer.status).toBe(202);
		const visited = async (visitId: string, branchId: string) => {
			for (const [name, time] of [
				['ticket_taken', '2026-11-20T01:00:00Z'],
				['called', '2026-11-20T01:05:00Z'],
				['completed', '2026-11-20T01:12:00Z']
			])
				expect(await send(stage.server.url, `visit.${name}`, { visitId, branchId }, 'live', time)).toBe(202);
		};
		await visited('V1', 'M519');
		await visited('V2', 'M1');
		const { page, context } = await stage.open('/en/branches?lane=live&from=now-30d&branch=M519&hour=105');
		await page.getByRole('heading', { name: /支行519/ }).waitFor();
		const line = await page.getByText(/500 of 52\d/).boundingBox();
		const side = await page.locator('aside').boundingBox();
		expect(line!.x + line!.width).toBeLessThanOrEqual(side!.x);
		// The chosen cell is followed: what comes later is counted without a reload.
		await page.locator('aside').getByText('n = 1', { exact: true }).first().waitFor();
		await visited('V3', 'M519');
		await page.locator('aside').getByText('n = 2', { exact: true }).first().waitFor({ timeout: 25_000 });
		await page.getByRole('link', { name: 'See those of Zhejiang' }).click();
		await page.waitForURL(/province=/);
		await page.getByText('This branch is not among the rows shown').waitFor({ state: 'detached' });
		await page.getByRole('heading', { name: /支行519/ }).waitFor();
		await context.close();
	});

	test('what is typed into a refused event stays while events come, and another person sees what they may', async () => {
		expect(await send(stage.server.url, 'case.reported', { ...report('C-typed'), channel: 'parrot' })).not.toBe(202);
		const { page, context } = await stage.open('/en/quarantine?lane=live');
		await page.getByRole('table').getByRole('link', { name: 'a field does not fit' }).first().click();
		const body = page.getByLabel(/^Body/);
		const rows = page.getByRole('row');
		const before = await rows.count();
		await body.fill('my own words');
		expect(await send(stage.server.url, 'case.reported', { ...report('C-other'), channel: 'crow' })).not.toBe(202);
		await expect.poll(() => rows.count(), { timeout: 5_000 }).toBe(before + 1);
		expect(await body.inputValue()).toBe('my own words');
		const actAs = async (now: string, next: string) => {
			await page.getByRole('button', { name: new RegExp(`: ${now}`) }).click();
			await page.getByRole('button', { name: new RegExp(next) }).click();
			await page.getByRole('button', { name: new RegExp(`: ${next}`) }).waitFor();
		};
		await actAs('Chen Jing', 'Zheng Ting');
		await page.getByText('a Viewer may not read what was refused').waitFor();
		expect(await body.count()).toBe(0);
		await page.reload();
		await page.getByText('a Viewer may not read what was refused').waitFor();
		await actAs('Zheng Ting', 'Chen Jing');
		await expect.poll(() => body.inputValue(), { timeout: 5_000 }).toContain('parrot');
		await context.close();
	});

	test('a paused quarantine stays as it is while the count in the navigation goes on', async () => {
		const refuse = async (id: string) =>
			expect(await send(stage.server.url, 'case.reported', { ...report(id), channel: 'owl' })).not.toBe(202);
		await refuse('C-before');
		const { page, context } = await stage.open('/en/quarantine?lane=live');
		const rows = page.getByRole('row');
		const badge = page.getByRole('navigation').getByRole('link', { name: /Quarantine/ });
		await badge.filter({ hasText: /\d/ }).waitFor();
		await page.keyboard.press('p');
		await page.waitForURL(/paused=1/);
		const [before, count] = [await rows.count(), await badge.innerText()];
		await refuse('C-paused');
		await expect.poll(() => badge.innerText(), { timeout: 5_000 }).not.toBe(count);
		expect(await rows.count()).toBe(before);
		await page.keyboard.press('p');
		await expect.poll(() => rows.count(), { timeout: 5_000 }).toBe(before + 1);
		await context.close();
	});

	test('a range with an end that was cleared says so', async () => {
		const { page, context } = await stage.open('/en/cases?lane=live');
		await page.getByRole('button', { name: /Time range/ }).click();
		await page.getByLabel('From').fill('');
		await page.getByRole('alert').filter({ hasText: 'Give both ends' }).waitFor();
		expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
		await context.close();
	});

	test('the palette finds a case whose number has spaces, and offers every person', async () => {
		const step = { caseId: 'Ticket B', activity: 'Resolve ticket' };
		expect(await send(stage.server.url, 'process.step', step, 'whatif:palette')).toBe(202);
		const { page, context } = await stage.open('/en/?lane=whatif:palette');
		await page.keyboard.press('Control+k');
		await page.getByRole('option', { name: /Zheng Ting/ }).waitFor();
		await page.keyboard.type('ticket b');
		await page.getByRole('option', { name: /Ticket B/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Ticket B' }).waitFor();
		await context.close();
	});

	test('nothing moves by itself for who asked for less motion', async () => {
		const { page, context } = await stage.open('/en/?lane=live', { reducedMotion: 'reduce' });
		await page.keyboard.press('Control+k');
		await page.getByRole('dialog').waitFor();
		const moving = await page.evaluate(
			() =>
				[...document.querySelectorAll('*')].filter((element) => {
					const { animationDuration, transitionDuration } = getComputedStyle(element);
					return `${animationDuration},${transitionDuration}`.split(',').some((text) => parseFloat(text) > 0);
				}).length
		);
		expect(moving).toBe(0);
		await context.close();
	});

	test('a page outlives its server: after a restart it shows the new state without a reload', async () => {
		const { page, context } = await stage.open('/en/cases?lane=live');
		await page.evaluate(() => Object.assign(window, { sameDocument: true }));
		const { port } = new URL(stage.server.url);
		await stage.server.stop('SIGKILL');
		await page
			.getByText('Connecting', { exact: true })
			.or(page.getByText('Disconnected', { exact: true }))
			.waitFor();
		await page.getByRole('link', { name: 'Log', exact: true }).click();
		await page.getByText(/this page stays as it is/).waitFor();
		stage.server = await serve(stage.dir, ['--no-demo', '--port', port]);
		expect(await send(stage.server.url, 'case.reported', report('C-after'))).toBe(202);
		await page.getByRole('link', { name: 'C-after' }).waitFor({ timeout: 10_000 });
		expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
		await context.close();
	});
});
