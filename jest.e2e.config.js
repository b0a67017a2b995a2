/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/support/freshDist.js',
	setupFilesAfterEnv: ['<rootDir>/test/support/secondTry.js'],
	testMatch: ['<rootDir>/test/e2e/**/*.test.js'],
	// The first start of an n8n version installs it, which takes about 5 minutes.
	testTimeout: 900_000,
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/support/plainSummary.js'],
};
