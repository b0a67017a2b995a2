const fc = require('fast-check');
const {
	runConcurrently,
	KeyedOrder,
} = require('../../../../build/nodes/Ryze/actions/run/concurrency');
const { VirtualClock } = require('../../../support/virtualClock');

/**
 * Runs items that take as many milliseconds as given, and notes what happened.
 *
 * @param {number[]} durations
 * @param {number} slots
 * @param {(index: number) => boolean} [goesOn]
 */
async function runItems(durations, slots, goesOn = () => true) {
	const clock = new VirtualClock();
	const begin = clock.now();
	/** @type {number[]} */
	const started = [];
	/** @type {number[]} */
	const ended = [];
	let most = 0;
	await clock.run(
		runConcurrently(durations.length, slots, async (index) => {
			started.push(index);
			most = Math.max(most, started.length - ended.length);
			await clock.sleep(durations[index]);
			ended.push(index);
			return goesOn(index);
		}),
	);
	return { started, ended, most, time: clock.now() - begin };
}

const anyDurations = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
const anySlots = fc.integer({ min: 1, max: 20 });

describe('Requests at Once', () => {
	it('starts every item once, in order, and never more than so many at the same time', async () => {
		await fc.assert(
			fc.asyncProperty(anyDurations, anySlots, async (durations, slots) => {
				const { started, ended, most } = await runItems(durations, slots);
				const all = durations.map((_, index) => index);
				expect(started).toEqual(all);
				expect(ended.sort((a, b) => a - b)).toEqual(all);
				expect(most).toBe(Math.min(slots, durations.length));
			}),
		);
	});

	it('ends each item before it starts the next when it is 1', async () => {
		const { ended, time } = await runItems([5, 1, 3], 1);
		expect(ended).toEqual([0, 1, 2]);
		expect(time).toBe(9);
	});

	it('starts the next item as soon as any has ended', async () => {
		const { ended, time } = await runItems([10, 1, 1, 1, 1], 2);
		expect(ended).toEqual([1, 2, 3, 4, 0]);
		expect(time).toBe(10);
	});

	it('starts nothing after an item that stops it, and lets running items end', async () => {
		await fc.assert(
			fc.asyncProperty(anyDurations, anySlots, fc.nat(39), async (durations, slots, last) => {
				fc.pre(last < durations.length);
				const clock = new VirtualClock();
				let stopped = false;
				let late = 0;
				let running = 0;
				await clock.run(
					runConcurrently(durations.length, slots, async (index) => {
						if (stopped) late++;
						running++;
						await clock.sleep(durations[index]);
						running--;
						stopped ||= index === last;
						return index !== last;
					}),
				);
				expect({ stopped, late, running }).toEqual({ stopped: true, late: 0, running: 0 });
			}),
		);
	});

	it('stops at the first failure when it is 1', async () => {
		const { started } = await runItems([1, 1, 1, 1], 1, (index) => index !== 1);
		expect(started).toEqual([0, 1]);
	});

	it('starts nothing when there are no items', async () => {
		expect((await runItems([], 20)).started).toEqual([]);
	});
});

describe('items about the same message', () => {
	/** @param {KeyedOrder} order @param {string} subject */
	function startsAtOnce(order, subject) {
		let started = false;
		void order.run(subject, async () => (started = true));
		return started;
	}

	/** @typedef {{ subject: string, duration: number, fails: boolean }} Task */

	/** @param {Task[]} tasks */
	async function runAll(tasks) {
		const clock = new VirtualClock();
		const order = new KeyedOrder();
		/** @type {number[]} */
		const started = [];
		/** @type {Map<string, number>} */
		const running = new Map();
		const work = tasks.map(async ({ subject, duration, fails }, index) => {
			return await order.run(subject, async () => {
				started.push(index);
				expect(running.get(subject)).toBeUndefined();
				running.set(subject, index);
				await clock.sleep(duration);
				running.delete(subject);
				if (fails) throw new Error(`failure of ${index}`);
				return `result of ${index}`;
			});
		});
		const results = await clock.run(Promise.allSettled(work));
		return { started, results, order };
	}

	it('run one after the other, in order, even after a failure', async () => {
		const anyTask = fc.record({
			subject: fc.constantFrom('a', 'b', 'c', '__proto__'),
			duration: fc.integer({ min: 0, max: 20 }),
			fails: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(anyTask, { maxLength: 30 }), async (tasks) => {
				const { started, results, order } = await runAll(tasks);
				for (const subject of ['a', 'b', 'c', '__proto__']) {
					const ofSubject = started.filter((index) => tasks[index].subject === subject);
					expect(ofSubject).toEqual([...ofSubject].sort((a, b) => a - b));
				}
				expect(
					results.map((result) =>
						result.status === 'fulfilled' ? result.value : result.reason.message,
					),
				).toEqual(tasks.map(({ fails }, i) => `${fails ? 'failure' : 'result'} of ${i}`));
				// What has ended is forgotten: nothing is waited for any more.
				for (const subject of new Set(tasks.map((task) => task.subject))) {
					expect(startsAtOnce(order, subject)).toBe(true);
				}
			}),
		);
	});

	it('do not delay items about other messages', async () => {
		const task = { duration: 10, fails: false };
		const tasks = ['a', 'a', 'b', 'c'].map((subject) => ({ ...task, subject }));
		expect((await runAll(tasks)).started).toEqual([0, 2, 3, 1]);
	});

	it('do not wait for one that failed before it began', async () => {
		const order = new KeyedOrder();
		const broken = order.run('a', () => {
			throw new Error('at once');
		});
		await expect(broken).rejects.toThrow('at once');
		expect(await order.run('a', async () => 'next')).toBe('next');
		expect(startsAtOnce(order, 'a')).toBe(true);
	});
});
