export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns an empty object for anything that is not one */
export const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** @returns a number as text; `undefined` for an empty text and for anything else */
export const textOf = (value: unknown): string | undefined => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Whether a value says anything, however deep: not null, blank, 0, false, or made of only such. */
export function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	return typeof value === 'object' && value !== null
		? Object.values(value).some(isFilled)
		: Boolean(value);
}
