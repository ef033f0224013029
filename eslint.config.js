import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const CLOCK =
	'Ask the injected Clock: only server/clock.ts, live/clock.svelte.ts and the random module touch the system.';
const banned = [
	{ selector: "MemberExpression[object.name='Date'][property.name='now']", message: CLOCK },
	{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
	{
		selector: "MemberExpression[object.name='Math'][property.name='random']",
		message: 'Chance is seeded: take an Rng.'
	},
	{ selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]', message: CLOCK },
	{ selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
];

export default ts.config(
	{ ignores: ['node_modules/', 'build/', '.svelte-kit/', 'src/lib/i18n/paraglide/', 'coverage/', 'test-results/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig, extraFileExtensions: ['.svelte'] } }
	},
	{
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/**/*.{ts,svelte}', 'simulator/**/*.ts', 'analytics/**/*.ts'],
		rules: { 'no-restricted-syntax': ['error', ...banned], 'max-lines': ['error', { max: 400 }] }
	},
	{ files: ['src/**/*.svelte'], rules: { 'max-lines': ['error', { max: 250 }] } },
	{ files: ['src/routes/**/*.server.ts', 'src/routes/**/+server.ts'], rules: { 'max-lines': ['error', { max: 80 }] } },
	{
		files: ['src/lib/server/clock.ts', 'src/lib/live/clock.svelte.ts', 'src/params/**', 'src/hooks*.ts'],
		rules: { 'no-restricted-syntax': ['error', banned.at(-1)] }
	}
);
