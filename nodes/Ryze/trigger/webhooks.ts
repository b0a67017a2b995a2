import type { IDataObject } from 'n8n-workflow';
import { toRyzeError } from '../errors/nodeErrors';
import { isObject } from '../errors/answer';
import { RyzeError } from '../errors/RyzeError';
import { sendRequest, type Session } from '../transport/request';

/** A webhook as Ryze keeps it (ryze-api.md 8.1). */
export interface Webhook {
	label: string;
	enabled: boolean;
	url?: string;
	authorization?: string;
	byEvents?: boolean;
	events?: string[];
	mediaBase64?: boolean;
}

/** How many webhooks Ryze delivers to for each instance (ryze-api.md 8.1). */
const MOST_ENABLED = 3;

/** Switching a trigger on may wait for one new window of the rate limit, in milliseconds. */
const LIMITS = { timeout: 30_000, maxWait: 70_000 };

const UNCERTAIN = 'Whether it took effect is unknown; doing it again is safe.';

async function read(session: Session, query?: Record<string, string>): Promise<IDataObject> {
	const request = {
		method: 'GET',
		path: '/api/events/getWebhook',
		query,
		idempotent: true,
		ifUncertain: UNCERTAIN,
	} as const;
	return await sendRequest(session, request, LIMITS);
}

/**
 * @returns `undefined` when Ryze has none with this label
 * @throws {RyzeError}
 */
export async function readWebhook(session: Session, label: string): Promise<Webhook | undefined> {
	try {
		const { webhook } = await read(session, { label });
		return isObject(webhook) ? (webhook as unknown as Webhook) : undefined;
	} catch (error) {
		const told = toRyzeError(error, 'unexpected-response');
		const { httpCode, reason } = told.failure;
		if (httpCode === '404' && reason !== 'instance-not-found') return undefined;
		throw told;
	}
}

/** @returns the labels of the webhooks that Ryze delivers to, but for `label` */
async function othersInUse(session: Session, label: string): Promise<string[]> {
	const { webhooks } = await read(session);
	if (!Array.isArray(webhooks)) return [];
	return webhooks
		.filter((each): each is IDataObject => isObject(each) && each.enabled === true)
		.map((each) => String(each.label))
		.filter((each) => each !== label);
}

/** Ryze's own sentence for this is not known, so its list of webhooks is asked. */
async function explained(session: Session, label: string, error: RyzeError): Promise<RyzeError> {
	let inUse: string[];
	try {
		inUse = await othersInUse(session, label);
	} catch {
		// Why the webhook was refused says more than why the list could not be read.
		return error;
	}
	if (inUse.length < MOST_ENABLED) return error;
	const labels = inUse.map((each) => `"${each}"`).join(', ');
	return new RyzeError(
		{
			...error.failure,
			message: `Ryze delivers to at most ${MOST_ENABLED} webhooks per instance, and all are in use: ${labels}`,
			description: `Deactivate another workflow with a Ryze Trigger (its webhook is named n8n-…), or disable a webhook in the Ryze panel; then try again. Ryze said: ${error.failure.message}`,
		},
		error,
	);
}

/** What Ryze answers when it cannot take a webhook as it is; all else has nothing to do with it. */
const MAY_BE_FULL = ['invalid-parameter', 'forbidden', 'unexpected-response', 'server-error'];

/**
 * Makes a webhook, or changes the one with this label.
 *
 * @throws {RyzeError} naming the webhooks in use when there is no room for another
 */
export async function writeWebhook(session: Session, webhook: Webhook): Promise<void> {
	const request = {
		method: 'POST',
		path: '/api/events/webhook',
		body: { ...webhook },
		idempotent: true,
		ifUncertain: UNCERTAIN,
	} as const;
	try {
		await sendRequest(session, request, LIMITS);
	} catch (error) {
		const told = toRyzeError(error, 'unexpected-response');
		const mayBeFull = webhook.enabled && MAY_BE_FULL.includes(told.failure.reason);
		throw mayBeFull ? await explained(session, webhook.label, told) : told;
	}
}
