/** The events that the user has chosen; an expression may give a single one, or nothing. */
export function readEvents(value: unknown): string[] {
	const list = Array.isArray(value) ? value : [value];
	return list.filter((event): event is string => typeof event === 'string' && event !== '');
}
