import {
	type INodeProperties,
	type IWebhookDescription,
	SEND_AND_WAIT_OPERATION,
	WAIT_INDEFINITELY,
} from 'n8n-workflow';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { objectOf } from '../../errors/values';
import { chosenField } from '../../events/chosenField';
import { readChosenIds, refuseWrongIds } from '../../events/chosenIds';
import { DEFAULT_LABELS, type Question } from '../../events/question';
import { chatField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { optionsOf } from '../shared/options';
import { isGiven, readChoice, readNumber, type ReadParameter, readText } from '../shared/readers';
import { sendRequestOf } from '../shared/send';

// A name each, as n8n's lint rules see no default in a property.
const { approve: APPROVE, decline: DECLINE } = DEFAULT_LABELS;

/* The names of fields and options are those of n8n's own nodes, so that people know them. */

const properties: INodeProperties[] = [
	chatField,
	{
		// n8n fills in this field by its name when the node reviews the tool of an agent.
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Pin this notice for everyone?',
		builderHint: {
			propertyHint: 'Only the question: the node adds how to answer it, and the link.',
		},
		description: 'The question. How to answer it is added below it.',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'Yes or no' },
			{ name: 'Free Text', value: 'freeText', description: 'Any text' },
		],
		default: 'approval',
		description: 'What counts as an answer',
	},
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { hide: { responseType: ['freeText'] } },
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Type of Approval',
						name: 'approvalType',
						type: 'options',
						options: [
							{ name: 'Approve Only', value: 'single' },
							{ name: 'Approve and Disapprove', value: 'double' },
						],
						// n8n's own nodes have no button for no; in a chat, people write it anyway.
						default: 'double',
						description: 'Whether people can also say no',
					},
					{
						displayName: 'Approve Button Label',
						name: 'approveLabel',
						type: 'string',
						default: APPROVE,
						description:
							"The label of the button for yes on the link's page. A reply with this label means yes; so do 'yes' and 👍.",
					},
					{
						displayName: 'Disapprove Button Label',
						name: 'disapproveLabel',
						type: 'string',
						default: DECLINE,
						displayOptions: { show: { approvalType: ['double'] } },
						description:
							"The label of the button for no on the link's page. A reply with this label means no; so do 'no' and 👎.",
					},
				],
			},
		],
	},
];

const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		"How long to wait for an answer. After that, the workflow continues with the input of this node, without its field 'data'.",
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime' },
					],
					default: 'afterTimeInterval',
					description: 'Whether to wait for a while, or until a date and time',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					default: 1,
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					description: 'How many minutes, hours or days to wait',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Days', value: 'days' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Minutes', value: 'minutes' },
					],
					default: 'hours',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					description: 'When to continue without an answer',
				},
			],
		},
	],
};

const options: INodeProperties[] = [
	{
		displayName: 'Answer With',
		name: 'answerWith',
		type: 'options',
		options: [
			{ name: 'Link', value: 'link', description: 'Only on the page that the link opens' },
			{ name: 'WhatsApp', value: 'whatsApp', description: 'Only by a reply or a reaction' },
			{
				name: 'WhatsApp or Link',
				value: 'both',
				description: 'By a reply, a reaction, or on the page that the link opens',
			},
		],
		default: 'both',
		description:
			'How people can answer. Replies and reactions need a published Ryze WhatsApp Trigger in this n8n.',
	},
	chosenField({
		displayName: 'Approvers',
		name: 'approvers',
		method: 'searchApprovers',
		placeholder: 'Choose a contact',
		description:
			'Only these people can answer, and only in WhatsApp: everyone in the chat sees the link. Choose at least one. Without this option, anyone in the chat can answer.',
	}),
	limitWaitTime,
];

const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** The longest that a date can say, as n8n adds it to the present. */
const LONGEST_AMOUNT = 100_000;

