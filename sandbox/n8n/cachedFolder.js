'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

/** File that says what the folder holds. It is written last. */
const MARKER = '.ryze-installed';

/** Milliseconds that another process may take to fill the same folder. */
const OTHER_MAX_MS = 20 * 60_000;

/**
 * Makes sure that a folder of the cache holds what `recipe` describes. It is filled under another
 * name and renamed at the end, so that nobody ever sees it half filled, however the filling ended.
 *
 * @param {string} folder Absolute path.
 * @param {string} recipe Text that changes when the content has to change.
 * @param {(folder: string) => Promise<void>} fill Fills the empty folder that it is handed.
 * @param {(line: string) => void} log
 * @returns {Promise<void>} Rejects with what `fill` rejects with.
 */
async function ensureFolder(folder, recipe, fill, log) {
	if (holds(folder, recipe)) return;
	await waitForOthers(folder, log);
	if (holds(folder, recipe)) return;

	const partial = `${folder}.partial-${process.pid}`;
	fs.mkdirSync(partial, { recursive: true });
	try {
		await fill(partial);
		fs.writeFileSync(path.join(partial, MARKER), recipe);
		if (!holds(folder, recipe)) {
			fs.rmSync(folder, { recursive: true, force: true });
			fs.renameSync(partial, folder);
		}
	} finally {
		fs.rmSync(partial, { recursive: true, force: true });
	}
}

/**
 * @param {string} folder
 * @param {string} recipe
 */
function holds(folder, recipe) {
	try {
		return fs.readFileSync(path.join(folder, MARKER), 'utf8') === recipe;
	} catch {
		return false;
	}
}

/**
 * Waits while another live process fills the folder; what a dead one left is removed.
 *
 * @param {string} folder
 * @param {(line: string) => void} log
 */
async function waitForOthers(folder, log) {
	const prefix = `${path.basename(folder)}.partial-`;
	const giveUpAt = Date.now() + OTHER_MAX_MS;
	let said = false;
	for (;;) {
		const parent = path.dirname(folder);
		fs.mkdirSync(parent, { recursive: true });
		const alive = [];
		for (const name of fs.readdirSync(parent)) {
			if (!name.startsWith(prefix)) continue;
			const pid = Number(name.slice(prefix.length));
			if (pid !== process.pid && isAlive(pid)) alive.push(pid);
			else fs.rmSync(path.join(parent, name), { recursive: true, force: true });
		}
		if (alive.length === 0) return;
		if (Date.now() > giveUpAt) {
			throw new Error(
				`Process ${alive[0]} has been filling ${folder} for too long. If it is no install of ` +
					`this package, delete ${folder}.partial-${alive[0]} and start again.`,
			);
		}
		if (!said) log(`Process ${alive[0]} is installing ${path.basename(folder)}; waiting for it.`);
		said = true;
		await sleep(1_000);
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

module.exports = { ensureFolder };
