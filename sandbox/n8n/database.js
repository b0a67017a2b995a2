'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { lastLines, runCommand } = require('./command');
const { installN8n } = require('./install');
const { spawnGroup, stopGroup } = require('./processGroup');

/*
 * The SQLite database of an n8n, used from outside while n8n runs. That is done by the Node.js that
 * runs n8n: it always brings SQLite along, and ours may be older.
 */

/** Milliseconds that n8n gets to finish what it is writing. */
const WAIT_MS = 10_000;
/** Milliseconds that the program which holds the lock gets to end. */
const STOP_GRACE_MS = 2_000;

const OPEN = `
	const { DatabaseSync } = require('node:sqlite');
	globalThis.database = new DatabaseSync(process.argv[1], { timeout: ${WAIT_MS} });
`;
const COPY = `${OPEN} database.prepare('VACUUM INTO ?').run(process.argv[2]);`;
const LOCK = `${OPEN} database.exec('BEGIN IMMEDIATE'); console.log('locked'); setInterval(() => {}, 1e6);`;

/** @typedef {{ version: string, userFolder: string }} N8n */

/** @param {string} userFolder */
const databaseOf = (userFolder) => path.join(userFolder, '.n8n', 'database.sqlite');

/** @param {string} script @param {string[]} args */
const scriptArgs = (script, ...args) => ['--no-warnings', '-e', script, ...args];

/**
 * Copies the database as it is at one moment.
 *
 * @param {N8n} n8n
 * @param {string} copyFolder User folder of the copy.
 */
async function copyDatabase({ version, userFolder }, copyFolder) {
	const { nodeBin } = await installN8n(version);
	const copy = databaseOf(copyFolder);
	fs.mkdirSync(path.dirname(copy), { recursive: true });
	const done = await runCommand(nodeBin, scriptArgs(COPY, databaseOf(userFolder), copy));
	if (done.code !== 0) {
		throw new Error(`The database could not be copied:\n${lastLines(done.stderr)}`);
	}
}

/**
 * Lets n8n read its database, but not write into it: it waits for a second, then fails.
 *
 * @param {N8n} n8n
 * @returns {Promise<() => Promise<void>>} Ends it. May be called again.
 */
async function lockDatabase({ version, userFolder }) {
	const { nodeBin } = await installN8n(version);
	const child = spawnGroup(nodeBin, scriptArgs(LOCK, databaseOf(userFolder)));
	await new Promise((resolve, reject) => {
		let problem = '';
		child.stderr.setEncoding('utf8').on('data', (text) => (problem += text));
		child.stdout.once('data', resolve);
		child.once('error', reject);
		child.once('close', () => {
			reject(new Error(`The database could not be locked:\n${lastLines(problem)}`));
		});
	});
	return async () => await stopGroup(child, STOP_GRACE_MS);
}

module.exports = { copyDatabase, lockDatabase };
