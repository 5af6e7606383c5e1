// A seed to numbers that are the same on every machine, and what is drawn with them.

/** The next number, 0 ≤ x < 1. */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to draw words and folds. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to below `end`. */
export const below = (end: number, random: Random): number => Math.floor(random() * end);

/** A new list in another order. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const keyed = list.map((entry) => ({ entry, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
}

/** So many of a list, or all of it, in the list's order. */
export function sample<T>(list: readonly T[], count: number, random: Random): T[] {
  const chosen = new Set(shuffled([...list.keys()], random).slice(0, count));
  return list.filter((_, at) => chosen.has(at));
}
