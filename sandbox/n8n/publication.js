'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { N8nRestError } = require('./session');

/*
 * Turning a workflow on and off. In 2.x that is publishing a version of it, and n8n answers the
 * request before it has done so; in 1.x it is done when the request is answered.
 */

/** Milliseconds between two looks, and at most in all. */
const POLL_MS = 100;
const PUBLISHING_MAX_MS = 30_000;

/** @typedef {import('./session').N8nSession} N8nSession */

/**
 * @param {N8nSession} session
 * @param {string} id The workflow's.
 * @returns {Promise<void>} Resolves when its triggers are on; rejects when n8n could not turn them
 * on within 30 s.
 */
async function publish(session, id) {
	const path = `/rest/workflows/${id}`;
	const { versionId } = await session.request('GET', path);
	await session.request('POST', `${path}/activate`, { versionId });
	await settle(session, id, 'published');
}

/**
 * @param {N8nSession} session
 * @param {string} id The workflow's.
 * @returns {Promise<void>} Resolves when its triggers are off; rejects as above.
 */
async function unpublish(session, id) {
	await session.request('POST', `/rest/workflows/${id}/deactivate`, {});
	await settle(session, id, 'not_published');
}

/**
 * @param {N8nSession} session
 * @param {string} id
 * @param {'published' | 'not_published'} wanted
 */
async function settle(session, id, wanted) {
	const giveUpAt = Date.now() + PUBLISHING_MAX_MS;
	for (;;) {
		const { status, triggers = [] } = await publication(session, id);
		if (status === wanted) return;
		// n8n reads two tables at once: a change that ends just then looks as if it had not begun.
		const hasFailed = status === 'partial' || status === 'failed';
		if (hasFailed || Date.now() > giveUpAt) {
			const why = triggers.map(({ errorMessage }) => errorMessage ?? '').join(' ');
			throw new Error(`Workflow ${id} should be ${wanted}, but n8n says ${status}. ${why}`);
		}
		await sleep(POLL_MS);
	}
}

/**
 * @param {N8nSession} session
 * @param {string} id
 * @returns {Promise<{ status: string, triggers?: Array<{ errorMessage?: string }> }>} `status`: one of
 * `in_progress`, `published`, `not_published`, `partial`, `failed`.
 */
async function publication(session, id) {
	try {
		return await session.request('GET', `/rest/workflows/${id}/publication-status`);
	} catch (error) {
		// 1.x has no such page.
		if (!(error instanceof N8nRestError && error.status === 404)) throw error;
		const { active } = await session.request('GET', `/rest/workflows/${id}`);
		return { status: active ? 'published' : 'not_published' };
	}
}

module.exports = { publish, unpublish };
