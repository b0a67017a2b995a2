const { answerOf, areAlike } = require('../../../build/nodes/Ryze/wait/meaning');

const approval = { approve: 'Approve', decline: 'Decline' };
const common = { text: 'Pin it?', inChat: true, byLink: true, until: 0 };
const question = { ...common, approval };

/** @param {string} text @param {object} [of] */
const answer = (text, of = question) =>
	answerOf(/** @type {any} */ (of), /** @type {const} */ ('reply'), text);

describe('a reply', () => {
	it.each([
		...[
			'yes',
			'Yes!',
			'YES.',
			'yes~',
			' y ',
			'ok',
			'OK 👍',
			'Yes, please.',
			'*yes*',
			'yes\u200b',
			'Yeah…',
		],
		...['sim', 'Sim!', 'claro', 'Pode sim', 'com certeza', 'de acordo', 'SIM, POR FAVOR'],
		...['sí', 'Si', 's\u0069\u0301', 'vale', 'De acuerdo', 'Por supuesto', 'ｙｅｓ'],
		...[
			'👍',
			'👍🏽',
			'👍👍',
			'✅',
			'✔️',
			'☑️',
			'👌🏿',
			'🆗',
			'👍 sim',
			'yes 👍 please',
			'yes👍please',
			'Approve',
			'approve.',
		],
	])('means yes: %s', (text) => {
		expect(answer(text)).toEqual({ approved: true });
	});

	it.each([
		...['no', 'No.', 'NOPE', 'n', "don't", 'No, thanks', 'decline', 'Never!'],
		...['não', 'Nao', 'nunca', 'Não, obrigado', 'não, obrigada!', 'reprovado'],
		...[
			'No, gracias',
			'rechazado',
			'jamás',
			'👎',
			'👎🏻',
			'❌',
			'🚫',
			'🙅‍♀️',
			'🙅🏾‍♂️',
			'no 👎',
			'no👎thanks',
			'✖️',
		],
	])('means no: %s', (text) => {
		expect(answer(text)).toEqual({ approved: false });
	});

	it.each([
		...[
			'',
			' ',
			'.',
			'?',
			'yes?',
			'hm, why?',
			'yes, but not today',
			'no problem',
			'not yet',
			'do n t',
			'we don t',
			'😂',
			'👍 but not today',
			'hm 👎',
			'~yes~',
			'~👍~',
			'~Approve~',
			'yes ~no~',
		],
		...[
			'yes no',
			'👍👎',
			'yes 👎',
			'yesterday',
			'sim mas amanhã',
			'nobody',
			'Approve Decline',
			'1',
		],
	])('means neither: %j', (text) => {
		expect(answer(text)).toBeUndefined();
	});

	it('means what a label says, before what the word means elsewhere', () => {
		const labels = { ...question, approval: { approve: 'No, keep it', decline: 'Yes, delete' } };
		expect(answer('no keep it', labels)).toEqual({ approved: true });
		expect(answer('YES, DELETE!', labels)).toEqual({ approved: false });
		const sign = { ...question, approval: { approve: '🚀', decline: '🛑' } };
		expect([answer('🚀', sign), answer('🛑', sign)]).toEqual([
			{ approved: true },
			{ approved: false },
		]);
	});

	it('is no answer when nothing is written, whatever the labels', () => {
		const labels = { ...question, approval: { approve: '...', decline: '!' } };
		expect([answer('', labels), answer('…', labels)]).toEqual([undefined, undefined]);
	});

	it('cannot decline what can only be approved', () => {
		const single = { ...question, approval: { approve: 'Approve' } };
		expect([answer('no', single), answer('👎', single), answer('Decline', single)]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(answer('yes', single)).toEqual({ approved: true });
	});

	it('is any text when the question takes any text', () => {
		expect(answer(' Blue, please \n', common)).toEqual({ text: 'Blue, please' });
		expect(answer('yes', common)).toEqual({ text: 'yes' });
		expect(answer('  ', common)).toBeUndefined();
	});
});

describe('a reaction', () => {
	/** @param {string} emoji @param {object} [of] */
	const reaction = (emoji, of = question) =>
		answerOf(/** @type {any} */ (of), /** @type {const} */ ('reaction'), emoji);

	it('means yes or no by the same signs', () => {
		expect([reaction('👍'), reaction('👎🏿'), reaction('❤️'), reaction('')]).toEqual([
			{ approved: true },
			{ approved: false },
			undefined,
			undefined,
		]);
	});

	it('is no answer to a question that takes any text', () => {
		expect(reaction('👍', common)).toBeUndefined();
	});
});

it('labels are alike when people would write them alike', () => {
	expect([areAlike('Sim', 'SIM!'), areAlike('Sim', 'Não')]).toEqual([true, false]);
});
