// Reads a payload made for a chat platform without trusting its shape: a page shows what it can of any of them.

/** The object that a value is; one without anything where it is none. */
export const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

/** The elements of a list; none where it is no list. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text; "" where it is none. */
export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
