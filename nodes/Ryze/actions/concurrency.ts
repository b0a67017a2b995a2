/**
 * Runs `task` for 0, 1, … `total` - 1, at most `slots` at once, starting them in this order.
 *
 * A task that returns false ends it: no further one is started, those that run may end.
 */
export async function runInSlots(
	total: number,
	slots: number,
	task: (index: number) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let goOn = true;
	const slot = async () => {
		while (goOn && next < total) goOn = (await task(next++)) && goOn;
	};
	await Promise.all(Array.from({ length: Math.min(slots, total) }, slot));
}

/** Lets tasks about the same subject run one after the other, in the order in which they came. */
export class SubjectOrder {
	private readonly newest = new Map<string, Promise<unknown>>();

	async run<T>(subject: string, task: () => Promise<T>): Promise<T> {
		const before = this.newest.get(subject);
		const result = before ? before.then(task, task) : task();
		this.newest.set(subject, result);
		try {
			return await result;
		} finally {
			if (this.newest.get(subject) === result) this.newest.delete(subject);
		}
	}
}
