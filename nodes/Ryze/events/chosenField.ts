import type { INodeProperties } from 'n8n-workflow';

/**
 * A list of chats or people, each chosen from the list, by phone number or by ID; read by
 * `readChosenIds`.
 */
export const chosenField = (field: {
	displayName: string;
	name: string;
	method: string;
	placeholder: string;
	description: string;
}): INodeProperties => ({
	displayName: field.displayName,
	name: field.name,
	type: 'resourceLocator',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add another' },
	default: { mode: 'list', value: '' },
	builderHint: {
		propertyHint:
			"A list of entries: mode 'phone' for a number with its country code, mode 'id' for an ID.",
	},
	description: field.description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: field.placeholder,
			typeOptions: { searchListMethod: field.method, searchable: true },
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +55 11 99999-9999',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5511999999999@s.whatsapp.net',
		},
	],
});
