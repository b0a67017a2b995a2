import type { Logger } from 'n8n-workflow';
import { Recent } from './recent';

const MINUTE = 60_000;

/** When something was last logged, by its topic. */
const logged = new Recent<number>(1000);

/**
 * Writes into the log of n8n, at most once a minute for each topic: anyone can cause these again and
 * again, which must neither fill the log nor hide another cause.
 *
 * @param topic where it happened; the sentence without what may differ each time
 */
export function warnRarely(context: { logger?: Logger }, topic: string, sentence: string): void {
	const now = Date.now();
	if (Math.abs(now - (logged.get(topic) ?? 0)) < MINUTE) return;
	logged.set(topic, now);
	context.logger?.warn(sentence);
}
