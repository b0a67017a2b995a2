import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource, Resources } from './shared/operation';
import { optionsProperty } from './shared/options';

const operationProperty = (
	value: string,
	{ operations, default: defaultOperation }: Resource,
): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: operations.map(({ entry }) => entry),
	default: defaultOperation,
});

/**
 * The fields and options of one operation, shown only for it. Each has a collection of options of
 * its own: an AI agent would be offered those of all operations in a shared one.
 */
function propertiesOfOperation(
	resource: string,
	{ entry, properties, options, timeout }: Operation,
): INodeProperties[] {
	const show = { resource: [resource], operation: [entry.value] };
	return [...properties, optionsProperty(options, timeout)].map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show },
	}));
}

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
			...resource.operations.flatMap((operation) => propertiesOfOperation(value, operation)),
		]),
	];
}

/** "Pin message" for Pin Message, "Get message" for Get. */
function canvasName(operation: string, resource: string): string {
	const name = operation.includes(' ') ? operation : `${operation} ${resource}`;
	return name[0] + name.slice(1).toLowerCase();
}

/** Its words on the canvas, the name of its switch, and the words when that is set to on or to off. */
function canvasWordsOf({ entry, properties, whenOff }: Operation, resource: string) {
	const on = canvasName(entry.name, resource);
	if (whenOff === undefined) return [on];
	const text = String(entry.action).replace('WhatsApp ', '').replace(' for yourself', '');
	return [text, properties.find(({ type }) => type === 'boolean')?.name, on, whenOff];
}

/**
 * The line under the name of the node on the canvas: what the chosen operation does. A switch is read
 * as it is written, because the line stays empty when an expression cannot be resolved yet.
 */
export function subtitleOf(resources: Resources): string {
	const words = Object.entries(resources).flatMap(([value, { name, operations }]) =>
		operations.map((each) => [`${value} ${each.entry.value}`, canvasWordsOf(each, name)]),
	);
	const table = JSON.stringify(Object.fromEntries(words));
	return `={{ [(${table})[$parameter["resource"] + " " + $parameter["operation"]] ?? []].map(([text, name, on, off]) => ({ true: on, false: off })[$rawParameter[name]] ?? text)[0] }}`;
}
