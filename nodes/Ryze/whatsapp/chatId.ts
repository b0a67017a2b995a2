import { numberInLink } from './link';
import { INVISIBLE, phoneNumberOf } from './phoneNumber';
import { personKeyOf } from './samePerson';

/** IDs of people, groups, channels and lists in Ryze (docs/ryze-api.md, "Recipients"). */
const CHAT_ID = /^\d+@(s\.whatsapp\.net|lid|newsletter|broadcast)$|^\d+(-\d+)?@g\.us$/;

/**
 * A person, maybe with the device that was used, as events name them: `5511999999999:12@s.whatsapp.net`.
 * The devices that Meta runs for a business are `@hosted`, or `@hosted.lid`.
 */
const PERSON = /^(\d+)(?:(?:\.\d+)?:\d+)?@(?:hosted\.(?=lid$))?(s\.whatsapp\.net|lid|hosted)$/;

/** The ID of a person without the device; any other ID as it is. Case makes no difference. */
const withoutDevice = (id: string): string =>
	id
		.toLowerCase()
		.replace(PERSON, (_, user: string, server: string) =>
			server === 'lid' ? `${user}@lid` : `${user}@s.whatsapp.net`,
		);

/** Stands for the status posts of everyone (docs/ryze-api.md, "Recipients"). */
export const STATUS_POSTS = 'status@broadcast';

/**
 * A phone number, a link of WhatsApp to one, or the ID of a person, group or channel, as Ryze takes
 * it.
 *
 * Rather nothing than a guess: digits that were not written are never in it, and only what is clearly
 * written as a phone number is read as one.
 *
 * @returns digits only, or the ID without the device of a person; `undefined` for anything else
 */
export function chatIdOf(value: unknown): string | undefined {
	const text = Number.isSafeInteger(value) ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	const id = withoutDevice(text.replace(INVISIBLE, '').trim());
	return CHAT_ID.test(id) ? id : (phoneNumberOf(text) ?? numberInLink(id));
}

/** The same for all spellings of the same chat, as far as a spelling tells. */
export const chatKeyOf = (id: string): string =>
	personKeyOf(withoutDevice(id).replace(/@s\.whatsapp\.net$/, ''));

const asText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const PEOPLE = 's.whatsapp.net';

/** What follows the digits in the ID of each kind of chat. */
const SERVERS = new Map<string, string>([
	['', PEOPLE],
	...['private', 'user', 'contact', 'individual', 'direct', 'person'].map(
		(kind) => [kind, PEOPLE] as const,
	),
	['group', 'g.us'],
	['community', 'g.us'],
	['newsletter', 'newsletter'],
	['channel', 'newsletter'],
	['broadcast', 'broadcast'],
	['status', 'broadcast'],
]);

/** The digits of a hidden ID, in whatever way it is completed. */
const LID = /^(\d+)(?:\.\d+)?(?::\d+)?(?:@(?:lid|s\.whatsapp\.net|hosted(?:\.lid)?))?$/;

/**
 * The IDs that Ryze itself gives for a chat or a person, in full, the usual one first. There they may
 * be digits only, and are not judged as what a person types: the reply must reach them.
 *
 * @param jid of a person, or of a chat of the kind `type`
 * @param lid the hidden ID of a person: its digits are never a phone number, however it is written
 * @param type in Ryze's words; people when there is none
 */
export function knownIdsOf(jid: unknown, lid?: unknown, type?: unknown): string[] {
	const id = withoutDevice(asText(jid).replace(INVISIBLE, ''));
	const kind = typeof type === 'string' ? type.trim().toLowerCase() : '';
	// Of a kind that is unknown, the ID must not pass for a phone number.
	const server = /^\d+-\d+$/.test(id) ? 'g.us' : (SERVERS.get(kind) ?? kind);
	// Fewer or more digits than a phone number has are not a person's.
	const digits =
		server === PEOPLE ? /^(\d{7,15}|status)(?:(?:\.\d+)?:\d+)?$/ : /^(\d+(?:-\d+)?|status)$/;
	const user = digits.exec(id)?.[1];
	const full = user === undefined ? id : `${user}@${user === 'status' ? 'broadcast' : server}`;
	const given = asText(lid).replace(INVISIBLE, '').toLowerCase();
	const hidden = LID.exec(given)?.[1];
	// With only the LID known, Ryze gives it as the other ID too.
	const isLid = full.replace(/@.*$/, '') === hidden;
	const ids = [isLid ? '' : full, hidden === undefined ? given : `${hidden}@lid`];
	return [...new Set(ids.filter((each) => each !== ''))];
}
