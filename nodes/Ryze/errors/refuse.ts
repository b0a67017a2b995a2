import { RyzeError, type Reason } from './RyzeError';

/**
 * Refuses what was given, before anything is sent.
 *
 * @param message what is wrong, naming the field
 * @param description what to do now
 * @throws {RyzeError} always
 */
export function refuse(reason: Reason, message: string, description: string): never {
	throw new RyzeError({ message, description, reason, httpCode: null, uncertain: false });
}
