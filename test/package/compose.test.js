const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { environmentOf, readServices } = require('../../sandbox/n8n/compose');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/docker.md'), 'utf8');
const services = readServices();
const { n8n, worker, postgres } = services;

describe('docs/compose.yaml', () => {
	it('has one n8n, as the main process and as a worker, of the version that is tested', () => {
		const { command, ...others } = worker;
		const { ports, ...main } = /** @type {any} */ (n8n);
		expect(command).toBe('worker');
		expect(others).toEqual(main);
		expect(n8n.image).toBe(`docker.n8n.io/n8nio/n8n:${N8N_VERSIONS[0]}`);
		// For this computer only.
		expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
	});

	it('keeps community nodes and data in volumes', () => {
		expect(n8n.volumes).toEqual(['n8n:/home/node/.n8n']);
		for (const { volumes } of Object.values(services)) {
			expect(volumes).toEqual([expect.stringMatching(/^(n8n|postgres|redis):\//)]);
		}
	});

	it('lets n8n into the database, with the secrets of the file .env', () => {
		const given = { N8N_ENCRYPTION_KEY: 'key', POSTGRES_PASSWORD: 'word' };
		const { POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD } = environmentOf('postgres', given);
		expect(environmentOf('worker', given)).toMatchObject({
			DB_POSTGRESDB_HOST: 'postgres',
			DB_POSTGRESDB_DATABASE: POSTGRES_DB,
			DB_POSTGRESDB_USER: POSTGRES_USER,
			DB_POSTGRESDB_PASSWORD: POSTGRES_PASSWORD,
			QUEUE_BULL_REDIS_HOST: 'redis',
			N8N_ENCRYPTION_KEY: 'key',
			WEBHOOK_URL: 'http://localhost:5678/',
		});
		expect(POSTGRES_PASSWORD).toBe('word');
		expect(Object.keys(n8n.depends_on ?? {})).toEqual(['postgres', 'redis']);
		expect(postgres.image).toMatch(/^postgres:\d/);
	});
});

describe('docs/docker.md', () => {
	it('names the same image as the compose file, and what a user has to give', () => {
		const images = [...page.matchAll(/docker\.n8n\.io\/\S+/g)].map(([image]) => image);
		expect(new Set(images)).toEqual(new Set([n8n.image]));
		const given = [...readFileSync(join(root, 'docs/compose.yaml'), 'utf8').matchAll(/\$\{(\w+)/g)];
		for (const [, name] of given) expect(page).toContain(`\n${name}=`);
	});
});
