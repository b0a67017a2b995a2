import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

const wrongAddress =
	"This address does not answer like Ryze. Set 'Base URL' to https://ryzeapi.cloud, or to the address that Ryze gave you, without anything behind the host name.";

const movedAddress =
	"This address sends requests on to another one, and the token must not follow. Set 'Base URL' to the final address, usually https://ryzeapi.cloud.";

const busyServer = 'Ryze cannot answer right now. Wait a minute and test again.';

/** Shows `message` when Ryze answers the test with the HTTP status `value`. */
const onStatus = (value: number, message: string) => ({
	type: 'responseCode' as const,
	properties: { value, message },
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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				token: '={{ $credentials.token.trim() }}',
			},
		},
	};

	/**
	 * Reading the settings of the instance is the one cheap read that Ryze only allows when token and
	 * instance belong together; `instance/list` would accept any instance name with an instance token.
	 * The rules below are compared for equality, and a match means that the test has failed.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '=/api/instance/getSettings/{{ encodeURIComponent($credentials.instance.trim()) }}',
			method: 'GET',
			disableFollowRedirect: true,
			timeout: 30000,
		},
		rules: [
			onStatus(
				400,
				"Fill in 'Instance' with the name of your instance, as the Ryze panel shows it.",
			),
			onStatus(
				401,
				"Ryze does not know this token. Copy it again from the Ryze panel into 'Token', the whole of it.",
			),
			onStatus(
				403,
				"This token belongs to another instance. Use the token of the instance named in 'Instance', or the account token.",
			),
			onStatus(
				404,
				"Ryze has no instance with this name. Check 'Instance' letter by letter (upper and lower case count), and that 'Base URL' has nothing behind the host name.",
			),
			onStatus(429, 'The limit of this token is used up for now. Wait a minute and test again.'),
			...[301, 302, 303, 307, 308].map((status) => onStatus(status, movedAddress)),
			...[500, 502, 503, 504].map((status) => onStatus(status, busyServer)),
			{
				type: 'responseSuccessBody',
				// Absent in anything that is not an answer of Ryze, such as the home page of another server.
				properties: { key: 'success', value: undefined, message: wrongAddress },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'success', value: false, message: busyServer },
			},
			// n8n checks each rule for itself, but its type only knows lists of one kind.
		] as ICredentialTestRequest['rules'],
	};
}
