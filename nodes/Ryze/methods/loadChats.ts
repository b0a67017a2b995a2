import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { type Reason, refuse, RyzeError } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isInstanceName, isObject, objectOf } from '../errors/values';
import { openClient, type RyzeClient, Slowdowns, withInstance } from '../transport/client';
import { sendRequest, type TimeLimits } from '../transport/send';
import { chatIdOf, knownIdsOf } from '../whatsapp/chatId';

/** A group or a contact, as the list in the editor shows it. */
export interface ListedChat {
	/** The usual one first; a contact can have two. */
	ids: string[];
	name: string;
	/** Whether the name is only its ID or number. */
	isNameless: boolean;
}

/** Milliseconds. A list of thousands of groups takes Ryze a while; someone waits for it. */
const LIST_LIMITS = { timeout: 60_000, maxWait: 10_000 };

/** Milliseconds for which a list is kept: the editor asks again with each letter of a search. */
const KEPT_FOR = 30_000;

/** Lists that are kept at once. */
const MOST_KEPT = 20;

const kept = new Map<string, { at: number; chats: Promise<ListedChat[]> }>();

const listOf = (answer: IDataObject, key: string): Array<Record<string, unknown>> =>
	Array.isArray(answer[key]) ? (answer[key] as unknown[]).filter(isObject) : [];

/** Nothing is listed that could not be sent to. */
const isChatId = (id: string | undefined): id is string => chatIdOf(id) !== undefined;

const firstText = (...texts: unknown[]): string | undefined =>
	texts.find((text): text is string => typeof text === 'string' && text.trim() !== '')?.trim();

/** docs/ryze-api.md, "List groups"; the documents spell the ID `jid`, clients in use get `groupJid`. */
function groupOf({ groupJid, jid, name, memberCount }: Record<string, unknown>): ListedChat[] {
	const [id] = [groupJid, jid].flatMap((each) => knownIdsOf(each, undefined, 'group'));
	if (!isChatId(id)) return [];
	const members = memberCount === 1 ? '1 member' : `${String(memberCount)} members`;
	const size = typeof memberCount === 'number' ? ` (${members})` : '';
	const own = firstText(name);
	return [
		{ ids: [id], name: (own ?? 'Group without a name') + size, isNameless: own === undefined },
	];
}

/** docs/ryze-api.md, "Contacts". */
function contactOf(contact: Record<string, unknown>): ListedChat[] {
	const { jid, lid, full_name, business_name, push_name, first_name, redacted_phone } = contact;
	const ids = knownIdsOf(jid, lid).filter(isChatId);
	const [id] = ids;
	if (id === undefined) return [];
	const digits = /^\d+(?=@s\.whatsapp\.net$)/.exec(id)?.[0];
	const number = digits === undefined ? firstText(redacted_phone) : `+${digits}`;
	const name = firstText(full_name, business_name, push_name, first_name);
	if (name === undefined) return [{ ids, name: number ?? id, isNameless: true }];
	return [{ ids, name: number === undefined ? name : `${name} (${number})`, isNameless: false }];
}

const withId = (chat: ListedChat): ListedChat => ({
	...chat,
	name: `${chat.name} · ${chat.ids[0]}`,
});

