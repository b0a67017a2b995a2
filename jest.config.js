const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/support/freshDist.js',
	// The end-to-end tests need a real n8n and have a command of their own.
	testMatch: ['<rootDir>/test/{unit,engine,sandbox,package}/**/*.test.js'],
	// Unless told so, jest leaves one processor idle, which is half of a small machine. Some more than
	// there are processors, as many tests wait for a server or a timer (94 s, and 123 s with as many).
	maxWorkers: Math.ceil(availableParallelism() * 1.5),
	// A test that hangs fails; how fast the machine is decides nothing.
	testTimeout: 600_000,
	// All of it is CommonJS already.
	transform: {},
	// At its end a worker frees half a gigabyte, for which half a second, the default, is too short on a
	// busy machine. No test file leaves anything behind that keeps a worker alive.
	workerGracefulExitTimeout: 60_000,
	testSequencer: '<rootDir>/test/support/slowFirst.js',
	reporters: ['default', '<rootDir>/test/support/plainSummary.js'],
};
