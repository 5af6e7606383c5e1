// Packs a list of words into one string: a snapshot with few long strings is read faster than one with many short ones.

/** Words joined by line ends; none holds one. */
export type StringList = string;

export const pack = (words: Iterable<string>): StringList => [...words].join("\n");

export const unpack = (packed: StringList): string[] => (packed === "" ? [] : packed.split("\n"));
