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

/**
 * Whether a text can be the name of an instance in a path: a dot segment would lead to another path,
 * and half a surrogate pair cannot be encoded.
 */
export const isInstanceName = (text: string): boolean => !/^\.{0,2}$|[\ud800-\udfff]/u.test(text);
