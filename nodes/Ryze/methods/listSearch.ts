import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

type ListSearch = Record<'searchChats' | 'searchContacts', Search>;

/** What the lists in the editor are filled with; loaded when the first one is opened. */
const listSearchWith = (valueOf: (ids: string[]) => string): ListSearch => ({
	async searchChats(filter, paginationToken) {
		const { searchChats } = await import('./searchChats');
		return await searchChats(this, { listed: 'chats', valueOf }, filter, paginationToken);
	},
	async searchContacts(filter, paginationToken) {
		const { searchChats } = await import('./searchChats');
		return await searchChats(this, { listed: 'contacts', valueOf }, filter, paginationToken);
	},
});

/** For what is compared with events: an event may name any of the IDs of a person. */
export const listSearchOfTrigger = listSearchWith((ids) => ids.join(','));

/** For what is sent: one ID, the usual one. */
export const listSearch = {
	...listSearchWith(([id]) => id),
	searchApprovers: listSearchOfTrigger.searchContacts,
};
