import areas from './test/mutation/areas.js';

const { mutate, tests } = areas[process.env.RYZE_AREA];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: mutate.map((file) => `nodes/Ryze/${file}.ts`),
	// The tests run on dist. It is built once, with all changes in it.
	buildCommand: 'npm run --silent build',
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		// No test is related to a source file: they load dist.
		enableFindRelatedTests: false,
		config: {
			testMatch: tests.map((file) => `<rootDir>/test/${file}.test.js`),
			modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
		},
	},
	coverageAnalysis: 'perTest',
	ignorePatterns: ['/docs/images', '/pictures', '/bench'],
	reporters: ['clear-text'],
	clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
	thresholds: { high: 95, low: 90, break: 90 },
	tempDirName: '.stryker-tmp',
};
