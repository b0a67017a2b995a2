import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isInstanceName } from '../transport/credential';
import type { TimeLimits } from '../transport/request';
import { maxWait, optionsOf, readNumberOption, requestsAtOnce, timeoutOption } from './options';
import { trimmed, type ReadParameter } from './parameters';

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
		"Set 'Instance' in the options of this node to the name of your instance, exactly as the Ryze panel shows it. To use the instance of the credential, remove the option.",
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
