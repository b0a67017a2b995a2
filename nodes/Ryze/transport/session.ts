import { readCredential } from './credential';
import { toRyzeError } from '../errors/nodeErrors';
import type { RequestContext } from './attempt';
import type { Delays } from './delays';
import { openSession, type Session } from './request';

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
