import type { Failure } from './RyzeError';

/** How a failure is called and mended, once Ryze's own sentence about it is known. */
export type Advice = Pick<Failure, 'reason' | 'description'>;

/**
 * Ryze answers HTTP 500 for a user's mistakes and three different statuses for a disconnected phone
 * (pin-message.txt; ryze-api.md 2.3), so its words count before its status.
 */
const BY_SENTENCE: Array<[RegExp, Advice]> = [
	[
		/^message (with id .* )?not found/is,
		{
			reason: 'message-not-found',
			description:
				"Only messages that this instance has sent or received are known to it. Take the ID from 'messageId' of a Ryze Trigger, or from 'data.messageId' of a Send Text, and check that the credential names the same instance.",
		},
	],
	[
		/^invalid duration/i,
		{ reason: 'invalid-parameter', description: "Set 'Duration' to 24h, 7d or 30d." },
	],
	[
		/(whatsapp|client|instance|websocket).* not connected/i,
		{
			reason: 'not-connected',
			description:
				'The phone of this instance is not linked to WhatsApp. Connect it in the Ryze panel, then run again. Nothing was changed in the chat.',
		},
	],
	[
		/^message ?id is required/i,
		{ reason: 'invalid-parameter', description: "Fill in 'Message ID'." },
	],
	[
		/^instance name is required/i,
		{
			reason: 'invalid-credential',
			description: "Fill in 'Instance' of the Ryze API credential.",
		},
	],
	[
		/^instance not found/i,
		{
			reason: 'instance-not-found',
			description:
				"Check 'Instance' of the Ryze API credential letter by letter: it must be the name in the Ryze panel, and upper and lower case count.",
		},
	],
	[
		/^invalid request body/i,
		{
			reason: 'invalid-parameter',
			description:
				'Ryze could not read one of the fields of this node. The text after the colon says which.',
		},
	],
];

/** All sentences about a recipient or a chat are not known; these words begin those that are. */
const ABOUT_THE_CHAT = /^(either )?number\b/i;

const CHECK_THE_CHAT: Advice = {
	reason: 'invalid-parameter',
	description:
		"Check 'Recipient' or 'Chat': it must be a phone number with its country code, or the ID of a chat as Ryze gives it, such as 120363406289005073@g.us for a group.",
};

const BY_STATUS: Record<number, Advice> = {
	400: {
		reason: 'invalid-parameter',
		description: 'Ryze does not accept one of the fields of this node. Its sentence says which.',
	},
	401: {
		reason: 'unauthorized',
		description:
			"Check 'Token' of the Ryze API credential: copy it again from the Ryze panel, the whole of it.",
	},
	403: {
		reason: 'forbidden',
		description:
			"'Token' and 'Instance' of the Ryze API credential do not belong together. Use the token of this very instance, or the account token.",
	},
	429: {
		reason: 'rate-limited',
		description:
			'Ryze limits the requests of each token per minute, and everything that uses the token shares that limit. Wait for the next minute, or send fewer requests at once with this token.',
	},
};

const SERVER_ERROR: Advice = {
	reason: 'server-error',
	description:
		'Something went wrong inside Ryze. Run again in a moment; if it keeps happening, send the sentence above to the support of Ryze.',
};

const OTHER: Advice = {
	reason: 'unexpected-response',
	description:
		"Ryze did not carry this out. If its sentence does not tell why, check that 'Base URL' of the Ryze API credential is https://ryzeapi.cloud.",
};

/**
 * Ryze answers 429 for WhatsApp's throttling as well (ryze-api.md 2.3); that its own limit still has
 * room is the only sign of it.
 */
const WHATSAPP_THROTTLES: Advice = {
	reason: 'rate-limited',
	description:
		'The limit of the token still has room, so it is probably WhatsApp that slows this number down. Send less for a while, then run again.',
};

/**
 * What a sentence of Ryze means for the user.
 *
 * @param remaining requests left in the token's window, `NaN` when Ryze did not say
 */
export function adviceFor(sentence: string, statusCode: number, remaining: number): Advice {
	const known = BY_SENTENCE.find(([pattern]) => pattern.test(sentence));
	if (known) return known[1];
	if (statusCode === 400 && ABOUT_THE_CHAT.test(sentence)) return CHECK_THE_CHAT;
	if (statusCode === 429 && remaining > 0) return WHATSAPP_THROTTLES;
	return BY_STATUS[statusCode] ?? (statusCode >= 500 ? SERVER_ERROR : OTHER);
}
