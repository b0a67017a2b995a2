import type { IExecuteFunctions } from 'n8n-workflow';
import { toRyzeError } from '../../errors/nodeErrors';
import { refuse } from '../../errors/RyzeError';
import { createClient, type RyzeClient, type Shared, withInstance } from '../../transport/client';

/** The credential of each item: with expressions in it, items can have different values. */
export class ItemCredentials {
	/** Of the first item that has a credential that can be used. */
	private token: string | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly shared: Shared,
	) {}

	/**
	 * @param instance from the option of the item, in place of the one in the credential
	 * @throws {RyzeError} `invalid-credential`
	 */
	async clientFor(index: number, instance: string | undefined): Promise<RyzeClient> {
		const own = createClient(this.context, await this.fieldsOf(index), this.shared);
		const { token } = own.credential;
		this.token ??= token;
		// n8n's HTTP helper reads the credential for the first item. It is given the one of the item
		// (transport/http.ts), but a mistake there must not send with the token of someone else.
		if (token !== this.token) {
			refuse(
				'invalid-credential',
				"'Token' in the Ryze WhatsApp API credential must be the same for all items",
				"The node sends all items with one token. Use a TokenAccount, and let the field 'Instance' of the credential or the option 'Instance' of this node choose the instance.",
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
