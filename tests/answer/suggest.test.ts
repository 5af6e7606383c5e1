// What is offered while somebody types.

import { beforeAll, expect, test } from "vitest";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import type { Engine } from "../../src/engine.ts";
import { openEngine } from "../../src/store/open.ts";
import { folderWith, TOPICAL } from "../adapters/cli/corpora.ts";

const folder = folderWith(TOPICAL);
let small: Engine;
let engine: Engine;
beforeAll(async () => {
  small = await openEngine(folder);
  engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
});

const questions = (of: Engine, typed: string, limit = 25): string[] =>
  of.suggest(typed, limit).map(({ question }) => question);

test("where nothing is typed, each topic's first question comes first", () => {
  expect(questions(small, "").slice(0, 2)).toEqual(["How long is tea brewed?", "Where is tea stored?"]);
  expect(questions(small, " ?! ")).toEqual(questions(small, ""));
});

test("a word that is not typed to its end is found, in capitals too", () => {
  expect(questions(small, "KEEP te")[0]).toBe("What do I keep tea in?");
});

test("nothing is offered for words that no question holds", () => {
  expect(questions(small, "zebra")).toEqual([]);
});

test("a comparison is found by its title, its id and its names, and comparisons alone are offered", () => {
  const comparison = { title: "Brewing time", question: "Brewing time" };
  for (const typed of ["", "brew", "time"]) expect(small.suggest(typed, 25, "comparison")).toEqual([comparison]);
  expect(small.suggest("stored", 25, "comparison")).toEqual([]);
});

test("no more are offered than wanted, the best of all", () => {
  expect(questions(small, "tea", 2)).toEqual(questions(small, "tea").slice(0, 2));
  expect(questions(small, "tea", 0)).toEqual([]);
});

test("those that hold more of what was typed come first, common words counting little", () => {
  expect(questions(engine, "is the what a hypervisor")[0]).toMatch(/hypervisor/i);
  expect(questions(engine, "secur")).toEqual(questions(engine, "  SECUR? "));
});

test("the questions of a long text are there well before anybody waits", () => {
  const words = engine.offers.map(({ question }) => question).join(" ");
  const startedAt = performance.now();
  expect(questions(engine, words.slice(0, 6000))).toHaveLength(25);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
