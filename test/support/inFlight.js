/* A message that is still on its way when another one fails, for the engine and for a real n8n. */

const [CAT, ANN, BOB] = ['5511777777777', '5511999999999', '5511888888888'];

/**
 * Cat's message goes through, so that the limit is known and the next two are sent at once. The first
 * one to Ann is refused while that to Bob is on its way; it arrives, and its answer is lost.
 *
 * @returns {import('../../sandbox/ryze/types').FaultFunction}
 */
function failsWhileOneIsOnItsWay() {
	const refused = { status: 400, body: { success: false, error: { message: 'Not now' } } };
	let refusals = 1;
	return ({ body }) => {
		const { number } = /** @type {any} */ (body);
		if (number === ANN && refusals-- > 0) return { ...refused, delayMs: 500 };
		return number === BOB ? { reset: 'after', delayMs: 1500 } : undefined;
	};
}

module.exports = { ANN, BOB, CAT, failsWhileOneIsOnItsWay };
