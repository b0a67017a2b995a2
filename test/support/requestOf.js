/**
 * The request of an operation that reads no file.
 *
 * @param {import('../../build/nodes/Ryze/actions/shared/operation').Operation} operation
 * @param {Record<string, unknown>} parameters by name
 */
const requestOf = (operation, parameters) =>
	operation.request(
		(name) => parameters[name],
		() => {
			throw new Error('It reads no file');
		},
	);

module.exports = { requestOf };
