import { describe, expect, test } from 'vitest';
import { useStage } from './stage.ts';
import { report, send } from './visit.ts';

const stage = useStage();

describe('the list of cases', () => {
	test('the list of cases is used with the keyboard alone', async () => {
		for (const id of ['C-key-1', 'C-key-2'])
			expect(await send(stage.server.url, 'case.reported', report(id))).toBe(202);
		const { page, context } = await stage.open('/en/cases?lane=live&sort=case');
		await page.getByRole('link', { name: 'C-key-2' }).waitFor();
		await page.keyboard.press('/');
		await page.keyboard.type('c-key');
		await page.waitForURL(/text=c-key/);
		await page.keyboard.press('Escape');
		await page.getByText('2 cases').waitFor();
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.waitForURL(/selected=C-key-2/);
		await page.keyboard.press('k');
		await page.waitForURL(/selected=C-key-1/);
		await page.keyboard.press('o');
		await page.getByRole('row', { name: /C-key-1.*Chen Jing/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.waitForURL(/\/en\/cases\/C-key-1/);
		await context.close();
	});

	test('g o leads from the list to the Overview and gives the chosen case to nobody', async () => {
		expect(await send(stage.server.url, 'case.reported', report('C-chord'))).toBe(202);
		const { page, context } = await stage.open('/en/cases?lane=live&text=C-chord');
		await page.getByRole('link', { name: 'C-chord' }).waitFor();
		const asked: string[] = [];
		page.on('request', (request) => request.url().endsWith('/commands') && asked.push(request.url()));
		await page.keyboard.press('j');
		await page.waitForURL(/selected=C-chord/);
		await page.keyboard.press('g');
		await page.keyboard.press('o');
		await page.waitForURL(/\/en\/?\?lane=live$/);
		await page.goBack();
		await page.locator('[role=row][aria-selected=true]', { hasText: 'C-chord' }).waitFor();
		await page.keyboard.press('?');
		await page.getByRole('checkbox').uncheck();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.keyboard.press('o');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'C-chord' }).waitFor();
		expect(asked).toEqual([]);
		await context.close();
	});

	test('a case taken over from somebody is given back with one press', async () => {
		expect(await send(stage.server.url, 'case.reported', report('C-undo'))).toBe(202);
		const owned = { caseId: 'C-undo', owner: 'S001', by: 'S001' };
		expect(await send(stage.server.url, 'case.assigned', owned)).toBe(202);
		const { page, context } = await stage.open('/en/cases?lane=live&text=C-undo');
		await page.getByRole('row', { name: /C-undo.*Wang Lei/ }).click();
		await page.keyboard.press('o');
		await page.getByRole('row', { name: /C-undo.*Chen Jing/ }).waitFor();
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.getByRole('row', { name: /C-undo.*Wang Lei/ }).waitFor();
		await page.getByText('C-undo is with Wang Lei again').waitFor();
		await context.close();
	});

	test('a case leads back to its list with filters, order and what was chosen, and says which text is too long', async () => {
		expect(await send(stage.server.url, 'case.reported', report('C-back'))).toBe(202);
		const { page, context } = await stage.open('/en/cases?lane=live&status=all&sort=case&text=C-back');
		await page.getByRole('link', { name: 'C-back' }).click();
		await page.getByRole('heading', { name: 'C-back' }).waitFor();
		await page.goBack();
		await page.locator('[role=row][aria-selected=true]', { hasText: 'C-back' }).waitFor();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Prioritise' }).click();
		const reason = page.getByRole('textbox', { name: /[Rr]eason/ });
		await reason.pressSequentially('x'.repeat(90));
		expect((await reason.inputValue()).length).toBe(80);
		await page.getByRole('link', { name: /Back to the list/ }).click();
		await page.locator('[role=row][aria-selected=true]', { hasText: 'C-back' }).waitFor();
		const { searchParams } = new URL(page.url());
		expect(['status', 'sort', 'text', 'selected'].map((key) => searchParams.get(key))).toEqual([
			'all',
			'case',
			'C-back',
			'C-back'
		]);
		await context.close();
	});

	test('a paused list shows rows that are scrolled to, and keys go on from those in sight', async () => {
		const batch = Array.from({ length: 400 }, (_, at) => ({
			specversion: '1.0',
			id: `long-${at}`,
			source: '/e2e',
			type: 'com.hotcard.case.reported.v1',
			time: new Date().toISOString(),
			data: report(`L-${String(at).padStart(3, '0')}`)
		}));
		const answer = await fetch(`${stage.server.url}/api/v1/events?lane=whatif:long`, {
			method: 'POST',
			headers: { 'content-type': 'application/cloudevents-batch+json' },
			body: JSON.stringify(batch)
		});
		expect(answer.status).toBe(202);
		const { page, context } = await stage.open('/en/cases?lane=whatif:long&text=L-&sort=case');
		await page.getByText('400 cases').waitFor();
		await page.keyboard.press('p');
		await page.waitForURL(/paused=1/);
		const list = page.getByRole('grid').getByRole('rowgroup').last();
		await list.evaluate((box) => (box.scrollTop = 300 * 36));
		await page.getByRole('link', { name: 'L-305' }).waitFor();
		await page.keyboard.press('j');
		await page.waitForURL(/selected=L-300/);
		await page.keyboard.press('j');
		await page.waitForURL(/selected=L-301/);
		const grid = page.getByRole('grid');
		expect(await grid.evaluate((element) => document.activeElement === element)).toBe(true);
		const active = await grid.getAttribute('aria-activedescendant');
		expect(await page.locator(`#${active}`).innerText()).toContain('L-301');
		await context.close();
	});
});
