import { createHash } from 'node:crypto';
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { Stopped } from '../errors/RyzeError';
import { isObject } from '../errors/values';
import { chatIdOf } from '../whatsapp/chatId';
import { openClient, withInstance, type RyzeClient } from '../transport/client';
import { Slowdowns } from '../transport/slowdowns';
import { sendRequest } from '../transport/request';

/** A group or a contact, as the list in the editor shows it. */
export interface ListedChat {
	id: string;
	name: string;
	/** Whether the name is only its ID or number. */
	isNameless: boolean;
}

/** Milliseconds. A list of thousands of groups takes Ryze a while; somebody waits for it. */
const LIMITS = { timeout: 60_000, maxWait: 10_000 };

/** Milliseconds for which a list is kept: the editor asks anew with each letter of a search. */
const KEPT_FOR = 30_000;

/** Lists that are kept at once. */
const MOST_KEPT = 20;

const kept = new Map<string, { at: number; chats: Promise<ListedChat[]> }>();

const listOf = (answer: IDataObject, key: string): Array<Record<string, unknown>> =>
	Array.isArray(answer[key]) ? (answer[key] as unknown[]).filter(isObject) : [];

const firstText = (...texts: unknown[]): string | undefined =>
	texts.find((text): text is string => typeof text === 'string' && text.trim() !== '')?.trim();

/** docs/ryze-api.md, "List groups"; the documents spell the ID `jid`, clients in use get `groupJid`. */
function groupOf({ groupJid, jid, name, memberCount }: Record<string, unknown>) {
	const id = chatIdOf(groupJid) ?? chatIdOf(jid);
	if (id === undefined) return [];
	const members = memberCount === 1 ? '1 member' : `${String(memberCount)} members`;
	const size = typeof memberCount === 'number' ? ` (${members})` : '';
	const own = firstText(name);
	return [{ id, name: (own ?? id) + size, isNameless: own === undefined }];
}

/** docs/ryze-api.md, "Contacts". */
function contactOf(contact: Record<string, unknown>) {
	const { jid, lid, full_name, business_name, push_name, first_name, redacted_phone } = contact;
	const id = chatIdOf(jid) ?? chatIdOf(lid);
	if (id === undefined) return [];
	const digits = /^\d+(?=@s\.whatsapp\.net$)/.exec(id)?.[0];
	const number = digits === undefined ? firstText(redacted_phone) : `+${digits}`;
	const name = firstText(full_name, business_name, push_name, first_name);
	if (name === undefined) return [{ id, name: number ?? id, isNameless: true }];
	return [{ id, name: number === undefined ? name : `${name} (${number})`, isNameless: false }];
}

const withId = (chat: ListedChat): ListedChat => ({ ...chat, name: `${chat.name} · ${chat.id}` });

/** Sorted by name, those without one last; where several have the same, each also shows its ID. */
function sorted(chats: ListedChat[]): ListedChat[] {
	const counts = new Map<string, number>();
	for (const { name } of chats) counts.set(name, (counts.get(name) ?? 0) + 1);
	const { compare } = new Intl.Collator();
	return chats
		.map((chat) => ((counts.get(chat.name) ?? 0) > 1 ? withId(chat) : chat))
		.sort(
			(one, other) =>
				Number(one.isNameless) - Number(other.isNameless) || compare(one.name, other.name),
		);
}

/** The failure itself, not that the other request was stopped because of it. */
async function allOrFirstFailure<T>(tasks: Array<T | Promise<T>>): Promise<T[]> {
	const results = await Promise.allSettled(tasks);
	const reasons = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
	const failure: unknown = reasons.find((reason) => !(reason instanceof Stopped)) ?? reasons[0];
	if (failure !== undefined) throw failure;
	return results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** What a list contains. */
export type Listed = 'chats' | 'contacts';

async function load(client: RyzeClient, listed: Listed): Promise<ListedChat[]> {
	const get = async (path: string, query?: Record<string, string>) =>
		await sendRequest(client, { method: 'GET', path, query, idempotent: true }, LIMITS);
	const answers = await allOrFirstFailure([
		listed === 'chats' ? get('/api/group/list', { includeMembers: 'false' }) : {},
		get('/api/chat/contacts'),
	]);
	return [
		...sorted(listOf(answers[0], 'groups').flatMap(groupOf)),
		...sorted(listOf(answers[1], 'contacts').flatMap(contactOf)),
	];
}

/** The client for the instance that the node uses. An expression cannot be resolved here. */
async function openListClient(context: ILoadOptionsFunctions): Promise<RyzeClient> {
	// When one of the two requests fails, the other is not worth a place in the rate limit.
	const halt = new AbortController();
	const onFailure = () => halt.abort();
	const client = await openClient(context, new Slowdowns(), halt.signal, onFailure);
	const instance = context.getCurrentNodeParameter('options.instance');
	const isName = typeof instance === 'string' && /^[^=\s]/.test(instance);
	return isName ? withInstance(client, instance.trim()) : client;
}

/**
 * All groups, then all contacts of the instance, each sorted by name; or the contacts only.
 *
 * @throws {RyzeError} with Ryze's own sentence wherever there is one
 */
export async function listChats(
	context: ILoadOptionsFunctions,
	listed: Listed,
): Promise<ListedChat[]> {
	const client = await openListClient(context);
	const { token, instance, baseUrl } = client.credential;
	// A digest, so that no token stays in memory.
	const key = createHash('sha256')
		.update(JSON.stringify([listed, baseUrl, instance, token]))
		.digest('hex');
	const now = Date.now();
	for (const [other, { at }] of kept) if (now - at > KEPT_FOR) kept.delete(other);

	const known = kept.get(key);
	if (known) return await known.chats;
	const chats = load(client, listed);
	kept.set(key, { at: now, chats });
	// The oldest one.
	if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]);
	// Asked anew after a failure.
	void chats.catch(() => kept.delete(key));
	return await chats;
}
