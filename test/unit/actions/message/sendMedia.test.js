const { sendMedia } = require('../../../../build/nodes/Ryze/actions/message/sendMedia.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

const usual = {
	chat: { __rl: true, mode: 'id', value: '120363406289005073@g.us' },
	mediaType: 'image',
	inputType: 'url',
	mediaUrl: ' https://example.com/menu.jpg ',
	caption: '',
};

/** @param {Record<string, unknown>} [parameters] */
const request = (parameters) => requestOf(sendMedia, { ...usual, ...parameters });

const bare = {
	number: '120363406289005073@g.us',
	mediaType: 'image',
	mediaUrl: 'https://example.com/menu.jpg',
	source: 'n8n',
};

describe('Send Media', () => {
	it('becomes the request of the API docs, and is never sent twice', () => {
		expect(request()).toMatchObject({
			method: 'POST',
			path: '/api/message/media',
			orderKey: '120363406289005073@g.us',
			idempotent: false,
			delay: 0,
		});
		expect(request().body).toStrictEqual(bare);
		expect(request().attachment).toBeUndefined();
	});

	it('sends every option that is set, in the words of Ryze', () => {
		const options = { delay: 2, fileName: ' menu.jpg ', mentionAll: 'true', replyTo: '3EB0' };
		expect(request({ caption: 'The menu', options }).body).toStrictEqual({
			...bare,
			message: 'The menu',
			fileName: 'menu.jpg',
			delay: 2,
			mentionAll: true,
			replyTo: '3EB0',
		});
	});

	it('sends a voice note or an audio file, without the caption that the editor hides', () => {
		const mediaUrl = 'https://example.com/song.mp3';
		const audio = { mediaType: 'Audio', mediaUrl, caption: 'left over' };
		const sent = { ...bare, mediaUrl, mediaType: 'audio' };
		expect(request(audio).body).toStrictEqual(sent);
		expect(request({ ...audio, options: { voiceNote: 'false' } }).body).toStrictEqual({
			...sent,
			isVoice: false,
		});
		expect(request({ options: { voiceNote: false } }).body).toStrictEqual(bare);
	});

	it('attaches the file of the input, with its name unless another one is given', () => {
		const file = { identity: () => 'own', size: async () => 3, open: async () => 'YWJj' };
		const openFile = jest.fn(() => ({ mimeType: 'image/png', fileName: 'own.png', ...file }));
		/** @param {object} [options] */
		const read = (options) =>
			sendMedia.request(
				(name) =>
					/** @type {any} */ ({
						...usual,
						inputType: 'binary',
						binaryPropertyName: ' data ',
						options,
					})[name],
				openFile,
			);
		const { attachment, body } = read();
		expect(openFile).toHaveBeenCalledWith('data');
		expect(attachment).toStrictEqual({ key: 'mediaBase64', ...file });
		const { mediaUrl, ...others } = bare;
		expect(body).toStrictEqual({ ...others, mimeType: 'image/png', fileName: 'own.png' });
		expect(read({ fileName: 'menu.png' }).body).toMatchObject({ fileName: 'menu.png' });
	});

	it.each([
		["'Chat' must be", { chat: 'Ann' }],
		["'Media Type' must be auto, audio, document, image or video", { mediaType: 'sticker' }],
		["'Input Type' must be binary or url", { inputType: 'file' }],
		["'URL' must start with https:// or http://, but is empty", { mediaUrl: ' ' }],
		["'URL' must start with https:// or http://", { mediaUrl: 'file:///etc/passwd' }],
		["'Input Data Field Name' is required", { inputType: 'binary', binaryPropertyName: '' }],
		["'Caption' must be text, but is a list", { caption: ['a'] }],
	])('refuses with: %s', (message, parameters) => {
		expect(refusal(() => request(parameters)).message).toContain(message);
	});
});
