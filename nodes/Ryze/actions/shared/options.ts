import type { INodeProperties } from 'n8n-workflow';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { isInstanceName, isObject } from '../../errors/values';
import type { TimeLimits } from '../../transport/send';
import { readNumber, type ReadParameter, trimmed } from './readers';

/**
 * An option that is a number. The node checks its limits: with n8n's own limits, the editor drops
 * digits while the user types, so that 700 silently becomes 70.
 */
export interface NumberOption {
	min: number;
	max: number;
	property: INodeProperties & { default: number };
}

export const maxWait: NumberOption = {
	min: 0,
	max: 86_400,
	property: {
		displayName: 'Max Wait (Seconds)',
		name: 'maxWait',
		type: 'number',
		default: 600,
		description:
			"How long an item may wait for the rate limit (100 requests per minute for each token) before it fails with the reason 'rate-limited'",
	},
};

export const requestsAtOnce: NumberOption = {
	min: 1,
	max: 20,
	property: {
		displayName: 'Requests at Once',
		name: 'requestsAtOnce',
		type: 'number',
		default: 1,
		description:
			'How many items to process in parallel (1–20). Items for the same message or chat stay in order; others may finish in a different order.',
	},
};

/** @param seconds the default of the operation */
export const timeoutOption = (seconds = 30): NumberOption => ({
	min: 0.1,
	max: 600,
	property: {
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		default: seconds,
		description:
			"How long to wait for Ryze's response. After that the item fails, and Ryze may or may not have carried out the request.",
	},
});

const instance: INodeProperties = {
	displayName: 'Instance',
	name: 'instance',
	type: 'string',
	default: '',
	placeholder: 'e.g. my-instance',
	description:
		'The instance to use instead of the one in the credential. With a TokenAccount, one credential is enough for all your numbers.',
};

/**
 * @param others the operation's own options
 * @param timeout its default, in seconds
 */
export const optionsProperty = (
	others: INodeProperties[] = [],
	timeout?: number,
): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	// Not by localeCompare: the rules of languages take n8n milliseconds to load at its start.
	options: [
		instance,
		maxWait.property,
		requestsAtOnce.property,
		timeoutOption(timeout).property,
		...others,
	].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
});

/** The collection as the user has filled it in; an option that was not added is missing from it. */
export function optionsOf(read: ReadParameter): Record<string, unknown> {
	const options = read('options');
	return isObject(options) ? options : {};
}

/**
 * @param options see `optionsOf`
 * @returns the default when it was not added
 * @throws {RyzeError} `invalid-parameter` for a value out of range
 */
export function readNumberOption(
	options: Record<string, unknown>,
	{ min, max, property }: NumberOption,
): number {
	const { displayName, name, default: defaultValue } = property;
	const advice = `Set '${displayName}' in the options of this node, or remove it there to use the default.`;
	return readNumber(displayName, options[name] ?? defaultValue, min, max, advice);
}

/**
 * An expression that gives nothing is refused: with the instance of the credential, the message
 * would come from another number.
 */
function readInstance(given: Record<string, unknown>): string | undefined {
	if (!('instance' in given)) return undefined;
	const value = given.instance;
	const name = typeof value === 'number' ? String(value) : trimmed(value);
	if (typeof name === 'string' && isInstanceName(name)) return name;
	return refuse(
		'invalid-parameter',
		`'Instance' must be the name of an instance, but is ${shown(value)}`,
		"Set 'Instance' in the options of this node to the name of your instance, exactly as it is in Ryze. To use the instance of the credential, remove the option.",
	);
}

export interface Options extends TimeLimits {
	requestsAtOnce: number;
	/** To use instead of the instance in the credential. */
	instance?: string;
}

/**
 * Reads the options that every operation has.
 *
 * @param timeout the operation's default, in seconds
 * @throws {RyzeError} `invalid-parameter` for a value that cannot be used
 */
export function readOptions(read: ReadParameter, timeout?: number): Options {
	const given = optionsOf(read);
	return {
		requestsAtOnce: Math.floor(readNumberOption(given, requestsAtOnce)),
		// A timer takes whole milliseconds only.
		timeout: Math.round(readNumberOption(given, timeoutOption(timeout)) * 1000),
		maxWait: readNumberOption(given, maxWait) * 1000,
		instance: readInstance(given),
	};
}

/**
 * How many items to process in parallel. It applies to the node as a whole, so it is read at the
 * first item. If it is invalid, each item fails with that error when it reads its own options.
 */
export function readRequestsAtOnce(readFirst: ReadParameter): number {
	try {
		return readOptions(readFirst).requestsAtOnce;
	} catch {
		return requestsAtOnce.property.default;
	}
}
