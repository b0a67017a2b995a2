const { openEditor } = require('../../sandbox/n8n/editorPage');
const { startRig } = require('../../sandbox/n8n/rig');

/** @typedef {Awaited<ReturnType<typeof startEditorRig>>} EditorRig */

/**
 * A real n8n beside the sandbox, and a browser that is logged in to its editor.
 *
 * @param {string} version
 */
async function startEditorRig(version) {
	const rig = await startRig({ version, log: (line) => console.log(line) });
	try {
		const editor = await openEditor(rig.n8n.url);
		return {
			...rig,
			editor,
			async stop() {
				await editor.close();
				await rig.stop();
			},
		};
	} catch (error) {
		await rig.stop();
		throw error;
	}
}

module.exports = { startEditorRig };
