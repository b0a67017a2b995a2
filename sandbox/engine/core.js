const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core reads these as it is loaded. Else it would write a key into the user's own ~/.n8n, and
// report each failing node on the console.
process.env.N8N_USER_FOLDER ??= join(tmpdir(), 'n8n-nodes-ryzeapi');
process.env.N8N_ENCRYPTION_KEY ??= 'sandbox';
process.env.N8N_LOG_LEVEL ??= 'silent';

// n8n's dependency injection reads its types from here, so it has to come before n8n-core.
require('reflect-metadata');

module.exports = require('n8n-core');
