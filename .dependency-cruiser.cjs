/** The arrows of the architecture; `comment` is what a developer reads when one is turned round. */
const only = (name, from, allowed, comment) => ({
	name,
	severity: 'error',
	comment,
	from: { path: from },
	to: { path: '^(src|simulator|analytics)/', pathNot: [from, ...allowed] }
});

module.exports = {
	forbidden: [
		only(
			'domain-imports-nothing',
			'^src/lib/domain/',
			[],
			'The domain is the language everything else speaks: it points nowhere.'
		),
		only(
			'protocol-imports-domain',
			'^src/lib/protocol/',
			['^src/lib/domain/'],
			'What crosses the socket is described in words of the domain only.'
		),
		only(
			'kernel-imports-nothing',
			'^simulator/(kernel|random)/',
			['^simulator/(kernel|random)/'],
			'The kernel knows no bank: it must stand on its own.'
		),
		only(
			'simulator-imports-domain',
			'^simulator/',
			['^src/lib/domain/'],
			'Simulator and the rest meet only through events.'
		),
		only(
			'analytics-imports-domain',
			'^analytics/',
			['^src/lib/domain/', '^src/lib/protocol/'],
			'Analytics reads events; it knows neither server nor simulator.'
		),
		only('charts-import-nothing', '^src/lib/charts/', [], 'Charts are domain-free.'),
		only(
			'live-imports',
			'^src/lib/live/',
			['^src/lib/(domain|protocol)/'],
			'Browser state may know the domain and the protocol, never the server.'
		),
		only(
			'i18n-imports-domain',
			'^src/lib/i18n/',
			['^src/lib/domain/', '^src/lib/protocol/'],
			'Messages know types only.'
		),
		only(
			'components-import',
			'^src/lib/components/',
			['^src/lib/(domain|protocol|live|charts|i18n)/'],
			'Components are browser code: the server is out of reach.'
		),
		only(
			'log-imports-domain',
			'^src/lib/server/log/',
			['^src/lib/domain/'],
			'The log knows events, not what is made of them.'
		),
		{
			name: 'only-compose-names-adapters',
			severity: 'error',
			comment:
				'Adapters are chosen in compose.ts alone, so that tests can build the application with others; the threads of the engine are entries of their own.',
			from: {
				path: '^src/',
				pathNot: [
					'^src/lib/server/compose\\.ts$',
					'^src/lib/server/log/',
					'^src/lib/server/live/worker\\.ts$',
					'^src/lib/server/live/project/shard-worker\\.ts$'
				]
			},
			to: { path: '^src/lib/server/log/(sqlite|memory|jetstream)' }
		},
		{
			name: 'no-cycles',
			severity: 'error',
			comment: 'A cycle means two modules that are one.',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.node.json' },
		enhancedResolveOptions: {
			extensions: ['.ts', '.js', '.svelte', '.svelte.ts'],
			exportsFields: ['exports'],
			conditionNames: ['import', 'svelte', 'default']
		},
		exclude: { path: '(paraglide|\\.svelte-kit)' }
	}
};
