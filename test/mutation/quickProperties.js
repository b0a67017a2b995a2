const fc = require('fast-check');

// Thousands of random runs for each change would take hours; and nobody reads the smallest example.
// A second is enough for many runs on a busy machine too: a property that was interrupted before
// its first run would fail, and count as a change that a test has noticed.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 1_000 });
