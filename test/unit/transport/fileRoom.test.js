const { LARGEST_FILE } = require('../../../build/nodes/Ryze/transport/attachment');
const { Stopped } = require('../../../build/nodes/Ryze/errors/RyzeError');
const { FileRoom } = require('../../../build/nodes/Ryze/transport/fileRoom');

describe('The room for files in memory', () => {
	/** @param {number} size @param {number} count */
	const mostAtOnce = async (size, count) => {
		const room = new FileRoom();
		let [now, most] = [0, 0];
		const send = async () => {
			most = Math.max(most, ++now);
			await new Promise((resolve) => setTimeout(resolve, 10));
			now--;
		};
		const all = Array.from({ length: count }, async () => await room.hold(size, undefined, send));
		await Promise.all(all);
		return most;
	};

	it('is for two of the largest files, or for many small ones', async () => {
		expect(await mostAtOnce(LARGEST_FILE, 4)).toBe(2);
		expect(await mostAtOnce(1000, 20)).toBe(20);
	});

	it('is free again after a failure', async () => {
		const room = new FileRoom();
		const fail = async () => await Promise.reject(new Error('no'));
		for (let i = 0; i < 3; i++) {
			await expect(room.hold(LARGEST_FILE, undefined, fail)).rejects.toThrow('no');
		}
		expect(await room.hold(LARGEST_FILE, undefined, async () => 'sent')).toBe('sent');
	});

	it('is not waited for after a stop', async () => {
		const room = new FileRoom();
		const halt = new AbortController();
		const never = async () => await new Promise(() => {});
		void room.hold(2 * LARGEST_FILE, halt.signal, never);
		const second = room.hold(1, halt.signal, never);
		halt.abort();
		await expect(second).rejects.toBeInstanceOf(Stopped);
	});
});
