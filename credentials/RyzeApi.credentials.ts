import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { KNOWN_SENTENCES } from '../nodes/Ryze/errors/advice';

/** The test fails with this message when `key` of the answer is exactly `value`. */
const failsOn = (key: string, value: unknown, message: string) => ({
	type: 'responseSuccessBody' as const,
	properties: { key, value, message },
});

/** One Ryze instance (a linked WhatsApp number) and the token that may use it. */
export class RyzeApi implements ICredentialType {
	name = 'ryzeApi';

	displayName = 'Ryze WhatsApp API';

	icon: Icon = { light: 'file:../icons/ryze.svg', dark: 'file:../icons/ryze.dark.svg' };

	documentationUrl = 'https://docs.ryzeapi.cloud/en/guide/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The <a href="https://docs.ryzeapi.cloud/en/guide/authentication">TokenInstance</a> of your instance. Your TokenAccount works too, but it opens all your instances, so the TokenInstance is safer.',
		},
		{
			displayName: 'Instance',
			name: 'instance',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my-instance',
			description:
				'The name of the instance (the connected WhatsApp number) in Ryze. Case-sensitive.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://ryzeapi.cloud',
			required: true,
			placeholder: 'e.g. https://ryzeapi.cloud',
			hint: 'Starts with https://. Keep https://ryzeapi.cloud, unless Ryze gave you another address.',
			description:
				'The address of the Ryze API, with nothing after the host name. If the test shows a code such as ENOTFOUND or ECONNREFUSED, this address is wrong or cannot be reached from n8n.',
		},
	];

	/** A function, because n8n evaluates the expression of a declared header on every request. */
	authenticate: IAuthenticate = async ({ token }, request) => ({
		...request,
		headers: { ...request.headers, token: String(token).trim() },
	});

	/**
	 * Ryze allows this cheap request only when token and instance belong together
	 * (docs/ryze-api.md, "Instance settings"). The list of instances would accept any instance name
	 * with an instance token.
	 *
	 * The rules look at the body: n8n 1.x loses the status of a failed test before it applies rules
	 * for the status (seen on 1.123.81), and would show its own error message.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/^(?=[\\w-]+(\\.[\\w-]+)+(:\\d+)?(\\/|$))/, "https://") }}',
			url: '=/api/instance/getSettings/{{ encodeURIComponent($credentials.instance.trim()) }}',
			method: 'GET',
			// A redirect would send the token to another host.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			timeout: 30000,
		},
		rules: [
			// n8n compares whole texts, so an error message with a detail in it cannot be among these.
			...KNOWN_SENTENCES.flatMap(({ sentences, description }) =>
				Array.isArray(sentences)
					? sentences.map((sentence) => failsOn('error.message', sentence, description))
					: [],
			),
			// The documents do not give the whole error message for a token of another instance.
			failsOn(
				'success',
				false,
				"'Token' and 'Instance' do not match. Use the TokenInstance of this instance or your TokenAccount, and check upper and lower case in 'Instance'. If both are right, test again in a minute.",
			),
			// Every answer of Ryze has this key; the home page of another server does not.
			failsOn(
				'success',
				undefined,
				"The response did not come from Ryze. Check 'Base URL': https://ryzeapi.cloud, or the address that Ryze gave you, with nothing after the host name. If it is correct, Ryze may be down: test again in a minute.",
			),
		],
	};
}
