'use strict';

const { seeds } = require('../../sandbox/ryze');
const { failed, useSandbox } = require('../support/sandboxCalls');

const { chats, groups, contacts } = seeds;

const sandbox = useSandbox();

/** @param {string} path */
const get = (path) => sandbox.call(path);

/** @param {string} [instance] */
const listGroups = (instance = 'demo') => get(`/api/group/list/${instance}?includeMembers=false`);

/** @param {string} [number] @param {string} [instance] */
const getContacts = (number, instance = 'demo') =>
	get(`/api/chat/contacts/${instance}${number === undefined ? '' : `?number=${number}`}`);

const noNames = { first_name: '', full_name: '', push_name: '', business_name: '' };

describe('the list of groups', () => {
	it('has the ID, the name and the number of members of each, at the top level', async () => {
		const shown = Object.values(groups).map(({ jid, ...rest }) => ({ groupJid: jid, ...rest }));
		expect(await listGroups()).toEqual([200, { success: true, groups: shown }]);
		expect(await get('/api/group/list/demo')).toEqual(await listGroups());
		expect(await listGroups('second')).toEqual([200, { success: true, groups: [] }]);
	});

	it('has the difficult kinds of groups, and the one of the events', () => {
		const names = Object.values(groups).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['', 'Équipe São Paulo']));
		expect(groups.family.name).toBe(groups.largeFamily.name);
		expect(groups.family.memberCount).not.toBe(groups.largeFamily.memberCount);
		expect(groups.old.jid).toMatch(/^\d+-\d+@g\.us$/);
		const { groupJid, groupName } = sandbox.ryze.events.groupFlow();
		expect([groupJid, groupName]).toEqual([groups.sandbox.jid, groups.sandbox.name]);
		expect(groups.sandbox.jid).toBe(chats.group);
	});

	it('names the ID as the docs do when it is told to', async () => {
		sandbox.ryze.configure({ groupIdField: 'jid' });
		const [, { groups: listed }] = await listGroups();
		expect(listed).toEqual(Object.values(groups));
		const unknown = { groupIdField: /** @type {any} */ ('id') };
		expect(() => sandbox.ryze.configure(unknown)).toThrow('Unknown name of the ID of a group: id');
	});

	it('is refused with the token of another instance', async () => {
		const path = `${sandbox.ryze.url}/api/group/list/demo`;
		const other = await fetch(path, { headers: { token: seeds.instances.second.token } });
		expect(other.status).toBe(403);
	});

	it('can be replaced by a long one, which survives reset', async () => {
		const many = Array.from({ length: 2000 }, (_, i) => ({
			jid: `12036340000000${i}@g.us`,
			name: `Group ${i}`,
			memberCount: i,
		}));
		sandbox.ryze.setGroups('second', many);
		many[0].name = 'changed afterwards';
		sandbox.ryze.reset();
		const [, { groups: listed }] = await listGroups('second');
		expect(listed).toHaveLength(2000);
		expect(listed[0]).toEqual({
			groupJid: '120363400000000@g.us',
			name: 'Group 0',
			memberCount: 0,
		});
		expect((await listGroups())[1].groups).toHaveLength(Object.keys(groups).length);
		expect(() => sandbox.ryze.setGroups('nobody', [])).toThrow('no instance named "nobody"');
	});
});

describe('the contacts', () => {
	it('are listed with what is known of each, and counted', async () => {
		const [status, { contacts: listed, ...rest }] = await getContacts();
		const message = 'Contacts retrieved successfully';
		expect([status, rest]).toEqual([200, { success: true, message, total: listed.length }]);
		expect(listed).toEqual([
			{ ...noNames, jid: chats.private, push_name: 'Contact', found: true },
			{ ...noNames, ...contacts.saved, found: true },
			{ ...noNames, ...contacts.business, found: true },
			{ ...noNames, jid: contacts.hidden.lid, ...contacts.hidden, found: true },
			{ ...noNames, ...contacts.nameless, found: true },
		]);
		expect(contacts.hidden.redacted_phone).toMatch(/∙/);
		expect(await getContacts('')).toEqual(await getContacts());
	});

	it.each([
		['5511988888888', contacts.saved.jid],
		[contacts.saved.jid, contacts.saved.jid],
		[contacts.saved.lid, contacts.saved.jid],
		[contacts.hidden.lid, contacts.hidden.lid],
	])('can be asked for %s', async (number, jid) => {
		const [status, { contact, success }] = await getContacts(number);
		expect([status, success]).toEqual([200, true]);
		expect(contact).toMatchObject({ jid, found: true });
	});

	it('name the number that nobody has, and respond with 400 to what is no number', async () => {
		const jid = '5511900000099@s.whatsapp.net';
		const message = 'Contact not found';
		const unknown = { success: true, message, contact: { jid, found: false } };
		expect(await getContacts('5511900000099')).toEqual([200, unknown]);
		expect(await getContacts('nobody')).toEqual(failed(400, 'Number is not valid'));
	});

	it('can be asked for one by one while disconnected too', async () => {
		expect((await getContacts(chats.private, 'offline'))[1].contact.found).toBe(true);
	});

	it('can be replaced by many, which survive reset', async () => {
		const many = Array.from({ length: 5000 }, (_, i) => ({
			jid: `55119${String(i).padStart(8, '0')}@s.whatsapp.net`,
			push_name: `Contact ${i}`,
		}));
		sandbox.ryze.setContacts('second', many);
		sandbox.ryze.reset();
		const [, { contacts: listed, total }] = await getContacts(undefined, 'second');
		expect([listed.length, total]).toEqual([5000, 5000]);
		const [, { contact }] = await getContacts('5511900004999', 'second');
		expect(contact).toMatchObject({ push_name: 'Contact 4999', found: true });
		expect(() => sandbox.ryze.setContacts('nobody', [])).toThrow('no instance named "nobody"');
	});
});
