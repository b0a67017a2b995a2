import { phoneNumberOf } from './phoneNumber';

/** `https://wa.me/5511999999999?text=…`, also without the beginning, and with a plus sign. */
const SHORT = /^(?:https?:\/\/)?(?:www\.)?wa\.me\/(?:\+|%2b)?(\d+)\/?(?:[?#][^]*)?$/i;

/** The long form, and the one that opens the app. */
const LONG =
	/^(?:(?:https?:\/\/)?(?:api|web|www|chat)\.whatsapp\.com\/|whatsapp:\/\/)send\/?\?([^#]*)/i;

/**
 * The number in a link of WhatsApp that opens a chat with it (docs/ryze-api.md, "Phone numbers").
 * There it always has its country code, whether with a plus sign or without.
 *
 * @returns digits only; `undefined` for anything else, as for a link to a group or to a business
 */
export function numberInLink(link: string): string | undefined {
	const short = SHORT.exec(link)?.[1];
	const query = LONG.exec(link)?.[1];
	// In a query a plus sign stands for a blank.
	const phones = short === undefined ? new URLSearchParams(query).getAll('phone') : [short];
	const [phone] = phones;
	return phones.length === 1 ? phoneNumberOf(`+${phone.replace(/^\s*\+?/, '')}`) : undefined;
}
