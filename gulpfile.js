const { dest, src } = require('gulp');

/** tsc knows nothing of icons; n8n looks for them beside the built files. */
exports['build:icons'] = () =>
	// Without this encoding gulp 5 would rewrite the bytes of a binary icon.
	src('icons/**/*.svg', { encoding: false }).pipe(dest('dist/icons'));
