import type { Resource } from '../shared/operation';
import { get } from './get.operation';

export const instance: Resource = {
	name: 'Instance',
	operations: [get],
	default: 'get',
};
