'use strict';

const { text } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');
const { MIME_TYPES, fingerprint, mediaTypeOf, sourceOf } = require('../media');
const { COMMON_FIELDS, sendMessage } = require('../sending');

/**
 * POST /api/message/media/:instance (docs/ryze-api.md, "Send media"). Each call makes a new message.
 *
 * Unknown in the docs; taken:
 * - All errors: as those of a text. The order: number, type, media, then as for a text.
 * - A request that is too large: 413 in plain text, as from a gateway in front (docs/ryze-api.md,
 *   "Responses"), though after the token has been checked.
 * - The fields about the media are in `data`. `mediaUrl` is the one that was sent, so there is none
 *   for base64, and no `mediaSize` for a URL. `isVoice` counts for audio only.
 * - The event has no `content`, only a caption, and leaves out what is not known. `getMessage` has
 *   the caption as its `content`.
 * - A document without a name: shown without one; Ryze's "generic name" is not known.
 *
 * @type {import('../types').Endpoint}
 */
async function sendMedia(context, instance) {
	if (context.body.tooLarge) return text(413, 'Request Entity Too Large\n');
	const fields = readFields(context, {
		...COMMON_FIELDS,
		mediaType: 'string',
		mediaUrl: 'string',
		mediaBase64: 'string',
		mimeType: 'string',
		fileName: 'string',
		isVoice: 'flag',
		duration: 'number',
		waveform: 'numbers',
	});
	const jid = jidOf(fields.number);
	const type = mediaTypeOf(fields.mediaType);
	const { url, data } = sourceOf(fields);

	const isVoice = type === 'audio' && (fields.isVoice ?? true);
	const { message: caption, mimeType, fileName, duration, waveform } = fields;
	const as = { mimeType, fileName, isVoice, duration, waveform };
	const found = mimeType || MIME_TYPES[type];
	const size = data?.length;
	return await sendMessage(
		context,
		instance,
		{ jid, ...fields },
		{
			type,
			stored: { type, mimeType: found, size, duration: duration || undefined },
			sent: { mediaType: type, mediaUrl: url, ...fingerprint(data), ...as },
			event: { text: '', extra: { media: shownMedia({ type, found, size, fileName, caption }) } },
			// JSON leaves out what is undefined.
			answer: {
				messageType: type,
				mediaUrl: url || undefined,
				mediaMimeType: found,
				mediaSize: size,
				mediaDuration: isVoice ? duration : undefined,
			},
		},
	);
}

/**
 * The media as an event names them (docs/ryze-api.md, "Message events").
 *
 * @param {{ type: string, found: string, size?: number, fileName: string, caption: string }} media
 */
function shownMedia({ type, found, size, fileName, caption }) {
	return {
		type,
		mimetype: found,
		fileName: fileName || undefined,
		fileSize: size,
		caption: caption || undefined,
	};
}

module.exports = { method: 'POST', path: '/api/message/media/:instance', answer: sendMedia };
