import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createEngine, type Engine } from "../src/engine.ts";
import { compile, openEngine } from "../src/store/open.ts";
import { questionsOf } from "./questions.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "corpus");
const casesFile = join(import.meta.dirname, "cases.jsonl");

interface Asked {
  readonly question: string;
  readonly after?: readonly string[];
}

/** Where the cases are missing: all of a thread, and what replies come in other shapes. */
const INSTEAD: readonly Asked[] = [
  { question: "" },
  { question: "thanks" },
  { question: "startup" },
  { question: "is it safe?" },
  { question: "Wie schnell startet ein Container?" },
  { question: "who won the cup final in 1998?" },
  { question: "how fst does a contaner strat" },
  { question: "and VMs?", after: ["How fast does a container start?"] },
  { question: "which is cheaper? and which is safer?", after: ["hi", "containers vs vms", "why?"] },
];

let compiled: Engine;
let fresh: Engine;
beforeAll(async () => {
  compiled = await openEngine(folder, join(root, "dist", "corpus.snapshot"));
  const { corpus, model } = await compile(folder);
  fresh = await createEngine(corpus, model);
});

const askedInCases = (): Asked[] =>
  existsSync(casesFile)
    ? readFileSync(casesFile, "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as Asked)
    : [];

const remedy = "the snapshot in dist is of an older source: npm run build";

async function check(asked: readonly Asked[]): Promise<void> {
  for (const { question, after = [] } of asked)
    expect(JSON.stringify(await compiled.answer(question, after)), remedy).toBe(
      JSON.stringify(await fresh.answer(question, after)),
    );
}

test("no module of the compiled engine reads a list of words from a file of its own", () => {
  const folder = join(root, "dist", "src");
  const modules = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  expect(modules).toContain(join("text", "words.js"));
  const reading = modules.filter((name) => /^import .*"\..*\.json"/m.test(readFileSync(join(folder, name), "utf8")));
  expect(reading).toEqual([]);
});

test("the compiled corpus and the freshly parsed and trained one hold the same documents and topics", () => {
  const { proof: _, ...corpus } = compiled.corpus;
  expect(corpus).toEqual(fresh.corpus);
});

test("they give the same bytes for every case", async () => {
  await check([...askedInCases(), ...INSTEAD]);
});

test("they give the same bytes for one example question in ten, each in the thread of the one before", {
  tags: ["slow"],
}, async () => {
  const questions = questionsOf(fresh.corpus.faq).filter((_, at) => at % 10 === 0);
  await check(questions.map((question, at) => ({ question, after: questions.slice(Math.max(0, at - 1), at) })));
});

test("they make the same comparisons", async () => {
  for (const { id } of fresh.corpus.faq.topics)
    expect(JSON.stringify(await compiled.compare(id)), remedy).toBe(JSON.stringify(await fresh.compare(id)));
});
