import type { INodeProperties } from 'n8n-workflow';
import type { Limits } from '../transport/request';
import { readNumber, type ReadParameter } from './parameters';

/**
 * An option that is a number. Its limits are checked by the node: n8n's own limits drop what is typed
 * past them, so that 700 becomes 70 without a word.
 */
export interface NumberOption {
	min: number;
	max: number;
	property: INodeProperties & { default: number };
}

const maxWait: NumberOption = {
	min: 0,
	max: 86_400,
	property: {
		displayName: 'Max Wait (Seconds)',
		name: 'maxWait',
		type: 'number',
		default: 600,
		description:
			'How long an item may wait for the rate limit of the token. Ryze allows 100 requests per minute; items past that wait here instead of being refused. An item that would have to wait longer fails with the reason rate-limited.',
	},
};

const requestsAtOnce: NumberOption = {
	min: 1,
	max: 20,
	property: {
		displayName: 'Requests at Once',
		name: 'requestsAtOnce',
		type: 'number',
		default: 1,
		description:
			'How many items to process in parallel (1–20). Faster, but messages may appear in a different order. Items for the same message or chat stay in order.',
	},
};

const timeout: NumberOption = {
	min: 0.1,
	max: 600,
	property: {
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		default: 30,
		description:
			'How long to wait for an answer from Ryze. After that the item fails, and Ryze may or may not have carried out the request.',
	},
};

/** @param others options of single operations */
export const optionsProperty = (others: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [maxWait.property, requestsAtOnce.property, timeout.property, ...others].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
});

/**
 * @param options the collection as the user has filled it in
 * @throws {RyzeError} `invalid-parameter` for a value out of range
 */
export function readNumberOption(
	options: Record<string, unknown>,
	{ min, max, property }: NumberOption,
): number {
	const { displayName, name, default: defaultValue } = property;
	return readNumber(displayName, options[name] ?? defaultValue, min, max);
}

/** @throws {RyzeError} `invalid-parameter` for a value out of range */
export function readOptions(options: unknown): Limits & { requestsAtOnce: number } {
	const given = (options ?? {}) as Record<string, unknown>;
	return {
		requestsAtOnce: Math.floor(readNumberOption(given, requestsAtOnce)),
		// A timer takes whole milliseconds only.
		timeout: Math.round(readNumberOption(given, timeout) * 1000),
		maxWait: readNumberOption(given, maxWait) * 1000,
	};
}

/**
 * How many items run at once: an option of the node as a whole, so it is read at its first item. When
 * it cannot be read, each item says so as it reads its options again.
 */
export function readRequestsAtOnce(readFirst: ReadParameter): number {
	try {
		return readOptions(readFirst('options')).requestsAtOnce;
	} catch {
		return requestsAtOnce.property.default;
	}
}
