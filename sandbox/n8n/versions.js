'use strict';

const { execFileSync } = require('node:child_process');

/**
 * The n8n versions that the package is tried on, newest first: the one place that names them.
 *
 * 2.41.1 stands for the newest line, 1.123.81 for the oldest one that is still patched.
 */
const N8N_VERSIONS = ['2.41.1', '1.123.81'];

/**
 * Versions in between, on which only what is most likely to differ is tried: 2.20.12, of a line that
 * is still patched and runs on Node.js 22, and 2.0.3, of the first line of 2.x.
 *
 * `RYZE_N8N_VERSIONS` names others instead, such as `latest` or `2.40.7,2.30.8`.
 */
const OTHER_N8N_VERSIONS = (process.env.RYZE_N8N_VERSIONS ?? '2.20.12,2.0.3')
	.split(',')
	.map((version) => (version === 'latest' ? newestVersion() : version));

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
	// They name xlsx by a web address outside the registry, which a closed network does not reach.
	'1.123.81': { xlsx: '0.18.5' },
	'2.20.12': { xlsx: '0.18.5' },
	'2.0.3': { xlsx: '0.18.5' },
};

/** This module asks n8n's servers for a list at every start. Older ones end when told to leave it out. */
const WITHOUT_LIST = { N8N_DISABLED_MODULES: 'mcp-registry' };

/**
 * Settings that only one n8n version understands or needs; those for all are in environment.js.
 *
 * @type {Record<string, Record<string, string>>}
 */
const SETTINGS = {
	'2.41.1': WITHOUT_LIST,
	// What 2.x does by itself: Code nodes run in a task runner, the command line can read the
	// database while n8n runs, and the file with the encryption key is for its owner only.
	'1.123.81': {
		N8N_RUNNERS_ENABLED: 'true',
		DB_SQLITE_POOL_SIZE: '2',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	},
	'2.20.12': {},
	'2.0.3': {},
};

/** @param {string} version @returns {Record<string, string>} of a version that is not listed: the newest */
const settingsOf = (version) => SETTINGS[version] ?? WITHOUT_LIST;

/** @returns {string} the n8n that the registry gives to whoever asks for no version */
function newestVersion() {
	return execFileSync('npm', ['view', 'n8n@latest', 'version'], { encoding: 'utf8' }).trim();
}

module.exports = { N8N_VERSIONS, NODE_VERSION, OTHER_N8N_VERSIONS, OVERRIDES, settingsOf };
