import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Visit {
	page: Page;
	context: BrowserContext;
	/** Console errors, page errors and requests that left the machine. */
	trouble: string[];
}

/** Opens a page in a context of its own, waits until it follows the server, and listens for trouble. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
	const page = await context.newPage();
	const trouble: string[] = [];
	page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
	page.on('pageerror', (error) => trouble.push(error.message));
	page.on('request', (request) => {
		const { hostname, protocol } = new URL(request.url());
		if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1')
			trouble.push(`left the machine: ${request.url()}`);
	});
	// A busy machine answers late while it writes the demo's history.
	const response = await page.goto(url, { waitUntil: 'load', timeout: 90_000 });
	expect(response?.status(), url).toBe(200);
	const live = (word: string) => page.getByText(word, { exact: true });
	await live('实时').or(live('Live')).first().waitFor({ timeout: 15_000 });
	return { page, context, trouble };
}

let sent = 0;

/** Hands an event to the server's door and answers its status. */
export async function send(
	url: string,
	name: string,
	data: object,
	lane = 'live',
	time = new Date().toISOString()
): Promise<number> {
	const event = {
		specversion: '1.0',
		id: `e2e-${process.pid}-${++sent}`,
		source: '/e2e',
		type: `com.hotcard.${name}.v1`,
		time,
		data
	};
	const answer = await fetch(`${url}/api/v1/events?lane=${lane}`, {
		method: 'POST',
		headers: { 'content-type': 'application/cloudevents+json' },
		body: JSON.stringify(event)
	});
	return answer.status;
}

/** What a report of a lost card tells. */
export const report = (caseId: string) => ({
	caseId,
	kind: 'formal',
	channel: 'counter',
	customerRef: `cst_${caseId}`,
	card: { token: 't', bin: '622848', last4: '6789' }
});
