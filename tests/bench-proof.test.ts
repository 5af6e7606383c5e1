// @module-tag slow

import { beforeAll, expect, test } from "vitest";
import { BUILT_IN } from "../adapters/shared/built-in.ts";
import type { Cell } from "../src/ingest/faq.ts";
import { type CorpusProblem, createProver, statementsOf } from "../src/quality/check.ts";
import { openEngine } from "../src/store/open.ts";
import { generate } from "./bench/proof/falsehoods.ts";
import { falsify, WAYS } from "./bench/proof/falsify.ts";

let statements: readonly Cell[];
let isRefused: (statement: Cell) => boolean;

beforeAll(async () => {
  const { corpus } = await openEngine(BUILT_IN.folder);
  const prove = createProver(corpus);
  statements = corpus.faq.topics.flatMap(statementsOf);
  isRefused = (statement) => prove(statement).some(({ level }: CorpusProblem) => level === "error");
});

test("of the built-in statements made false at least 85 in 100 are refused, and at least 75 of each kind", () => {
  const falsehoods = generate(statements);
  const shareOf = (list: typeof falsehoods): number =>
    list.filter(({ of, text }) => isRefused({ ...of, text })).length / list.length;
  expect(falsehoods).toHaveLength(200);
  expect(shareOf(falsehoods)).toBeGreaterThanOrEqual(0.85);
  for (const way of WAYS)
    expect(shareOf(falsehoods.filter(({ how }) => how === way)), way).toBeGreaterThanOrEqual(0.75);
});

test("no true statement is refused", () => {
  expect(statements.filter(isRefused).map(({ text }) => text)).toEqual([]);
});

test.each([
  ["negation", "It is not fast.", ["It is fast."]],
  ["opposite", "It is fast.", ["It is slow."]],
  ["sides", "A container is faster than a virtual machine.", ["A virtual machine is faster than a container."]],
  ["sides", "Both a container and a virtual machine start.", []],
  ["strength", "It usually works.", ["It always works.", "It works."]],
] as const)("%s makes of “%s” what is false", (way, text, made) => {
  expect(falsify(text, way)).toEqual(made);
});
