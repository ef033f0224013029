import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

const testing = process.env['VITEST'] !== undefined;

export default defineConfig(({ mode }) => ({
	plugins: testing
		? [svelte({ configFile: false, compilerOptions: { runes: true } })]
		: [
				tailwindcss(),
				paraglideVitePlugin({
					project: './project.inlang',
					outdir: './src/lib/i18n/paraglide',
					strategy: ['url', 'cookie', 'baseLocale']
				}),
				sveltekit()
			],
	resolve: testing
		? {
				conditions: ['browser'],
				alias: {
					'$app/state': fileURLToPath(new URL('tests/support/kit/state.ts', import.meta.url)),
					'$app/navigation': fileURLToPath(new URL('tests/support/kit/navigation.ts', import.meta.url))
				}
			}
		: {},
	build: { target: 'es2023', reportCompressedSize: false, assetsInlineLimit: 0 },
	test: {
		// At night the properties run longer and from a seed of the day.
		include: mode === 'nightly' ? ['tests/property/**/*.test.ts', 'tests/**/*.nightly.ts'] : ['tests/**/*.test.ts'],
		env: { HOTCARD_NIGHTLY: mode === 'nightly' ? '1' : '' },
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: mode === 'nightly' ? 900_000 : 180_000,
		hookTimeout: 240_000,
		reporters: ['default', './tests/reporter.ts'],
		setupFiles: ['./tests/setup.ts']
	}
}));
