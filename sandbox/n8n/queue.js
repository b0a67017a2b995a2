'use strict';

const { environmentOf, readServices } = require('./compose');
const { startProcess } = require('./n8nProcess');
const { freePort } = require('./ports');
const { startPostgres } = require('./postgres');
const { startRedis } = require('./redis');
const { startRig } = require('./rig');

/** What a worker prints when it takes executions. */
const READY_LINE = 'n8n worker is now ready';
/** What it prints for each that it takes. */
const TAKEN_LINE = /Worker started execution/g;

/** @typedef {Awaited<ReturnType<typeof startQueueRig>>} QueueRig */

/**
 * A real n8n in queue mode: a main process that takes the calls and workers that run the workflows,
 * with Redis in between, with the settings of docs/compose.yaml.
 *
 * The database is a PostgreSQL. On SQLite n8n 2.41.1 starts in queue mode as well, with a warning, but
 * lost up to 3 of 150 executions to "SQLITE_BUSY: database is locked". All processes share one user
 * folder, so that the package is only installed once.
 *
 * @param {object} options
 * @param {string} options.version See `N8N_VERSIONS`.
 * @param {number} [options.workerCount]
 * @param {(line: string) => void} [options.log]
 */
async function startQueueRig({ version, workerCount = 2, log = () => {} }) {
	/** @type {Array<() => Promise<void>>} What to end, in this order. */
	const stops = [];
	const stop = async () => {
		for (const end of stops.splice(0)) await end();
	};

	try {
		const redis = await startRedis();
		stops.unshift(redis.stop);
		const postgres = await startPostgres();
		stops.unshift(postgres.stop);
		const secrets = { N8N_ENCRYPTION_KEY: 'sandbox', POSTGRES_PASSWORD: 'any' };
		const { WEBHOOK_URL, ...settings } = environmentOf('n8n', secrets);
		// Where the two are on this machine.
		const port = await freePort();
		const env = {
			// Else a worker, which does not listen, would make links that lead to itself.
			WEBHOOK_URL: `http://127.0.0.1:${port}/`,
			...settings,
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
		};
		const rig = await startRig({ version, port, env, log });
		stops.unshift(rig.stop);

		/** @type {import('./n8nProcess').N8nProcess[]} */
		const workers = [];
		while (workers.length < workerCount) {
			log(`Starting worker ${workers.length + 1} …`);
			const worker = await startProcess({
				version,
				command: [String(readServices().worker.command)],
				userFolder: rig.userFolder,
				port: 0, // A worker does not listen.
				env,
				log,
				isReady: (output) => output.includes(READY_LINE),
			});
			workers.push(worker);
			stops.unshift(worker.stop);
		}

		return {
			...rig,
			stop,
			/** @returns {number[]} How many executions each worker has taken. */
			taken: () => workers.map(({ output }) => output().match(TAKEN_LINE)?.length ?? 0),
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

module.exports = { startQueueRig };
