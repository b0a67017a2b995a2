'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { mustRun, runCommand } = require('./command');
const { freePort } = require('./ports');
const { startServer } = require('./server');

/** Where Debian puts the versions that are installed. */
const VERSIONS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; Debian's package makes this user for it. */
const USER = 'postgres';

/**
 * Starts a PostgreSQL of our own on loopback, with an empty database in a temporary folder. One that
 * the machine runs as a service is neither used nor touched.
 *
 * @returns {Promise<{ port: number, user: string, database: string, stop: () => Promise<void> }>} It
 * takes any password. Rejects, saying how to get it, when it is not installed.
 */
async function startPostgres() {
	const bin = binFolder();
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-postgres-'));
	const removeFolder = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	try {
		const asUser = process.getuid?.() === 0 ? await handOver(folder) : [];
		const data = path.join(folder, 'data');
		const initdb = [path.join(bin, 'initdb'), '-D', data, '-U', USER, '-A', 'trust', '--no-sync'];
		const [program, ...options] = [...asUser, ...initdb];
		await mustRun(program, options, { cwd: folder });

		const port = await freePort();
		const settings = {
			listen_addresses: '127.0.0.1',
			port: String(port),
			unix_socket_directories: '', // A folder of the system by default, not ours to write in.
			fsync: 'off', // Nothing in it has to outlive the machine.
		};
		const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
		const isReady = [path.join(bin, 'pg_isready'), '-h', '127.0.0.1', '-p', String(port)];
		const end = await startServer(
			'PostgreSQL',
			[...asUser, path.join(bin, 'postgres'), '-D', data, ...args],
			folder,
			async () => (await runCommand(isReady[0], isReady.slice(1))).code === 0,
		);
		const stop = async () => {
			await end();
			removeFolder();
		};
		return { port, user: USER, database: 'postgres', stop };
	} catch (error) {
		removeFolder();
		throw error;
	}
}

/** @returns {string} Folder with the programs of the newest version that is installed. */
function binFolder() {
	const versions = fs.existsSync(VERSIONS) ? fs.readdirSync(VERSIONS) : [];
	const newest = versions
		.filter((version) => fs.existsSync(path.join(VERSIONS, version, 'bin', 'initdb')))
		.sort((a, b) => Number(b) - Number(a))[0];
	if (newest) return path.join(VERSIONS, newest, 'bin');
	throw new Error(
		`There is no PostgreSQL in ${VERSIONS}. ` +
			'Get it with: apt-get update && apt-get install -y postgresql',
	);
}

/**
 * Gives a folder of root's to the user that PostgreSQL runs as.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} What goes in front of a command that this user shall run.
 */
async function handOver(folder) {
	await mustRun('chown', [`${USER}:`, folder], { cwd: folder });
	return ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'];
}

module.exports = { startPostgres };
