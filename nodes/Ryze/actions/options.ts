import type { INodeProperties } from 'n8n-workflow';
import { readNumber, type ReadParameter } from './parameters';
import type { Limits } from '../transport/request';

const maxWait = {
	displayName: 'Max Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 86_400 },
	default: 600,
	description:
		'How long one item may wait for the rate limit of the token, in seconds. Ryze allows 100 requests a minute; past that, items wait here instead of being refused. An item that would wait longer ends with the reason rate-limited.',
} satisfies INodeProperties;

const requestsAtOnce = {
	displayName: 'Requests at Once',
	name: 'requestsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
	default: 1,
	description:
		'How many items are worked on together, from 1 to 20. More is faster, but pins and messages may then show up in another order than the items; only items about the same message or chat keep theirs. When an item fails, those already on their way are still carried out.',
} satisfies INodeProperties;

const timeout = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 600_000 },
	default: 30_000,
	description:
		'How long to wait for the answer of Ryze, in milliseconds. A request that takes longer is given up, and whether it took effect stays unknown.',
} satisfies INodeProperties;

/** @param others options of single operations */
export const optionsProperty = (others: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [maxWait, requestsAtOnce, timeout, ...others].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
});

/** @throws {RyzeError} `invalid-parameter` for a value out of range */
export function readOptions(options: unknown): Limits & { requestsAtOnce: number } {
	const given = (options ?? {}) as Record<string, unknown>;
	const read = ({ name, displayName, typeOptions, default: usual }: typeof timeout) =>
		readNumber(displayName, given[name] ?? usual, typeOptions.minValue, typeOptions.maxValue);
	return {
		requestsAtOnce: Math.floor(read(requestsAtOnce)),
		// A timer takes whole milliseconds only.
		timeout: Math.round(read(timeout)),
		maxWait: read(maxWait) * 1000,
	};
}

/**
 * How many items run together: an option of the node as a whole, so it is read at its first item.
 * One that cannot be read is told by the items, each of which reads its options again.
 */
export function slotsOf(readFirst: ReadParameter): number {
	try {
		return readOptions(readFirst('options')).requestsAtOnce;
	} catch {
		return requestsAtOnce.default;
	}
}
