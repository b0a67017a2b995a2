'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { parse } = require('yaml');

/** The compose file that docs/docker.md describes. */
const COMPOSE_FILE = path.join(__dirname, '../../docs/compose.yaml');

/**
 * @typedef {object} Service
 * @property {string} image
 * @property {string} [command]
 * @property {Record<string, string>} environment As written: `${NAME:-default}` and `${NAME:?}`
 * stand for what a user gives.
 * @property {string[]} volumes
 * @property {Record<string, object>} [depends_on]
 */

/** @returns {Record<string, Service>} by name */
const readServices = () => parse(fs.readFileSync(COMPOSE_FILE, 'utf8'), { merge: true }).services;

/**
 * @param {string} service
 * @param {Record<string, string>} given What a user has in the file `.env`.
 * @returns {Record<string, string>} The environment that Compose gives to the service.
 */
function environmentOf(service, given) {
	const entries = Object.entries(readServices()[service].environment);
	const variable = /\$\{(\w+)(?::-(.*?)|:\?)\}/g;
	return Object.fromEntries(
		entries.map(([name, value]) => [
			name,
			value.replace(variable, (_, key, fallback = '') => given[key] ?? fallback),
		]),
	);
}

module.exports = { COMPOSE_FILE, environmentOf, readServices };
