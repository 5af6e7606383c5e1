import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { openEngine } from "../src/store/open.ts";
import { tokenize } from "../src/text/analyzer.ts";

const root = join(import.meta.dirname, "..");
const asked = z.object({ id: z.string(), question: z.string(), after: z.array(z.string()).default([]) });

test("no case is a question that is taught: it would measure nothing", async () => {
  const { faq } = (await openEngine(join(root, "corpus"), join(root, "dist", "corpus.snapshot"))).corpus;
  const own = faq.topics.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.examples.map(({ question }) => question)),
  );
  const outside = faq.outside.flatMap(({ examples }) => examples);
  const taught = new Set([...own, ...outside].map((question) => tokenize(question).join(" ")));
  const cases = readFileSync(join(import.meta.dirname, "cases.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => asked.parse(JSON.parse(line)))
    // In a thread the same words ask for something else.
    .filter(({ after }) => after.length === 0);
  expect(cases.length).toBeGreaterThan(100);
  expect(cases.filter(({ question }) => taught.has(tokenize(question).join(" "))).map(({ id }) => id)).toEqual([]);
});
