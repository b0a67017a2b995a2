const fc = require('fast-check');

// Thousands of random runs for each change would take hours; and nobody reads the smallest example.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 50 });