/** Sorted by name, those without one last; where several have the same, each also shows its ID. */
function byName(chats: ListedChat[]): ListedChat[] {
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

/** docs/ryze-api.md, "List instances"; it also lists others, and their tokens. */
function yourselfOf({ name, connection }: Record<string, unknown>, asked: string): ListedChat[] {
	const ids = name === asked ? knownIdsOf(objectOf(connection).numberJid) : [];
	const digits = /^\d+(?=@s\.whatsapp\.net$)/.exec(ids[0] ?? '')?.[0];
	return digits === undefined ? [] : [{ ids, name: `You (+${digits})`, isNameless: false }];
}

/** What a list is made of. */
const PARTS = {
	groups: { path: '/api/group/list', query: { includeMembers: 'false' }, read: groupOf },
	contacts: { path: '/api/chat/contacts', read: contactOf },
	instances: {
		path: '/api/instance/list',
		instanceQuery: 'instanceName',
		read: yourselfOf,
		// The list is of use without it, so it never waits for the rate limit.
		limits: { timeout: 10_000, maxWait: 0, oneTry: true },
	},
} satisfies Record<string, PartOfList>;

type Part = keyof typeof PARTS;

interface PartOfList {
	path: string;
	query?: Record<string, string>;
	instanceQuery?: string;
	/** @param instance that was asked about */
	read: (entry: Record<string, unknown>, instance: string) => ListedChat[];
	limits?: TimeLimits;
}

/** What a list contains. */
export type Listed = 'chats' | 'contacts';

const PARTS_OF: Record<Listed, Part[]> = { chats: ['groups', 'contacts'], contacts: ['contacts'] };

async function load(client: RyzeClient, part: Part): Promise<ListedChat[]> {
	const { read, limits = LIST_LIMITS, ...where }: PartOfList = PARTS[part];
	const request = { method: 'GET', ...where, idempotent: true } as const;
	const entries = listOf(await sendRequest(client, request, limits), part);
	return byName(entries.flatMap((entry) => read(entry, client.credential.instance)));
}

/** Groups or contacts, asked for again when they are old, or could not be had. */
async function partOf(client: RyzeClient, part: Part): Promise<ListedChat[]> {
	const { token, instance, baseUrl } = client.credential;
	// A digest, so that no token stays in memory.
	const key = createHash('sha256')
		.update(JSON.stringify([part, baseUrl, instance, token]))
		.digest('hex');
	const now = Date.now();
	for (const [other, { at }] of kept) if (now - at > KEPT_FOR) kept.delete(other);

	const known = kept.get(key);
	if (known) return await known.chats;
	const chats = load(client, part);
	kept.set(key, { at: now, chats });
	// The oldest one.
	if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]);
	void chats.catch(() => kept.delete(key));
	return await chats;
}

/**
 * The client for the instance that the node uses, which the option names as in an execution. An
 * expression cannot be resolved here, and an empty option has not been filled in yet.
 */
async function openListClient(context: ILoadOptionsFunctions): Promise<RyzeClient> {
	const client = await openClient(context, new Slowdowns());
	const given = context.getCurrentNodeParameter('options.instance');
	const text = typeof given === 'number' ? String(given) : given;
	if (typeof text !== 'string' || text.startsWith('=') || text.trim() === '') return client;
	const name = text.trim();
	if (isInstanceName(name)) return withInstance(client, name);
	return refuse(
		'invalid-parameter',
		`'Instance' must be the name of an instance, but is ${shown(name, client.credential.token)}`,
		"Set 'Instance' in the options of this node to the name of your instance, exactly as it is in Ryze.",
	);
}

/** With these reasons the other part would fail as well, or nothing chosen from it could be used. */
const FOR_ALL: Reason[] = [
	'forbidden',
	'instance-not-found',
	'invalid-credential',
	'not-connected',
	'unauthorized',
];

const isForAll = (failure: unknown): boolean =>
	!(failure instanceof RyzeError) || FOR_ALL.includes(failure.failure.reason);

/**
 * With the number of the instance itself, where Ryze gives it. Among people it is the first: users
 * look for themselves when they say who may start a workflow. Nobody sends much to themselves, so
 * it is the last of the chats.
 */
async function withYourself(
	client: RyzeClient,
	chats: ListedChat[],
	listed: Listed,
): Promise<ListedChat[]> {
	const [found] = await partOf(client, 'instances').catch(() => []);
	if (!found) return chats;
	// A contact of that number may have a second ID.
	const same = chats.find(({ ids }) => ids.includes(found.ids[0]));
	const you = { ...found, ids: same?.ids ?? found.ids };
	const others = chats.filter((chat) => chat !== same);
	return listed === 'contacts' ? [you, ...others] : [...others, you];
}

/**
 * All groups, then all contacts, each sorted by name, then the number of the instance; or that
 * number, then the contacts. When only groups or only contacts can be loaded, the list has those,
 * and the next time it is opened it asks for the others again.
 *
 * @throws {RyzeError} with Ryze's own error message wherever there is one
 */
export async function loadChats(
	context: ILoadOptionsFunctions,
	listed: Listed,
): Promise<ListedChat[]> {
	const client = await openListClient(context);
	const chats: ListedChat[] = [];
	const failures: unknown[] = [];
	// One after the other, as a wrong credential is not worth two requests.
	for (const part of PARTS_OF[listed]) {
		const [result] = await Promise.allSettled([partOf(client, part)]);
		if (result.status === 'fulfilled') chats.push(...result.value);
		else failures.push(result.reason);
		if (failures.some(isForAll)) break;
	}
	// An empty list would look as if there were nobody.
	if (failures.some(isForAll) || (failures.length > 0 && chats.length === 0)) throw failures[0];
	return await withYourself(client, chats, listed);
}
