// Lists of words as one string: a snapshot with a few long strings is read faster than one with many short ones.

/** Words joined by line ends; none holds one. */
export type Packed = string;

export const pack = (words: Iterable<string>): Packed => [...words].join("\n");

export const unpack = (packed: Packed): string[] => (packed === "" ? [] : packed.split("\n"));

/** Words with a number each. */
export interface PackedNumbers {
  readonly words: Packed;
  readonly numbers: Float64Array;
}

export const packNumbers = (map: ReadonlyMap<string, number>): PackedNumbers => ({
  words: pack(map.keys()),
  numbers: Float64Array.from(map.values()),
});

export const unpackNumbers = ({ words, numbers }: PackedNumbers): Map<string, number> =>
  new Map(unpack(words).map((word, at) => [word, numbers[at] ?? 0]));
