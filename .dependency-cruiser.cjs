/** What is built and packed. */
const PACKED = '^(nodes|credentials)/';

/**
 * Which file of the package may import which. The floors of nodes/Ryze, from top to bottom:
 *
 *   *.node.ts  →  actions | trigger | wait | methods  →  transport | events  →  errors | whatsapp
 *
 * An import goes down, never up, and never across between the rooms of a floor.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'errors-is-the-lowest-floor',
			comment: 'errors/ imports nothing of the package but itself.',
			severity: 'error',
			from: { path: '^nodes/Ryze/errors/' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/errors/' },
		},
		{
			name: 'whatsapp-imports-nothing',
			comment: 'whatsapp/ knows IDs and phone numbers, and imports nothing but itself.',
			severity: 'error',
			from: { path: '^nodes/Ryze/whatsapp/' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/whatsapp/' },
		},
		{
			name: 'transport-and-events-import-only-the-lowest-floor',
			comment: 'transport/ and events/ import only themselves, errors/ and whatsapp/.',
			severity: 'error',
			from: { path: '^nodes/Ryze/(transport|events)/' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/($1|errors|whatsapp)/' },
		},
		{
			name: 'no-import-across-or-up',
			comment:
				'actions/, trigger/, wait/ and methods/ import only themselves and the floors below; what two of them need belongs there.',
			severity: 'error',
			from: { path: '^nodes/Ryze/(actions|trigger|wait|methods)/' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/($1|transport|events|errors|whatsapp)/' },
		},
		{
			name: 'nodes-import-only-the-floor-below',
			comment: 'The two node files are thin: they import actions/, trigger/, wait/ and methods/.',
			severity: 'error',
			from: { path: '^nodes/Ryze/[^/]+$' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/(actions|trigger|wait|methods)/' },
		},
		{
			name: 'credentials-import-only-errors',
			comment: 'credentials/ shares with the nodes what errors mean, and nothing else.',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: PACKED, pathNot: '^nodes/Ryze/errors/' },
		},
		{
			name: 'nothing-of-development',
			comment: 'What is packed must not need what is not packed.',
			severity: 'error',
			from: { path: PACKED },
			to: { path: '^(sandbox|test|bench)/' },
		},
		{
			name: 'no-runtime-dependencies',
			comment: "n8n provides n8n-workflow; nothing else is there but Node's own modules.",
			severity: 'error',
			from: { path: PACKED },
			to: {
				dependencyTypesNot: ['core'],
				pathNot: '^(nodes|credentials|sandbox|test|bench)/|/n8n-workflow/',
			},
		},
		{
			name: 'not-resolvable',
			comment: 'There is no such file or package.',
			severity: 'error',
			from: { path: PACKED },
			to: { couldNotResolve: true },
		},
		{
			name: 'no-circular',
			comment: 'Files that import each other can only be understood together.',
			severity: 'error',
			from: { path: PACKED },
			to: { circular: true },
		},
	],
	options: {
		// Types count as well: a type from above is knowledge from above.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
	},
};
