import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What Ryze has to send as the header `Authorization` with each delivery. */
export const newSecret = (): string => `Bearer ${randomBytes(32).toString('hex')}`;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing about where the two differ. */
export function isSecret(given: unknown, secret: unknown): boolean {
	if (typeof given !== 'string' || typeof secret !== 'string' || secret === '') return false;
	return timingSafeEqual(digest(given), digest(secret));
}
