import { Stopped } from '../errors/RyzeError';
import { LARGEST_FILE } from './attachment';
import { clock, SLICE } from './clock';

/** Bytes. As base64 in a body a file takes a third more. */
const MOST_AT_ONCE = 2 * LARGEST_FILE;

/**
 * Bounds how much of files one execution has in memory: 20 films at once would
 * take more than most n8n servers have.
 */
export class FileRoom {
	private used = 0;

	/**
	 * Sends a file once there is room for it.
	 *
	 * @param size bytes
	 * @throws {Stopped} when nothing more may be sent
	 */
	async hold<T>(size: number, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
		while (this.used + size > MOST_AT_ONCE) {
			if (signal?.aborted) throw new Stopped();
			await clock.sleep(SLICE);
		}
		this.used += size;
		try {
			return await send();
		} finally {
			this.used -= size;
		}
	}
}
