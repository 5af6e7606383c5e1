// A size to the passages and questions that every engine gets, and what a worker says of them. What makes them is loaded
// only by who asks for them: who answers should hold nothing but an index.

import { z } from "zod";
import type { Text } from "./engine.ts";
import { randomFrom, sample } from "./random.ts";

export const SIZES = ["built-in", "1k", "20k", "200k", "1M"] as const;
export type Size = (typeof SIZES)[number];

const COUNTS: Readonly<Record<Exclude<Size, "built-in">, number>> = {
  "1k": 1000,
  "20k": 20_000,
  "200k": 200_000,
  "1M": 1_000_000,
};
const SEED = 20_261_126;
const QUESTIONS = 200;

export interface Workload {
  /** Made as they are taken: a million of them are not held by who makes them. */
  readonly texts: Iterable<Text>;
  readonly questions: readonly string[];
}

export async function workloadOf(size: Size): Promise<Workload> {
  if (size === "built-in") return builtIn();
  const { createGenerator } = await import("./generate.ts");
  const count = COUNTS[size];
  const generator = await createGenerator(SEED);
  const step = count / QUESTIONS;
  return {
    texts: {
      *[Symbol.iterator]() {
        for (let number = 0; number < count; number++) yield generator.passage(number);
      },
    },
    questions: Array.from({ length: QUESTIONS }, (_, at) => generator.question(Math.floor(at * step))),
  };
}

async function builtIn(): Promise<Workload> {
  const { BUILT_IN } = await import("../../../adapters/shared/built-in.ts");
  const { openEngine } = await import("../../../src/store/open.ts");
  const { splitPassages } = await import("../../../src/ingest/passages.ts");
  const { documents, faq } = (await openEngine(BUILT_IN.folder, BUILT_IN.snapshot)).corpus;
  const texts = splitPassages(documents).map(({ heading, text }) => ({ title: heading, text }));
  const asked = faq.topics.flatMap(({ statements }) => statements.flatMap((statement) => statement.examples));
  const questions = asked.map(({ question }) => question);
  return { texts, questions: sample(questions, QUESTIONS, randomFrom(SEED)) };
}

const built = z.object({
  buildSeconds: z.number(),
  buildMegabytes: z.number(),
  savedMegabytes: z.number().nullable(),
  /** Why there is nothing to load. */
  notSaved: z.string().nullable(),
});
const loaded = z.object({
  loadSeconds: z.number(),
  /** What the process held before. */
  baseMegabytes: z.number(),
  loadedMegabytes: z.number(),
  p50: z.number(),
  p99: z.number(),
});

export type Built = z.infer<typeof built>;
export type Loaded = z.infer<typeof loaded>;

/** What a worker printed. */
export const readBuilt = (output: string): Built => built.parse(JSON.parse(output));
export const readLoaded = (output: string): Loaded => loaded.parse(JSON.parse(output));
