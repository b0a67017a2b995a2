const { isPublic, isThisMachine } = require('../../../build/nodes/Ryze/events/n8nAddress');

/** Each lead to nothing but the machine that uses them. */
const own = [
	'http://localhost:5678/webhook/1',
	'http://LOCALHOST/',
	'http://n8n.localhost/',
	'http://127.0.0.1:5678/',
	'http://127.1.2.3/',
	'http://0.0.0.0:5678/',
	'http://[::1]:5678/',
	'http://[::]:5678/',
	'http://2130706433/',
];

const internal = [
	'http://10.0.0.1/',
	'http://192.168.1.20:8080/',
	'http://172.16.0.1/',
	'http://172.20.0.1/',
	'http://172.31.255.255/',
	'http://169.254.1.1/',
	'http://[fe80::1]/',
	'http://[fc00::1]/',
	'http://[fd12:3456::1]/',
	'http://ryze:3000/',
	'http://n8n/',
	'http://mylocalhost/',
	'http://n8n:5678/webhook/1',
	'http://n8n.local/',
	'http://n8n.local./',
	'http://n8n.home.arpa/',
	'http://n8n.intranet/',
	'http://host.docker.internal:5678/',
	'http://100.64.0.1/',
	'http://100.127.255.254/',
	'http://[::ffff:192.168.1.20]/',
];

const open = [
	'https://ryzeapi.cloud',
	'https://ryzeapi.cloud/base',
	'http://8.8.8.8/',
	'http://172.15.0.1/',
	'http://172.32.0.1/',
	'http://11.0.0.1/',
	'http://110.0.0.1/',
	'http://192.169.0.1/',
	'http://[2001:db8::1]/',
	'http://100.63.0.1/',
	'http://100.128.0.1/',
	'https://local.example.com/',
	'https://localhost.example.com/',
	'https://10.example.com/',
	'https://my-localhost.com/',
];

describe('an address', () => {
	it.each(own)('reaches only its own machine: %s', (url) => {
		expect([isThisMachine(url), isPublic(url)]).toEqual([true, false]);
	});

	it.each(internal)('belongs to a private network: %s', (url) => {
		expect([isThisMachine(url), isPublic(url)]).toEqual([false, false]);
	});

	it.each(open)('is public: %s', (url) => {
		expect([isThisMachine(url), isPublic(url)]).toEqual([false, true]);
	});
});
