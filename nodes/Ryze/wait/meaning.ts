import type { Question } from '../events/question';
import { comparable } from '../events/text';

/** What a person has answered; `undefined` when it cannot be told. */
export type Answer = { approved: boolean } | { text: string } | undefined;

/** In English, Portuguese and Spanish, as `plain` gives them. Only whole answers count. */
const YES = `yes|y|yeah|yep|yup|yes please|ok|okay|sure|of course|go ahead|do it|approve|approved|agree|agreed
accept|accepted|confirm|confirmed|sim|s|sim por favor|claro|pode|pode sim|com certeza|aprovo|aprovar|aprovado
aprovada|concordo|confirmo|confirmado|aceito|de acordo|beleza|si|si por favor|vale|dale|adelante|apruebo|aprobar
aprobado|aprobada|acepto|de acuerdo|por supuesto`;

const NO = `no|n|nope|nah|no thanks|no thank you|never|do not|don t|dont|decline|declined|disapprove|disapproved
reject|rejected|deny|denied|cancel|nao|nao obrigado|nao obrigada|nunca|recuso|recusar|recusado|recusada|reprovo
reprovar|reprovado|reprovada|rejeito|rejeitar|rejeitado|rejeitada|cancela|cancelar|negado|negada|no gracias|rechazo
rechazar|rechazado|rechazada|jamas`;

/** Without skin tones and variation selectors. */
const YES_SIGN = /[👍✅✔☑👌🆗]/gu;
const NO_SIGN = /[👎❌✖❎🚫⛔🙅]/gu;

/** What changes nothing about a sign: skin tones, and whom it shows. */
const TONES = /[\u{1f3fb}-\u{1f3ff}♀♂]/gu;

const wordSet = (list: string) => new Set(list.split(/[|\n]/));

const YES_WORDS = wordSet(YES);
const NO_WORDS = wordSet(NO);

/** What is struck through: whoever writes "~yes~" has taken it back. */
const STRUCK = /~[^~]+~/g;

/** Without what makes no difference: case, accents, full stops, stars for bold, invisible characters. */
const plain = (text: string): string =>
	comparable(text)
		.replace(STRUCK, '?')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[.,;:!¡…。！，、*_~"'“”‘’«»()-]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** @returns `undefined` when it says neither, or both */
function meaningOf(text: string): boolean | undefined {
	const bare = plain(text).replace(TONES, '');
	const word = bare.replace(YES_SIGN, ' ').replace(NO_SIGN, ' ').replace(/\s+/g, ' ').trim();
	const says = [
		bare.search(YES_SIGN) >= 0 ? true : undefined,
		bare.search(NO_SIGN) >= 0 ? false : undefined,
		YES_WORDS.has(word) ? true : undefined,
		NO_WORDS.has(word) ? false : undefined,
	].filter((each) => each !== undefined);
	const isMoreThanThat = word !== '' && !YES_WORDS.has(word) && !NO_WORDS.has(word);
	return isMoreThanThat || new Set(says).size !== 1 ? undefined : says[0];
}

/** The labels count before the words that people use. */
function approvalOf(text: string, { approve, decline }: NonNullable<Question['approval']>) {
	const given = plain(text);
	if (given === '') return undefined;
	if (given === plain(approve)) return true;
	if (decline !== undefined && given === plain(decline)) return false;
	const meaning = meaningOf(text);
	// What can only be approved cannot be declined: the workflow continues as if it were approved.
	return meaning === false && decline === undefined ? undefined : meaning;
}

/** What a reply, or an emoji, says to a question. */
export function answerOf({ approval }: Question, via: 'reply' | 'reaction', text: string): Answer {
	if (approval) {
		const approved = approvalOf(text, approval);
		return approved === undefined ? undefined : { approved };
	}
	return via === 'reaction' || text.trim() === '' ? undefined : { text: text.trim() };
}

/** Whether labels that mean the same could not be told apart. */
export const areAlike = (one: string, other: string): boolean => plain(one) === plain(other);
