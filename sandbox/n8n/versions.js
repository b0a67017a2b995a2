'use strict';

/**
 * The n8n versions that the package is tried on, newest first: the one place that names them.
 *
 * 2.41.1 stands for the newest line, 1.123.81 for the oldest one that is still patched.
 */
const N8N_VERSIONS = ['2.41.1', '1.123.81'];

/**
 * The Node.js that every one of them runs on. n8n 2.36 and later ask for 24; 1.123 allows it; and
 * isolated-vm, a native add-on inside n8n, ships ready built for 24.
 */
const NODE_VERSION = '24.21.0';

/**
 * npm `overrides` for one n8n version; a version that is not listed needs none.
 *
 * @type {Record<string, Record<string, string>>}
 */
const OVERRIDES = {
	// It names xlsx by a web address outside the registry, which a closed network does not reach.
	'1.123.81': { xlsx: '0.18.5' },
};

/**
 * Settings that only one n8n version understands or needs; those for all are in environment.js.
 *
 * @type {Record<string, Record<string, string>>}
 */
const SETTINGS = {
	// This module asks n8n's servers for a list at every start. 1.x ends when told to leave it out.
	'2.41.1': { N8N_DISABLED_MODULES: 'mcp-registry' },
	// What 2.x does by itself: Code nodes run in a task runner, the command line can read the
	// database while n8n runs, and the file with the encryption key is for its owner only.
	'1.123.81': {
		N8N_RUNNERS_ENABLED: 'true',
		DB_SQLITE_POOL_SIZE: '2',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	},
};

module.exports = { N8N_VERSIONS, NODE_VERSION, OVERRIDES, SETTINGS };
