import { AxeBuilder } from '@axe-core/playwright';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrivenLane } from '../../src/lib/protocol/lab.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Serving, serve } from '../support/command.ts';
import { eventually } from '../integration/server/support.ts';
import { visit } from './visit.ts';

let dir: string;
let server: Serving;
let browser: Browser;

const state = async (): Promise<DrivenLane> =>
	(await fetch(`${server.url}/api/v1/lab?lane=demo`)).json() as Promise<DrivenLane>;

beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'hotcard-simulator-'));
	[server, browser] = await Promise.all([serve(dir, []), launchBrowser()]);
	await eventually(async () => (await state()).phase === 'live');
});

afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await rm(dir, { recursive: true, force: true });
});

const open = (path: string, options: BrowserContextOptions = {}) => visit(browser, `${server.url}${path}`, options);

describe('the simulator on its page', () => {
	test('is paused, stepped and set going again by keyboard', async () => {
		const { page, context, trouble } = await open('/en/simulator');
		await page.keyboard.press('g');
		await page.keyboard.press('o');
		await page.waitForURL(/\/en\/?$/);
		await page.keyboard.press('g');
		await page.keyboard.press('s');
		await page.waitForURL(/\/en\/simulator/);
		await page.getByRole('button', { name: 'Pause', exact: true }).focus();
		await page.keyboard.press('Enter');
		await page.getByText('Paused', { exact: true }).waitFor();
		const pause = page.getByRole('button', { name: 'Pause', exact: true });
		expect(await pause.getAttribute('aria-pressed')).toBe('true');
		expect(await pause.evaluate((button) => button === document.activeElement)).toBe(true);
		const { laneNow, speed } = await state();
		expect(speed).toBe(0);
		await page.getByRole('button', { name: 'Step 1 h' }).focus();
		await page.keyboard.press('Enter');
		await eventually(async () => (await state()).laneNow === laneNow + 3_600_000);
		const own = page.getByLabel(/Another pace/);
		await own.fill('7.5');
		await page.keyboard.press('Enter');
		await page.getByText('7.5 s of the lane each second').waitFor();
		expect((await state()).speed).toBe(7.5);
		await page.getByRole('button', { name: '×60', exact: true }).click();
		await page.getByText('1 min of the lane each second').waitFor();
		expect(await page.getByRole('button', { name: 'Step 1 h' }).isDisabled()).toBe(true);
		expect(trouble).toEqual([]);
		await context.close();
	});

	test('has a fault injected in a province, lists it with the time it has, and ends it', async () => {
		const { page, context, trouble } = await open('/en/simulator');
		await page.getByRole('combobox', { name: /^Kind/ }).selectOption('staff-absence');
		await page.getByRole('combobox', { name: /^Where/ }).selectOption('provinces:浙江');
		await page.getByLabel('Strength, %').fill('60');
		await page.getByLabel('Lasts', { exact: true }).fill('6');
		await page.getByLabel('Full strength after', { exact: true }).fill('90');
		await page.getByRole('button', { name: 'Inject now' }).click();
		const row = page.getByRole('row', { name: /Staff absent/ });
		await row.getByText(/rising, [56] h/).waitFor();
		expect(await row.innerText()).toMatch(/Zhejiang · Tellers\s+60%/);
		await row.getByRole('button', { name: 'End now: Staff absent' }).click();
		await row.getByText('over').waitFor();
		expect((await state()).faults[0]).toMatchObject({ kind: 'staff-absence', strength: 0.6, active: false });

		await page.getByLabel('Full strength after', { exact: true }).fill('900');
		await page.getByRole('button', { name: 'Inject now' }).click();
		await page.getByText(/Refused: .*expected a ramp that is over before the fault ends/).waitFor();
		expect(trouble.filter((line) => !line.includes('422'))).toEqual([]);
		await context.close();
	});

	test('asks before another seed ends the open cases, and does nothing when that is called off', async () => {
		const { seed } = await state();
		const { page, context } = await open('/simulator');
		await page.getByRole('button', { name: '更换种子…' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByText(/件未结业务单将被取消/).waitFor();
		await dialog.getByLabel('种子').fill('1.5');
		expect(await dialog.getByRole('button', { name: /件并接管/ }).isDisabled()).toBe(true);
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
		expect(await state()).toMatchObject({ seed, phase: 'live' });
		await context.close();
	});

	test('is shown to others as it is, with the reason why they may not touch it', async () => {
		const { page, context } = await open('/en/simulator');
		await context.addCookies([{ name: 'hc_actor', value: 'V001', url: server.url }]);
		await page.reload();
		await page.getByText(/a Viewer may look, but not control a lane/).waitFor();
		for (const name of ['Pause', '×60', 'New seed…', 'Inject now'])
			expect(await page.getByRole('button', { name, exact: true }).isDisabled(), name).toBe(true);
		await context.close();
	});

	test('says of the live lane that nobody drives it, and leads to the one that is driven', async () => {
		const { page, context } = await open('/en/simulator?lane=live');
		await page.getByText(/Nobody drives this lane/).waitFor();
		await page.getByRole('link', { name: 'Open the demo lane' }).click();
		await page.getByText('Running', { exact: true }).waitFor();
		await context.close();
	});

	test.each(['light', 'dark'] as const)(
		'passes the accessibility rules with faults in the %s theme',
		async (colorScheme) => {
			const { page, context } = await open('/en/simulator', { colorScheme });
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
			await context.close();
		}
	);

	test('keeps what it knew while the server is lost, says since when, and that nothing can be asked', async () => {
		const { page, context } = await open('/en/simulator');
		await server.stop();
		await page.getByText('Disconnected', { exact: true }).waitFor({ timeout: 30_000 });
		await page
			.getByText(/no update since \d\d:\d\d:\d\d/)
			.first()
			.waitFor({ timeout: 30_000 });
		expect(await page.getByRole('row', { name: /Staff absent/ }).count()).toBe(1);
		await page.getByRole('button', { name: '×10', exact: true }).click();
		await page.getByText(/Refused: the server cannot be reached/).waitFor();
		await context.close();
	});
});
