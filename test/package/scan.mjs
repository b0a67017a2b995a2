/*
 * The official scan of n8n's verification, on local files (its own command only takes a published
 * package): the source as the gate sees it at GitHub, then the tarball. It ignores eslint-disable.
 *
 * node test/package/scan.mjs <unpacked tarball>
 */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../..', import.meta.url));
const tarball = process.argv[2];

const legs = {
	source: await analyzePackage(source, SOURCE_FILE_PATTERNS),
	tarball: await analyzePackage(tarball, ['**/*.js', 'package.json']),
};
for (const [leg, { passed, message, details }] of Object.entries(legs)) {
	console.log(`${leg}: ${passed ? 'passed' : `failed: ${message}\n${details}`}`);
}
process.exitCode = Object.values(legs).every(({ passed }) => passed) ? 0 : 1;
