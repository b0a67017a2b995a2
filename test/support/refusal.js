const { RyzeError } = require('../../build/nodes/Ryze/errors/RyzeError');

/**
 * What the user reads when a value is refused; nothing has been sent then.
 *
 * @param {() => unknown} read
 */
function refusal(read) {
	try {
		read();
	} catch (error) {
		if (!(error instanceof RyzeError)) throw error;
		const { uncertain, ...shown } = error.failure;
		expect(uncertain).toBe(false);
		return shown;
	}
	throw new Error('It was not refused');
}

module.exports = { refusal };
