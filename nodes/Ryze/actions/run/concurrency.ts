/**
 * Runs `task` for 0, 1, … `total` - 1, at most `limit` at once, starting them in this order.
 *
 * Once a task returns false, no further task is started. Tasks that are running may finish.
 */
export async function runConcurrently(
	total: number,
	limit: number,
	task: (index: number) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let goOn = true;
	const worker = async () => {
		while (goOn && next < total) goOn = (await task(next++)) && goOn;
	};
	await Promise.all(Array.from({ length: Math.min(limit, total) }, worker));
}

/** Runs tasks with the same key one after the other, in the order in which they arrived. */
export class KeyedOrder {
	private readonly newest = new Map<string, Promise<unknown>>();

	async run<T>(key: string, task: () => Promise<T>): Promise<T> {
		const before = this.newest.get(key);
		const result = before ? before.then(task, task) : task();
		this.newest.set(key, result);
		try {
			return await result;
		} finally {
			if (this.newest.get(key) === result) this.newest.delete(key);
		}
	}
}
