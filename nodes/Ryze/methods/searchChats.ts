import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../errors/nodeErrors';
import { RyzeError } from '../errors/RyzeError';
import { type Listed, type ListedChat, loadChats } from './loadChats';

export interface List {
	listed: Listed;
	/** What the field gets when an entry with these IDs is chosen. */
	valueOf: (ids: string[]) => string;
}

/** The editor asks for more when the user scrolls to the end. */
const PAGE = 100;

/** Without upper case, accents and signs of their own. */
const foldedForSearch = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Whether each word of the search is in the name or the ID; a number in any notation. */
function finderOf(filter: string): (chat: ListedChat) => boolean {
	const words = foldedForSearch(filter).split(/\s+/);
	const digits = /^[\d\s()+./-]+$/.test(filter) ? filter.replace(/\D/g, '') : '';
	return ({ ids, name }) => {
		const text = foldedForSearch([name, ...ids].join(' '));
		const hasDigits = digits !== '' && ids.some((id) => id.includes(digits));
		return hasDigits || words.every((word) => text.includes(word));
	};
}

/** Nothing has run that could be run again. */
function withListAdvice(error: unknown): unknown {
	if (!(error instanceof RyzeError)) return error;
	const description = `${error.failure.description} Then open this list again.`.trim();
	return new RyzeError({ ...error.failure, description }, error.cause);
}

/**
 * Fills a list in the editor: groups first, then contacts; or contacts only.
 *
 * @param list what it contains, and the value of an entry
 * @param filter what the user has typed into the search
 * @param paginationToken where the next page begins
 * @throws {NodeApiError | NodeOperationError} whose title says what is wrong
 */
export async function searchChats(
	context: ILoadOptionsFunctions,
	{ listed, valueOf }: List,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const chats = await loadChats(context, listed);
		const found = filter?.trim() ? chats.filter(finderOf(filter)) : chats;
		const from = Number(paginationToken ?? 0);
		const to = from + PAGE;
		return {
			results: found.slice(from, to).map(({ ids, name }) => ({ name, value: valueOf(ids) })),
			...(to < found.length && { paginationToken: String(to) }),
		};
	} catch (error) {
		throw toNodeError(withListAdvice(error), context.getNode());
	}
}
