const fc = require('fast-check');

// Thousands of random runs for each change would take hours, and nobody reads the smallest example.
// A busy machine interrupts a property that asks for more runs itself; one that was interrupted
// before its first run would fail, and count as a change that a test has noticed.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 5_000, numRuns: 20, seed: 1 });
