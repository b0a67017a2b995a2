const { RyzeError } = require('../../dist/nodes/Ryze/errors/RyzeError');

/**
 * What is told to the user.
 *
 * @param {() => unknown} read
 */
function refusal(read) {
	try {
		read();
	} catch (error) {
		if (error instanceof RyzeError) return error.failure;
		throw error;
	}
	throw new Error('It was not refused');
}

module.exports = { refusal };
