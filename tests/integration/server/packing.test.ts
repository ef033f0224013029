import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Serving } from '../../support/command.ts';
import { folder } from './support.ts';

let data: Awaited<ReturnType<typeof folder>>;
let server: Serving;

beforeAll(async () => {
	data = await folder('packing');
	server = await serve(data.path);
});
afterAll(async () => {
	await server.stop();
	await data.remove();
});

/** How an answer is packed, and its bytes on the wire; the built-in `fetch` would unpack it unseen. */
function asked(path: string, accepted: string): Promise<{ packed: string | undefined; bytes: number }> {
	return new Promise((resolve, reject) => {
		const options = { headers: { 'accept-encoding': accepted, accept: 'text/html' } };
		request(`${server.url}${path}`, options, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve({ packed: response.headers['content-encoding'], bytes }));
			response.on('error', reject);
		})
			.on('error', reject)
			.end();
	});
}

test('pages and views are packed as the reader accepts it, and sent as they are to others', async () => {
	for (const path of ['/en/cases', '/api/v1/views/overview?lane=live']) {
		const plain = await asked(path, 'identity');
		expect(plain.packed).toBeUndefined();
		for (const way of ['br', 'gzip']) {
			const packed = await asked(path, way);
			expect(packed.packed).toBe(way);
			expect(packed.bytes).toBeLessThan(plain.bytes / 2);
		}
	}
});
