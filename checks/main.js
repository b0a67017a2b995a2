/* The facts about the Ryze API, checked against the API itself: `npm run check:api`, see HELP. */
const { writeFileSync } = require('node:fs');
const { parseArgs } = require('node:util');
const { createPace } = require('./pace');
const { linesOf, reportOf } = require('./report');
const { CannotCheck, runChecks } = require('./run');

const USUAL_ADDRESS = 'https://ryzeapi.cloud';
const REPORT = 'ryze-api-report.md';

const HELP = `Checks the facts of docs/ryze-api.md against the Ryze API.

  RYZE_TOKEN=… RYZE_INSTANCE=… npm run check:api
      Only reads, and sends requests that Ryze has to refuse. Nobody sees
      anything of it, and nothing changes. About 40 requests in 20 seconds;
      it ends early rather than use up the rate limit of the token.

  RYZE_TOKEN=… RYZE_INSTANCE=… npm run check:api -- --message <ID>
      Also pins this message for 24 hours and unpins it at once. Everyone in
      its chat sees that. If it is pinned already, it is unpinned afterwards.

Environment
  RYZE_TOKEN         the token of the instance, or that of the account
  RYZE_INSTANCE      the name of the instance
  RYZE_BASE_URL      ${USUAL_ADDRESS} if not given

Options
  --message <ID>     a message that the instance has sent or received
  --report <file>    where the report goes; ${REPORT} if not given
  --help             this text

The report can be attached to an issue as it is. It and the output hold no
token, number, name, message, group or contact: of answers only the names and
types of fields, and of error sentences only the words of programs.

The exit code is 1 when something differs from the facts, and 2 when the check
could not be done or not be finished.`;

/** The user has to change the command. */
class UsageError extends Error {}

/** @param {string[]} args */
function optionsOf(args) {
	try {
		const { values } = parseArgs({
			args,
			options: {
				message: { type: 'string' },
				report: { type: 'string', default: REPORT },
				help: { type: 'boolean', short: 'h' },
			},
		});
		return values;
	} catch (error) {
		throw new UsageError(/** @type {Error} */ (error).message);
	}
}

/** @param {NodeJS.ProcessEnv} env @param {string} [message] @returns {import('./types').Caller} */
function callerOf(env, message) {
	const token = env.RYZE_TOKEN?.trim() ?? '';
	const instance = env.RYZE_INSTANCE?.trim() ?? '';
	const missing = [token === '' && 'RYZE_TOKEN', instance === '' && 'RYZE_INSTANCE'];
	const names = missing.filter(Boolean).join(' and ');
	if (names !== '') throw new UsageError(`${names} must be set in the environment.`);
	// The text itself must not be shown, as it may be a token with something pasted to it.
	if (!/^[!-~]+$/.test(token))
		throw new UsageError('RYZE_TOKEN holds a space or a letter that no token has.');
	if (message?.trim() === '') throw new UsageError('--message needs the ID of a message.');
	const address = env.RYZE_BASE_URL?.trim() || USUAL_ADDRESS;
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		throw new UsageError('RYZE_BASE_URL is no address that begins with https:// or http://.');
	}
	return { token, instance, message: message?.trim(), baseUrl: address.replace(/\/+$/, '') };
}

/** Our stand-in on this machine needs no consideration. @param {string} baseUrl */
const isHere = (baseUrl) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(baseUrl).hostname);

/** @returns {Promise<number>} the exit code */
async function main() {
	const { help, message, report } = optionsOf(process.argv.slice(2));
	if (help) {
		console.log(HELP);
		return 0;
	}
	const caller = callerOf(process.env, message);
	const stopping = new AbortController();
	// What was pinned is still unpinned; the second time, the process ends at once.
	process.once('SIGINT', () => stopping.abort());
	const pace = createPace(isHere(caller.baseUrl) ? { pause: 0 } : {});
	const outcome = await runChecks(caller, { pace, signal: stopping.signal });

	console.log(linesOf(outcome).join('\n'));
	const usualAddress = caller.baseUrl === USUAL_ADDRESS;
	writeFileSync(report, reportOf(outcome, { date: new Date(), usualAddress }));
	console.log(`The report is in ${report}.`);
	if (outcome.results.some(({ verdict }) => verdict === 'different')) return 1;
	return outcome.ended === undefined ? 0 : 2;
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(/** @type {Error} */ error) => {
		if (!(error instanceof UsageError || error instanceof CannotCheck)) throw error;
		console.error(error.message);
		if (error instanceof UsageError) console.error('`npm run check:api -- --help` tells more.');
		process.exitCode = 2;
	},
);
