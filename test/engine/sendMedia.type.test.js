const { seeds, useHarness } = require('../support/engine');

const harness = useHarness({ fresh: true });

const usual = {
	operation: 'sendMedia',
	chat: { __rl: true, mode: 'id', value: seeds.chats.group },
	inputType: 'binary',
	binaryPropertyName: 'data',
};

/** @param {object} file @param {object} [parameters] */
const send = async (file, parameters) =>
	await harness.run({
		items: [{ json: {}, binary: /** @type {any} */ ({ data: { data: 'QUJD', ...file } }) }],
		parameters: { ...usual, ...parameters },
	});

/** @param {string} mediaUrl @param {object} [parameters] */
const sendUrl = async (mediaUrl, parameters) =>
	await harness.run({ parameters: { ...usual, inputType: 'url', mediaUrl, ...parameters } });

const sentTypes = () => harness.ryze.sent.map(({ mediaType }) => mediaType);

describe("a file with 'Media Type' as it is by default", () => {
	it.each([
		['image', { mimeType: 'image/jpeg' }],
		['image', { mimeType: 'image/jpg' }],
		['image', { mimeType: 'IMAGE/PNG; q=1' }],
		['image', { mimeType: 'application/octet-stream', fileName: 'menu.PNG' }],
		['image', { fileExtension: 'jpeg' }],
		['video', { mimeType: 'video/mp4' }],
		['video', { fileName: 'clip.3gp' }],
		['audio', { mimeType: 'audio/ogg; codecs=opus' }],
		['audio', { mimeType: 'audio/x-m4a' }],
		['audio', { fileName: 'song.mp3' }],
		['document', { mimeType: 'text/plain', fileName: 'notes.txt' }],
		['document', { mimeType: 'application/pdf' }],
		['document', { fileName: 'list.xlsx' }],
		// WhatsApp shows or plays none of these in the chat.
		['document', { mimeType: 'image/svg+xml' }],
		['document', { mimeType: 'image/heic' }],
		['document', { mimeType: 'video/x-msvideo' }],
		['document', { mimeType: 'audio/flac' }],
		['document', { mimeType: 'application/octet-stream' }],
		['document', {}],
	])('goes as %s: %j', async (mediaType, file) => {
		await send(file);
		await send(file, { mediaType: ' Auto ' });
		expect(sentTypes()).toEqual([mediaType, mediaType]);
	});

	it('goes by the name in the options when the file itself says nothing', async () => {
		const options = { fileName: 'menu.png' };
		await send({ mimeType: 'application/octet-stream' }, { options });
		await sendUrl('https://example.com/download?id=5', { options });
		expect(sentTypes()).toEqual(['image', 'image']);
	});

	it.each([
		['image', 'https://example.com/menu.jpg?width=200'],
		['video', 'https://example.com/a.b/film.MP4#t=5'],
		['document', 'https://example.com/menu.pdf'],
	])('goes as %s from a URL: %s', async (mediaType, url) => {
		await sendUrl(url);
		expect(sentTypes()).toEqual([mediaType]);
	});

	it.each([
		'https://example.com/',
		'https://example.com/picture',
		'https://a.com/show.php?a=b.jpg',
	])('is refused from a URL that does not tell its type: %s', async (url) => {
		const { error } = await sendUrl(url);
		expect(error.message).toBe("'Media Type' is Automatic, but the URL has no known extension");
		expect(error.description).toBe(
			"Set 'Media Type' to what the file is, or enter a name with its extension in the option 'File Name', such as picture.jpg.",
		);
		expect(error.context.reason).toBe('invalid-parameter');
		expect(harness.ryze.requests).toEqual([]);
	});

	it('is a voice note unless that is switched off, which means nothing for other files', async () => {
		const options = { voiceNote: false };
		await send({ mimeType: 'audio/ogg' });
		await send({ mimeType: 'audio/ogg' }, { options });
		await send({ mimeType: 'image/png' }, { options });
		expect(harness.ryze.sent.map(({ isVoice }) => isVoice)).toEqual([true, false, false]);
		expect(harness.ryze.requests[2].body).not.toHaveProperty('isVoice');
	});

	it('has its caption, and sound with one is refused rather than sent without it', async () => {
		await send({ mimeType: 'image/png' }, { caption: 'The menu' });
		const { error } = await send({ mimeType: 'audio/ogg' }, { caption: 'The menu' });
		expect(error.message).toBe('Audio has no caption in WhatsApp');
		expect(error.description).toBe(
			"Leave 'Caption' empty and send the text with Send Text, or set 'Media Type' to Document.",
		);
		expect(harness.ryze.sent).toMatchObject([{ mediaType: 'image', message: 'The menu' }]);
	});
});

describe("a 'Media Type' that was chosen", () => {
	it.each([
		['image', { mimeType: 'text/plain', fileName: 'a.txt' }, 'Image', 'text/plain', 'Document'],
		['video', { mimeType: 'application/pdf' }, 'Video', 'application/pdf', 'Document'],
		['audio', { mimeType: 'image/png' }, 'Audio', 'image/png', 'Image'],
		['image', { fileName: 'clip.mp4' }, 'Image', 'video/mp4', 'Video'],
		['video', { mimeType: 'audio/mpeg; x=y' }, 'Video', 'audio/mpeg', 'Audio'],
	])('is refused when it does not fit: %s for %j', async (mediaType, file, chosen, type, right) => {
		const { error } = await send(file, { mediaType });
		expect(error.message).toBe(`'Media Type' is ${chosen}, but the type of the file is ${type}`);
		expect(error.description).toBe(`Set 'Media Type' to Automatic or ${right}.`);
		expect(error.context.reason).toBe('invalid-parameter');
		expect(harness.ryze.requests).toEqual([]);
	});

	it('is refused when the URL says that it does not fit, unless a name says more', async () => {
		const { error } = await sendUrl('https://example.com/menu.pdf', { mediaType: 'image' });
		expect(error.message).toBe(
			"'Media Type' is Image, but the type of the file is application/pdf",
		);
		expect(error.description).toBe(
			"Set 'Media Type' to Automatic or Document. If the URL is misleading, enter a name with the right extension in the option 'File Name'.",
		);
		const options = { fileName: 'menu.png' };
		await sendUrl('https://example.com/menu.pdf', { mediaType: 'image', options });
		expect(sentTypes()).toEqual(['image']);
	});

	it.each([
		['document', { mimeType: 'image/png' }],
		['document', {}],
		['image', { mimeType: 'image/svg+xml' }],
		['image', { mimeType: 'application/octet-stream' }],
		['image', {}],
		['video', { mimeType: 'application/mp4' }],
		// A browser records sound with these types.
		['audio', { mimeType: 'video/webm' }],
		['audio', { mimeType: 'application/ogg' }],
		['audio', { mimeType: 'video/ogg' }],
	])('is kept when it may fit: %s for %j', async (mediaType, file) => {
		await send(file, { mediaType });
		expect(sentTypes()).toEqual([mediaType]);
	});
});
