const { dest, src } = require('gulp');

/* What is in dist: few files with the code of the package, and what n8n looks for beside them. */

/** All but the node files and the credential themselves. */
const SHARED = /nodes[\\/]Ryze[\\/].+[\\/]/;

/**
 * Joins the files of nodes/ that are loaded together. As a file each, the two nodes take a third longer
 * to load and a tenth more room.
 */
exports['build:js'] = async () => {
	const { build } = await import('rolldown');
	await build({
		input: {
			'credentials/RyzeApi.credentials': 'credentials/RyzeApi.credentials.ts',
			'nodes/Ryze/Ryze.node': 'nodes/Ryze/Ryze.node.ts',
			'nodes/Ryze/RyzeTrigger.node': 'nodes/Ryze/RyzeTrigger.node.ts',
		},
		// n8n brings n8n-workflow; the rest is Node.js's own.
		external: /^[^./]/,
		platform: 'node',
		tsconfig: false,
		transform: { target: 'es2022' },
		output: {
			dir: 'dist',
			format: 'cjs',
			comments: false,
			chunkFileNames: 'nodes/Ryze/[name].js',
			minifyInternalExports: false,
			codeSplitting: {
				groups: [
					// Its own file, as the tests set the clock.
					{ name: 'clock', test: /transport[\\/]clock\.ts$/, priority: 3 },
					// What n8n loads when it starts; and what is loaded when a node runs for the first time.
					{ name: 'descriptions', test: SHARED, tags: ['$initial'], priority: 2 },
					{ name: 'execution', test: SHARED, priority: 1 },
				],
			},
		},
	});
};

exports['build:icons'] = () =>
	// Without this encoding gulp 5 would rewrite the bytes of a binary icon.
	src('icons/**/*.svg', { encoding: false }).pipe(dest('dist/icons'));

exports['build:json'] = () => src('nodes/**/*.json').pipe(dest('dist/nodes'));
