import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource, Resources } from './operation';
import { optionsProperty } from './options';

const operationProperty = (
	value: string,
	{ operations, default: defaultOperation }: Resource,
): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: operations.map(({ option }) => option),
	default: defaultOperation,
});

/** The options of this operation only, shown only for it. */
const ownOptions = (resource: string, { option, options = [] }: Operation): INodeProperties[] =>
	options.map((property) => ({
		...property,
		displayOptions: { show: { '/resource': [resource], '/operation': [option.value] } },
	}));

/**
 * All properties of the node, composed from those of its operations.
 *
 * @param defaultResource value of the default resource
 */
export function propertiesOf(resources: Resources, defaultResource: string): INodeProperties[] {
	const all = Object.entries(resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: all.map(([value, { name }]) => ({ name, value })),
			default: defaultResource,
		},
		...all.flatMap(([value, resource]) => [
			operationProperty(value, resource),
			...resource.operations.flatMap(({ properties }) => properties),
		]),
		optionsProperty(
			all.flatMap(([value, { operations }]) =>
				operations.flatMap((operation) => ownOptions(value, operation)),
			),
		),
	];
}
