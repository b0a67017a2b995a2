import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What Ryze has to send as the header `Authorization` with each delivery. */
export const newSecret = (): string => `Bearer ${randomBytes(32).toString('hex')}`;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in constant time, so that the time does not reveal where the two differ. */
export function isSecret(given: unknown, secret: unknown): boolean {
	if (typeof given !== 'string' || typeof secret !== 'string' || secret === '') return false;
	return timingSafeEqual(digest(given), digest(secret));
}

/**
 * Whether the secret that Ryze has stored may be ours.
 *
 * After Ryze has rotated its key, a secret comes back encrypted (docs/ryze-api.md, "Webhooks"). So
 * a different secret proves a change only in clear text, such as 'Bearer another': an encrypted one
 * has no space.
 */
export const mayBeSecret = (readBack: unknown, secret: unknown): boolean =>
	typeof readBack === 'string' &&
	readBack !== '' &&
	(readBack === secret || !readBack.includes(' '));
