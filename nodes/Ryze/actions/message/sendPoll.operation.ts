import type { INodeProperties } from 'n8n-workflow';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { chatField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readNumber, readText } from '../shared/readers';
import { sendOptions, sendRequestOf } from '../shared/send';

/** How many options a poll of WhatsApp has (docs/ryze-api.md, "Send a poll"). */
const FEWEST = 2;
const MOST = 12;

const properties: INodeProperties[] = [
	chatField,
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Which day suits you?',
		builderHint: { propertyHint: 'Plain text in one line, without the options.' },
		description: 'What the poll asks',
	},
	{
		displayName: 'Poll Options',
		name: 'pollOptions',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Monday\nTuesday',
		builderHint: { propertyHint: '2 to 12, one on each line, all different; or a list of texts.' },
		description:
			'What people can choose: 2 to 12 options, one on each line. An expression can also return a list.',
	},
	{
		displayName: 'Max Answers',
		name: 'maxAnswers',
		type: 'number',
		default: 1,
		description: 'How many of the options each person can choose',
	},
];

/**
 * One option on each line, or a list from an expression. WhatsApp counts votes by the text of the
 * option, so no text may be there twice.
 *
 * @throws {RyzeError} `invalid-parameter`
 */
function readPollOptions(value: unknown): string[] {
	const name = 'Poll Options';
	const options = Array.isArray(value)
		? // Not `map`, which skips holes.
			Array.from(value, (each) => readText(name, each).trim())
		: readText(name, value)
				.split('\n')
				.map((line) => line.trim())
				.filter((line) => line !== '');
	if (options.length < FEWEST || options.length > MOST) {
		refuse(
			'invalid-parameter',
			`'${name}' must have ${FEWEST} to ${MOST} options, but has ${options.length}`,
			'Write one option on each line, or make the expression return a list of texts.',
		);
	}
	const twice = options.find((option, at) => options.indexOf(option) < at);
	if (twice !== undefined) {
		refuse(
			'invalid-parameter',
			`'${name}' has the option ${shown(twice)} twice`,
			'WhatsApp counts the votes by the text of each option, so make them all different.',
		);
	}
	return options;
}

/** @throws {RyzeError} `invalid-parameter` */
function readMaxAnswers(value: unknown): number {
	const name = 'Max Answers';
	const number = readNumber(name, value, 1, MOST);
	if (Number.isInteger(number)) return number;
	return refuse(
		'invalid-parameter',
		`'${name}' must be a whole number, but is ${shown(value)}`,
		`Set '${name}' to a whole number from 1 to ${MOST}.`,
	);
}

/** Sends a poll to a person, a group or a channel (docs/ryze-api.md, "Send a poll"). */
export const sendPoll: Operation = {
	entry: {
		name: 'Send Poll',
		value: 'sendPoll',
		action: 'Send WhatsApp poll',
		description:
			'Send a poll to a person, group or channel; the output has the ID of the new message',
	},
	properties,
	options: sendOptions,
	request: (read) =>
		sendRequestOf(read, '/api/message/poll', {
			question: readText('Question', read('question')).trim(),
			options: readPollOptions(read('pollOptions')),
			// Ryze lowers it to the number of options.
			maxAnswer: readMaxAnswers(read('maxAnswers')),
		}),
};
