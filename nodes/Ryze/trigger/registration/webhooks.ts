import type { IDataObject } from 'n8n-workflow';
import { toRyzeError } from '../../errors/nodeErrors';
import { RyzeError } from '../../errors/RyzeError';
import { withoutUserInfo } from '../../errors/text';
import { isObject } from '../../errors/values';
import { addressOfN8n } from '../../events/n8nAddress';
import type { RyzeClient } from '../../transport/client';
import { sendRequest, type TimeLimits } from '../../transport/send';
import { isOfAnotherAddress, isOfTest } from '../label';

/** A webhook as Ryze stores it (docs/ryze-api.md, "Webhooks"). */
export interface Webhook {
	label: string;
	enabled: boolean;
	url?: string;
	authorization?: string;
	byEvents?: boolean;
	events?: string[];
	mediaBase64?: boolean;
}

type InUse = Required<Pick<Webhook, 'label' | 'url'>>;

/** How many webhooks Ryze delivers to per instance (docs/ryze-api.md, "Webhooks"). */
const MOST_ENABLED = 3;

/** Milliseconds. Switching a trigger on may wait for one new window of the rate limit. */
const WEBHOOK_LIMITS: TimeLimits = { timeout: 30_000, maxWait: 70_000 };

/** For a request that must not keep n8n waiting. */
export const STARTUP_LIMITS: TimeLimits = { timeout: 5000, maxWait: 5000, oneTry: true };

async function read(
	client: RyzeClient,
	query?: Record<string, string>,
	limits = WEBHOOK_LIMITS,
): Promise<IDataObject> {
	const request = {
		method: 'GET',
		path: '/api/events/getWebhook',
		query,
		idempotent: true,
	} as const;
	return await sendRequest(client, request, limits);
}

/**
 * @returns `undefined` when Ryze has none with this label
 * @throws {RyzeError}
 */
export async function readWebhook(
	client: RyzeClient,
	label: string,
	limits?: TimeLimits,
): Promise<Webhook | undefined> {
	try {
		const { webhook } = await read(client, { label }, limits);
		return isObject(webhook) ? (webhook as unknown as Webhook) : undefined;
	} catch (error) {
		const ryzeError = toRyzeError(error, 'unexpected-response');
		const { httpCode, reason } = ryzeError.failure;
		if (httpCode === '404' && reason !== 'instance-not-found') return undefined;
		throw ryzeError;
	}
}

/** @returns the webhooks in use, except for the one with this label */
async function othersInUse(client: RyzeClient, label: string): Promise<InUse[]> {
	const { webhooks } = await read(client);
	if (!Array.isArray(webhooks)) return [];
	return webhooks
		.filter((each): each is IDataObject => isObject(each) && each.enabled === true)
		.map((each) => ({ label: String(each.label), url: String(each.url) }))
		.filter((each) => each.label !== label);
}

/** How to free a place that this workflow takes up itself, or that n8n has left behind. */
function adviceOnOwn(webhook: Webhook, inUse: InUse[]): string {
	const own = { label: webhook.label, url: webhook.url ?? '' };
	const moved = inUse
		.filter((each) => isOfAnotherAddress(own, each))
		.map(
			({ label, url }) =>
				`"${label}" belongs to this workflow under another address (${withoutUserInfo(addressOfN8n(url))}): if you have moved n8n, disable it in Ryze. `,
		);
	// n8n does not switch a test off when it is stopped or killed meanwhile.
	const tests = inUse
		.filter(({ label }) => isOfTest(label))
		.map(
			({ label }) =>
				`"${label}" was created to listen for a test event: if nothing listens for one now, disable it in Ryze. `,
		);
	return [...moved, ...tests].join('');
}

/** Ryze's error message for this case is unknown, so the list of webhooks is read. */
async function withFullList(
	client: RyzeClient,
	webhook: Webhook,
	error: RyzeError,
): Promise<RyzeError> {
	let inUse: InUse[];
	try {
		inUse = await othersInUse(client, webhook.label);
	} catch {
		// The first error says more than why the list could not be read.
		return error;
	}
	if (inUse.length < MOST_ENABLED) return error;
	const labels = inUse.map(({ label }) => `"${label}"`).join(', ');
	return new RyzeError(
		{
			...error.failure,
			uncertain: false,
			message: `Ryze delivers to at most ${MOST_ENABLED} webhooks per instance, and all are in use: ${labels}`,
			description: `${adviceOnOwn(webhook, inUse)}Unpublish (n8n 1.x: deactivate) another workflow with a Ryze WhatsApp Trigger (its webhook is named n8n-…), or disable a webhook in Ryze; then try again. Ryze said: ${error.failure.message}`,
		},
		error,
	);
}

/** Reasons that Ryze may have for refusing one webhook too many. */
const MAY_BE_FULL = ['invalid-parameter', 'forbidden', 'unexpected-response', 'server-error'];

/**
 * Makes a webhook, or changes the one with this label.
 *
 * @throws {RyzeError} naming the webhooks in use when there is no room for another
 */
export async function writeWebhook(client: RyzeClient, webhook: Webhook): Promise<void> {
	const request = {
		method: 'POST',
		path: '/api/events/webhook',
		body: { ...webhook },
		idempotent: true,
	} as const;
	try {
		await sendRequest(client, request, WEBHOOK_LIMITS);
	} catch (error) {
		const ryzeError = toRyzeError(error, 'unexpected-response');
		const mayBeFull = webhook.enabled && MAY_BE_FULL.includes(ryzeError.failure.reason);
		throw mayBeFull ? await withFullList(client, webhook, ryzeError) : ryzeError;
	}
}
