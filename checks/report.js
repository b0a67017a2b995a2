'use strict';

const { version } = require('../package.json');
const { shown } = require('./requests');

/** @typedef {import('./types').Result} Result */
/** @typedef {import('./types').Outcome} Outcome */

const VERDICTS = /** @type {const} */ (['confirmed', 'different', 'not checked']);

/** @param {Outcome} outcome */
function summaryOf({ results }) {
	const counts = VERDICTS.map(
		(verdict) => `${results.filter((result) => result.verdict === verdict).length} ${verdict}`,
	);
	return `${results.length} facts: ${counts.join(', ')}.`;
}

/** @param {Outcome} outcome @returns {[heading: string, results: Result[]][]} */
function groupsOf({ results }) {
	const headings = [...new Set(results.map(({ from }) => from))];
	return headings.map((heading) => [heading, results.filter(({ from }) => from === heading)]);
}

/** What the user has to do or to know now. @param {Outcome} outcome */
function warningsOf({ ended, maybePinned }) {
	return [
		...(ended === undefined ? [] : [`The check ended early: ${ended}.`]),
		...(maybePinned ? ['The message may still be pinned: unpin it by hand.'] : []),
	];
}

/**
 * For the terminal.
 *
 * @param {Outcome} outcome
 * @returns {string[]} lines
 */
function linesOf(outcome) {
	const lines = [];
	for (const [heading, results] of groupsOf(outcome)) {
		lines.push(heading);
		for (const { verdict, fact, details } of results) {
			lines.push(`  ${verdict.padEnd(12)} ${fact}`);
			for (const detail of details) lines.push(`  ${''.padEnd(12)}   ${detail}`);
		}
		lines.push('');
	}
	lines.push('Open questions');
	for (const { question, answer } of outcome.observations) lines.push(`  ${question}: ${answer}`);
	return [...lines, '', ...warningsOf(outcome), summaryOf(outcome)];
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @param {Result} result */
function rowOf({ verdict, fact, standing, details, request }) {
	const mark = verdict === 'different' ? '**different**' : verdict;
	const cells = [
		mark,
		fact,
		standing,
		request ? `\`${shown(request)}\`` : 'all',
		details.join('; ').replaceAll('<', '&lt;'),
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

/**
 * For an issue: Markdown that holds nothing of the account.
 *
 * @param {Outcome} outcome
 * @param {{ date: Date, usualAddress: boolean }} about
 */
function reportOf(outcome, { date, usualAddress }) {
	const lines = [
		'# Check of the facts about the Ryze API',
		'',
		`n8n-nodes-ryzeapi ${version}, ${date.toISOString().slice(0, 10)}, at ` +
			`${usualAddress ? 'https://ryzeapi.cloud' : 'another address'}, ${outcome.sent} answers. ` +
			'A hidden word is shown as `…`.',
		'',
		[...warningsOf(outcome), summaryOf(outcome)].join(' '),
		'',
		'## Open questions',
		'',
		...outcome.observations.map(({ question, answer }) => `- ${question}: ${answer}`),
	];
	for (const [heading, results] of groupsOf(outcome)) {
		lines.push('', `## ${heading}`, '', '| Verdict | Fact | Standing | Request | Details |');
		lines.push('| --- | --- | --- | --- | --- |', ...results.map(rowOf));
	}
	lines.push('', '## Fields of the answers', '');
	const shapes = outcome.shapes.map(({ request, shape }) => {
		const { method, path, query } = request;
		return `- \`${shown({ method, path, query })}\`: \`${shape}\``;
	});
	lines.push(...new Set(shapes));
	return `${lines.join('\n')}\n`;
}

module.exports = { linesOf, reportOf };