/** @returns milliseconds since 1970 */
function readUntil(option: unknown): number {
	const values = objectOf(objectOf(option).values);
	if (Object.keys(values).length === 0) return WAIT_INDEFINITELY.getTime();
	const { limitType = 'afterTimeInterval', resumeAmount = 1, resumeUnit = 'hours' } = values;
	if (
		readChoice('Limit Type', limitType, ['afterTimeInterval', 'atSpecifiedTime']) ===
		'afterTimeInterval'
	) {
		const unit = readChoice('Unit', resumeUnit, ['days', 'hours', 'minutes']);
		return Date.now() + readNumber('Amount', resumeAmount, 0, LONGEST_AMOUNT) * UNITS[unit];
	}
	const { maxDateAndTime } = values;
	const until = isGiven(maxDateAndTime) ? new Date(String(maxDateAndTime)).getTime() : NaN;
	if (until > Date.now()) return until;
	return refuse(
		'invalid-parameter',
		`'Max Date and Time' must be a date and time in the future, but is ${shown(maxDateAndTime)}`,
		"Set 'Max Date and Time' in the option 'Limit Wait Time' of this node, or remove the option.",
	);
}

const labelOr = (label: unknown, unchanged: string, name: string): string =>
	isGiven(label) ? readText(name, label).trim() : unchanged;

function readApproval(option: unknown): Question['approval'] {
	const {
		approvalType = 'double',
		approveLabel,
		disapproveLabel,
	} = objectOf(objectOf(option).values);
	const approve = labelOr(approveLabel, APPROVE, 'Approve Button Label');
	if (readChoice('Type of Approval', approvalType, ['single', 'double']) === 'single') {
		return { approve };
	}
	const decline = labelOr(disapproveLabel, DECLINE, 'Disapprove Button Label');
	return { approve, decline };
}

/** An expression that gives nobody is refused: otherwise, anyone could answer. */
function readApprovers(options: Record<string, unknown>): string[] | undefined {
	if (!('approvers' in options)) return undefined;
	const given = options.approvers;
	const option = Array.isArray(given) && given.length === 0 ? [undefined] : (given ?? '');
	refuseWrongIds('Approvers', option);
	const chosen = readChosenIds(option);
	return chosen && [...chosen.keys];
}

function readQuestion(read: ReadParameter): Question {
	const options = optionsOf(read);
	const { answerWith = 'both', limitWaitTime: limit } = options;
	const text = readText('Message', read('message'));
	const isApproval =
		readChoice('Response Type', read('responseType'), ['approval', 'freeText']) === 'approval';
	const approvers = readApprovers(options);
	const by = readChoice('Answer With', answerWith, ['link', 'whatsApp', 'both']);
	if (approvers && by === 'link') {
		refuse(
			'invalid-parameter',
			"'Approvers' can only answer in WhatsApp, but 'Answer With' is Link",
			'Everyone in the chat sees the link, so the node could not tell who answers. Remove one of the two options.',
		);
	}
	return {
		text,
		...(isApproval && { approval: readApproval(read('approvalOptions')) }),
		...(approvers && { approvers }),
		inChat: by !== 'link',
		byLink: by !== 'whatsApp' && !approvers,
		until: readUntil(limit),
	};
}

/**
 * Sends a question and lets the execution wait for the answer (docs/wait.md). The message is a text
 * (docs/ryze-api.md, "Send a text"); `wait/` completes it.
 */
export const sendAndWait: Operation = {
	entry: {
		name: 'Send and Wait for Response',
		value: SEND_AND_WAIT_OPERATION,
		action: 'Send WhatsApp message and wait for response',
		description:
			'Ask a person or a group, and continue when someone answers with a reply, a reaction or the link',
	},
	properties,
	options,
	request(read) {
		const question = readQuestion(read);
		return {
			...sendRequestOf(read, '/api/message/text', { message: question.text, linkPreview: false }),
			question,
		};
	},
};

/** Where n8n listens while an execution waits for an answer: the link shows, and takes, the answer. */
export const waitingWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
	(httpMethod) => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	}),
);
