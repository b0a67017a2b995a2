import areas from './test/mutation/areas.js';

const { mutate } = areas[process.env.RYZE_AREA];

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
			testMatch: ['<rootDir>/test/mutation/area.test.js'],
			// Jest looks through it before each run.
			roots: ['<rootDir>/test/mutation'],
			setupFiles: ['<rootDir>/test/mutation/quickProperties.js'],
			testEnvironment: './test/mutation/stopWhenNoticed.js',
		},
	},
	coverageAnalysis: 'perTest',
	// What takes longer hangs, and counts as noticed. A busy machine alone must not take that long.
	timeoutMS: 20_000,
	ignorePatterns: ['/docs/images', '/pictures', '/bench', '/test/e2e'],
	reporters: ['clear-text', 'progress-append-only'],
	clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
	thresholds: { high: 95, low: 90, break: 90 },
	// Made by test/mutation/run.js, with node_modules in it.
	tempDirName: process.env.RYZE_MUTATION_FOLDER,
	symlinkNodeModules: false,
};
