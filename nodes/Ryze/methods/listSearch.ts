import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** What the lists in the editor are filled with; loaded when the first one is opened. */
export const listSearch: Record<'searchChats' | 'searchContacts', Search> = {
	async searchChats(filter, paginationToken) {
		const { searchList } = await import('./searchList');
		return await searchList(this, 'chats', filter, paginationToken);
	},
	async searchContacts(filter, paginationToken) {
		const { searchList } = await import('./searchList');
		return await searchList(this, 'contacts', filter, paginationToken);
	},
};
