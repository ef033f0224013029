import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

/** Compiles a module as a browser gets it, so that its effects run, and loads it here. Tests themselves are compiled for the server. */
export async function forBrowser<T>(entry: string): Promise<T> {
	const outDir = await mkdtemp(join(tmpdir(), 'hotcard-'));
	await build({
		configFile: false,
		logLevel: 'error',
		plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
		build: { outDir, minify: false, lib: { entry, formats: ['es'], fileName: () => 'stage.mjs' } }
	});
	try {
		return (await import(/* @vite-ignore */ join(outDir, 'stage.mjs'))) as T;
	} finally {
		await rm(outDir, { recursive: true, force: true });
	}
}
