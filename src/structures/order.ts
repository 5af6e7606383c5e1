// Defines orders that are the same on every machine, whatever its locale.

/** By code unit. */
export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
