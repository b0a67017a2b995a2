import areas from './test/mutation/areas.js';

const { mutate, tests } = areas[process.env.RYZE_AREA];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: mutate.map((file) => `nodes/Ryze/${file}.ts`),
	// The tests load what is built. It is built once, with all changes in it.
	buildCommand: 'npm run --silent build',
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		// No test is related to a source file: they load what is built.
		enableFindRelatedTests: false,
		config: {
			testMatch: tests.map((file) => `<rootDir>/test/${file}.test.js`),
			setupFiles: ['<rootDir>/test/mutation/quickProperties.js'],
		},
	},
	coverageAnalysis: 'perTest',
	// What takes longer hangs, and counts as noticed. A busy machine alone must not take that long.
	timeoutMS: 60_000,
	ignorePatterns: ['/docs/images', '/pictures', '/bench', '/test/e2e'],
	reporters: ['clear-text', 'progress-append-only'],
	clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
	thresholds: { high: 95, low: 90, break: 90 },
	// Made by test/mutation/run.js, with node_modules in it.
	tempDirName: process.env.RYZE_MUTATION_FOLDER,
	symlinkNodeModules: false,
};
