'use strict';

const os = require('node:os');
const path = require('node:path');
const { settingsOf } = require('./versions');

/*
 * Every environment variable of the rig.
 *
 * Read by the rig:
 *   RYZE_N8N_CACHE   folder that keeps the installed n8n versions and Node 24 between runs
 *                    (default: ~/.cache/n8n-nodes-ryzeapi; about 3 GB for each n8n version)
 *
 * Handed to n8n: the list in `n8nEnvironment`, and `settingsOf` in versions.js.
 */

/** What a started program may see of our own environment. n8n reads dozens of variables (N8N_*,
 * DB_*, EXECUTIONS_*, NODE_ENV=test from jest, HTTP_PROXY, ...), each of which would make a run
 * depend on the shell that it was started from. */
const PASSED_ON = ['HOME', 'LANG', 'LC_ALL', 'TMPDIR'];

/**
 * @returns {string} Absolute path of the folder that keeps what was installed.
 */
function cacheFolder() {
	const chosen = process.env.RYZE_N8N_CACHE;
	return chosen ? path.resolve(chosen) : path.join(os.homedir(), '.cache', 'n8n-nodes-ryzeapi');
}

/**
 * @param {string} nodeBin The Node.js that `node` shall mean: n8n starts its task runner by that
 * name, and npm runs on it.
 * @returns {string} A value for PATH.
 */
function pathWith(nodeBin) {
	return [path.dirname(nodeBin), process.env.PATH].filter(Boolean).join(path.delimiter);
}

/**
 * The environment of an n8n process: the same settings on every machine, nothing asked of the
 * internet, nothing listening beyond loopback.
 *
 * @param {object} options
 * @param {string} options.version n8n's.
 * @param {string} options.nodeBin Path of the Node.js that runs n8n.
 * @param {string} options.userFolder n8n keeps its database and packages in `.n8n` below it.
 * @param {number} options.port Port of editor, REST API and webhooks.
 * @param {number} options.brokerPort Port over which n8n talks to its own task runner.
 * @param {Record<string, string>} [options.env] Added last, so it wins.
 * @returns {Record<string, string>}
 */
function n8nEnvironment({ version, nodeBin, userFolder, port, brokerPort, env = {} }) {
	/** @type {Record<string, string>} */
	const passedOn = {};
	for (const name of PASSED_ON) {
		const value = process.env[name];
		if (value !== undefined) passedOn[name] = value;
	}
	return {
		...passedOn,
		PATH: pathWith(nodeBin),

		// Where it lives.
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false', // plain http, else no browser keeps the login
		GENERIC_TIMEZONE: 'UTC',

		// Our package is not a verified one; n8n 3 stops loading those unless it is told to.
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',

		// What would call out: telemetry, update checks, templates, banners, licence, and the
		// list of verified packages.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',

		// What would stand in a person's way, in the editor.
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		...settingsOf(version),
		...env,
	};
}

module.exports = { cacheFolder, n8nEnvironment, pathWith };
