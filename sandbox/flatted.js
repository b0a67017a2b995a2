'use strict';

/** The format in which n8n stores the data of an execution: one object can be in several places. */
// @ts-expect-error Its types know only of the ES module, though it comes as CommonJS too.
module.exports = require('flatted');
