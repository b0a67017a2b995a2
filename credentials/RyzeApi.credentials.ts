import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** What each sentence of Ryze (ryze-api.md 2.3, 2.4, 7.3) means for the fields of the credential. */
const MEANINGS: Array<{ sentences: string[]; meaning: string }> = [
	{
		sentences: [
			'Invalid token',
			'Invalid instance token',
			'Invalid account token',
			'Unauthenticated',
			'Missing token',
			'Missing token in header',
			'Missing token in header, Authorization header, or query parameter',
		],
		meaning:
			"Ryze does not know this token. Copy it again from the Ryze panel into 'Token', the whole of it.",
	},
	{
		sentences: ['Instance not found', 'Instance name is required'],
		meaning:
			"Ryze has no instance with this name. Check 'Instance' letter by letter: it must be the name in the Ryze panel, and upper and lower case count.",
	},
	{
		sentences: ['Rate limit exceeded. Try again later.'],
		meaning: 'The limit of this token is used up for now. Wait a minute and test again.',
	},
	{
		sentences: ['Failed to get settings configuration', 'Failed to get instance'],
		meaning: 'Ryze cannot answer right now. Wait a minute and test again.',
	},
];

/** n8n takes the test as failed, with this message, when `key` of the answer is exactly `value`. */
const failsOn = (key: string, value: unknown, message: string) => ({
	type: 'responseSuccessBody' as const,
	properties: { key, value, message },
});

/** One Ryze instance (a linked WhatsApp number) and the token that may use it. */
export class RyzeApi implements ICredentialType {
	name = 'ryzeApi';

	displayName = 'Ryze API';

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
				'The token of your instance, shown with the instance in the Ryze panel. The account token works as well, but it opens all your instances, so the instance token is the safer one.',
		},
		{
			displayName: 'Instance',
			name: 'instance',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my-instance',
			description:
				'The name of the instance (the linked WhatsApp number), exactly as the Ryze panel shows it. Upper and lower case count.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://ryzeapi.cloud',
			required: true,
			placeholder: 'e.g. https://ryzeapi.cloud',
			description: 'Leave as it is, unless Ryze gave you an address of your own',
		},
	];

	/** A function, since n8n evaluates the expression of a declared header anew for each request. */
	authenticate: IAuthenticate = async ({ token }, request) => ({
		...request,
		headers: { ...request.headers, token: String(token).trim() },
	});

	/**
	 * Reading the settings of the instance is the one cheap read that Ryze only allows when token and
	 * instance belong together; `instance/list` would accept any instance name with an instance token.
	 *
	 * The rules look at the body, as n8n 1.x loses the status of a failed test before its rules for
	 * the status are asked (seen on 1.123.81) and would show its own sentence.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '=/api/instance/getSettings/{{ encodeURIComponent($credentials.instance.trim()) }}',
			method: 'GET',
			// The token would go along to the other host.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			timeout: 30000,
		},
		rules: [
			...MEANINGS.flatMap(({ sentences, meaning }) =>
				sentences.map((sentence) => failsOn('error.message', sentence, meaning)),
			),
			// The one refusal whose sentence the documents do not give in full is that of ownership.
			failsOn(
				'success',
				false,
				"Ryze refused this. Most likely 'Token' and 'Instance' do not belong together: put the token of the very instance that is named in 'Instance' into 'Token', or the account token. If they do, wait a minute and test again.",
			),
			// Nothing that is not an answer of Ryze has this key, such as the home page of another server.
			failsOn(
				'success',
				undefined,
				"What answers at this address is not Ryze. Set 'Base URL' to https://ryzeapi.cloud, or to the address that Ryze gave you, with nothing after the host name. If it is right, Ryze may be down: test again in a minute.",
			),
		],
	};
}
