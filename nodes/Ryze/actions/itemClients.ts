import type { IExecuteFunctions } from 'n8n-workflow';
import { toRyzeError } from '../errors/nodeErrors';
import { refuse } from '../errors/RyzeError';
import { openClient, withCredential, withInstance, type RyzeClient } from '../transport/client';
import type { Slowdowns } from '../transport/slowdowns';

/** The client of each item: with expressions in the credential, items can have different values. */
export class ItemClients {
	private first: Promise<RyzeClient> | undefined;

	/**
	 * @param signal aborted when nothing more may be sent
	 * @param onFailure called when a request has failed for good
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly slowdowns: Slowdowns,
		private readonly signal: AbortSignal,
		private readonly onFailure: () => void,
	) {}

	/**
	 * @param instance from the option of the item, in place of the one in the credential
	 * @throws {RyzeError} `invalid-credential`
	 */
	async of(index: number, instance: string | undefined): Promise<RyzeClient> {
		this.first ??= openClient(this.context, this.slowdowns, this.signal, this.onFailure);
		const first = await this.first;
		const own = index === 0 ? first : withCredential(first, await this.fieldsOf(index));
		if (own.credential.token !== first.credential.token) {
			refuse(
				'invalid-credential',
				"'Token' of the Ryze API credential must be the same for all items",
				"n8n uses the token of the first item for all requests of a node. Use an account token, and let the field 'Instance' of the credential or the option 'Instance' of this node choose the instance.",
			);
		}
		return instance === undefined ? own : withInstance(own, instance);
	}

	private async fieldsOf(index: number) {
		try {
			return await this.context.getCredentials('ryzeApi', index);
		} catch (error) {
			throw toRyzeError(error, 'invalid-credential');
		}
	}
}
