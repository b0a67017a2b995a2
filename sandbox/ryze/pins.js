'use strict';

const HOUR = 60 * 60 * 1000;

/** How long a pin lasts, in milliseconds (docs/ryze-api.md, "Pin a message"). */
const DURATIONS = new Map([
	['24h', 24 * HOUR],
	['7d', 7 * 24 * HOUR],
	['30d', 30 * 24 * HOUR],
]);

/** Pinned messages that WhatsApp's apps keep in a chat (docs/ryze-api.md, "What becomes of a pin"). */
const MOST_IN_A_CHAT = 3;

/** Channels, status posts and broadcast lists: nothing in them can be pinned (same place). */
const WITHOUT_PINS = /@(newsletter|broadcast)$/;

/**
 * @param {import('./types').State} state
 * @returns {import('./types').State['pins']} without those that have ended
 */
function currentPins({ pins }) {
	for (const [key, { expiresAt }] of pins) if (expiresAt <= Date.now()) pins.delete(key);
	return pins;
}

/**
 * What WhatsApp does with the pin that Ryze has sent (docs/ryze-api.md, "What becomes of a pin").
 *
 * Unknown; taken: each instance has chats of its own, even where two are in one group.
 *
 * @param {import('./types').State} state
 * @param {import('./types').PinLine} line
 * @param {string} duration a key of DURATIONS
 */
function addPin(state, line, duration) {
	const { instance, chatJid, messageId } = line;
	if (WITHOUT_PINS.test(chatJid)) return;
	state.pinLines.push(line);
	const pins = currentPins(state);
	const key = `${instance}/${messageId}`;
	// Deleted first, so that the map stays in the order of pinning.
	pins.delete(key);
	pins.set(key, { chatJid, duration, expiresAt: Date.now() + Number(DURATIONS.get(duration)) });
	const inChat = [...pins].filter(
		([other, pin]) => other.startsWith(`${instance}/`) && pin.chatJid === chatJid,
	);
	if (inChat.length > MOST_IN_A_CHAT) pins.delete(inChat[0][0]);
}

module.exports = { DURATIONS, addPin, currentPins };
