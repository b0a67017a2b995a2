import { comparable } from './text';

/** Without skin tones and variation selectors. */
export const YES_SIGN = /[👍✅✔☑👌🆗]/gu;
export const NO_SIGN = /[👎❌✖❎🚫⛔🙅]/gu;

/** What changes nothing about a sign: skin tones, and whom it shows. */
const OF_SIGNS = /[\u{1f3fb}-\u{1f3ff}♀♂]/gu;

/** @param text see `comparable` */
export const withoutTones = (text: string): string => text.replace(OF_SIGNS, '');

/** Whether an emoji can mean yes or no; of all others, nobody has to look which message they are for. */
export const mayBeSign = (text: string): boolean => {
	const sign = withoutTones(comparable(text));
	return sign.search(YES_SIGN) >= 0 || sign.search(NO_SIGN) >= 0;
};
