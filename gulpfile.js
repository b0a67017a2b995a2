const { dest, src } = require('gulp');

/** tsc copies the JSON files of nodes/, but no icons; n8n looks for both in dist. */
exports['build:icons'] = () =>
	// Without this encoding gulp 5 would rewrite the bytes of a binary icon.
	src('icons/**/*.svg', { encoding: false }).pipe(dest('dist/icons'));
