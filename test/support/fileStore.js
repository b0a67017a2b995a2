const { Readable } = require('node:stream');
const { BinaryDataService } = require('../../sandbox/engine/core');

/** The container that n8n-core itself uses. */
const { Container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }));

/** How a store gives a file that it says to have. */
const STREAMS = {
	/** @param {Buffer} file */
	whole: (file) => Readable.from([file]),
	/** @param {Buffer} file */
	short: (file) => Readable.from([file.subarray(0, file.length - 1)]),
	/** @param {Buffer} file */
	longer: (file) => Readable.from([file, Buffer.from('x')]),
	nothing: () => Readable.from([]),
	stalls: () => {
		const stream = new Readable({ read() {} });
		stream.push('abc');
		return stream;
	},
	breaks: () =>
		new Readable({
			read() {
				this.destroy(new Error('read /home/node/.n8n/storage/abc'));
			},
		}),
};

/**
 * A store of n8n with one file, which may behave as no store should.
 *
 * @param {object} how
 * @param {Buffer} [how.file]
 * @param {keyof typeof STREAMS} [how.gives]
 * @param {() => Promise<unknown>} [how.metadata] in place of a size that is right
 */
function storeWith({ file = Buffer.from('a picture'), gives = 'whole', metadata }) {
	/** @type {Readable[]} */
	const streams = [];
	const manager = {
		getMetadata: metadata ?? (async () => ({ fileSize: file.length })),
		async getAsStream() {
			const stream = STREAMS[gives](file);
			streams.push(stream);
			return stream;
		},
	};
	/** @type {any} */ (Container.get(BinaryDataService)).managers = { 'filesystem-v2': manager };
	return {
		streams,
		/** As n8n notes it in an item. */
		data: {
			id: 'filesystem-v2:abc',
			data: 'filesystem-v2',
			mimeType: 'image/png',
			fileName: 'a.png',
		},
	};
}

module.exports = { storeWith };
