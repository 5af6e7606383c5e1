// What a suite of measurements is, and the arithmetic that suites share.

export interface Row {
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  readonly aim?: { readonly text: string; readonly isReached: boolean } | undefined;
  readonly note?: string | undefined;
}

export interface Suite {
  readonly title: string;
  /** @param onStep called with what is measured next */
  run(onStep: (step: string) => void): Promise<readonly Row[]>;
}

/** Whether a module's export is a suite. */
export const isSuite = (value: unknown): value is Suite =>
  typeof value === "object" && value !== null && "title" in value && "run" in value && typeof value.run === "function";

/** The value that a share of the others stay under, 0 to 1; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** How long a call takes, until what it promises is there. */
export async function timeMs(call: () => unknown): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}

/** How long each of so many calls takes, one after the other. */
export const timesMs = (count: number, call: () => unknown): Promise<number[]> =>
  inTurn(Array.from({ length: count }), () => timeMs(call));

/** What is made of each, the next when the one before is there. */
export async function inTurn<T, U>(list: readonly T[], make: (one: T, at: number) => U | Promise<U>): Promise<U[]> {
  const made: U[] = [];
  for (const [at, one] of list.entries()) made.push(await make(one, at));
  return made;
}

/** Milliseconds, or seconds from ten thousand of them. */
export const ms = (value: number): string =>
  value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** A row with an aim that a number has to stay under. */
export const under = (
  name: string,
  value: number,
  limit: number,
  print: (value: number) => string,
  note?: string,
): Row => ({
  name,
  value: print(value),
  aim: { text: `aim < ${print(limit)}`, isReached: value < limit },
  note,
});
