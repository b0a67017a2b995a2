export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns an empty object for anything that is not one */
export const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** @returns a number as text; `undefined` for an empty text and for anything else */
export const textOf = (value: unknown): string | undefined => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
};
