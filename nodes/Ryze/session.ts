import { readCredential } from './credential';
import { toRyzeError } from './nodeErrors';
import type { RequestContext } from './transport/attempt';
import type { Delays } from './transport/delays';
import { openSession, type Session } from './transport/request';

/**
 * Opens a session with the credential that the user has chosen.
 *
 * @throws {RyzeError} `invalid-credential`
 */
export async function openSessionOf(
	context: RequestContext,
	delays: Delays,
	signal?: AbortSignal,
): Promise<Session> {
	try {
		const fields = await context.getCredentials('ryzeApi');
		return openSession(context, readCredential(fields), delays, signal);
	} catch (error) {
		throw toRyzeError(error, 'invalid-credential');
	}
}
