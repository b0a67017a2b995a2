const { readDelivery } = require('../../../../build/nodes/Ryze/trigger/delivery/delivery');
const {
	linkOfQuestion,
	noteQuestion,
} = require('../../../../build/nodes/Ryze/trigger/delivery/questions');
const { liveWith } = require('../../../support/deliveries');

const WAITING = 'https://n8n.example.com/webhook-waiting';
const LINK = `${WAITING}/12/node?q=of-this-question&signature=${'a'.repeat(64)}`;
const context = /** @type {any} */ ({ evaluateExpression: () => `${WAITING}/77` });
const openClient = () => Promise.reject(new Error('was looked up'));

/** @param {string} id @param {string} content @param {'incoming' | 'outgoing'} [direction] */
const delivered = (id, content, direction = 'incoming') =>
	/** @type {any} */ (readDelivery(liveWith({ id, direction }, { content })));

/** @param {string} id */
const linkOf = async (id) => await linkOfQuestion(context, delivered('', ''), id, '', openClient);

describe('more messages than are remembered', () => {
	beforeAll(() => {
		noteQuestion(context, delivered('ASKED', `Pin it?\n\n${LINK}`, 'outgoing'));
		noteQuestion(context, delivered('REUSED', `Pin it?\n\n${LINK}`, 'outgoing'));
		noteQuestion(context, delivered('REUSED', 'Pizza?'));
		for (let n = 0; n < 5500; n++) noteQuestion(context, delivered(`OTHER-${n}`, 'Hi'));
	});

	it('do not make a question forgotten', async () => {
		expect(await linkOf('ASKED')).toEqual({ link: LINK });
	});

	it('do not make it forgotten that someone has used the ID of a question', async () => {
		expect(await linkOf('REUSED')).toBeUndefined();
	});

	it('are forgotten, the oldest first', async () => {
		expect(await linkOf('OTHER-5499')).toBeUndefined();
		await expect(linkOf('OTHER-0')).rejects.toThrow('was looked up');
	});
});
