import type { IDataObject } from 'n8n-workflow';
import { RyzeError } from '../../errors/RyzeError';
import { maskSecrets } from '../../errors/secrets';
import { shown } from '../../errors/text';
import { isObject } from '../../errors/values';
import type { Operation, Output } from '../shared/operation';
import { optionsOf } from '../shared/options';

/**
 * What is given of an instance. Beside these, Ryze responds with the token of the instance, and
 * with settings that can hold passwords of other services (docs/ryze-api.md, "List instances").
 */
const GIVEN = ['id', 'name', 'status', 'connection', 'profile'];

/** A token of an instance lists that one, whatever was asked for (same section). */
function wrongInstance(name: unknown, asked: string): RyzeError {
	const isOther = typeof name === 'string';
	return new RyzeError({
		message: isOther
			? `Ryze returned the instance ${shown(name)} instead of ${shown(asked)}`
			: `Ryze's response does not contain the instance ${shown(asked)}`,
		description:
			"'Token' and 'Instance' in the Ryze WhatsApp API credential do not match. Use the TokenInstance of this instance, or your TokenAccount, and check upper and lower case in 'Instance'.",
		reason: isOther ? 'forbidden' : 'unexpected-response',
		httpCode: '200',
		uncertain: false,
	});
}

/** @throws {RyzeError} when the instance that was asked for is not in the response */
function withoutSecrets({ instances }: IDataObject, asked: string): Output {
	const all = Array.isArray(instances) ? instances.filter(isObject) : [];
	const found = all.find(({ name }) => name === asked);
	if (!found) throw wrongInstance(all[0]?.name, asked);
	const given = Object.entries(found).filter(([name]) => GIVEN.includes(name));
	return {
		json: maskSecrets(Object.fromEntries(given) as IDataObject, String(found.token ?? '')),
	};
}

/** Looks up the instance: state, number, profile (docs/ryze-api.md, "List instances"). */
export const get: Operation = {
	entry: {
		name: 'Get',
		value: 'get',
		action: 'Get WhatsApp instance status',
		description:
			'Check whether the instance is connected to WhatsApp, and get its number and profile',
	},
	properties: [],
	request: (read) => ({
		method: 'GET',
		path: '/api/instance/list',
		instanceQuery: 'instanceName',
		orderKey: String(optionsOf(read).instance ?? ''),
		idempotent: true,
		adviceIfUncertain: 'Nothing was changed. You can try again.',
		toOutput: withoutSecrets,
	}),
};
