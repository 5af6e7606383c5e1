// @module-tag slow

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../src/engine.ts";
import { openEngine } from "../src/store/open.ts";
import { brokenRules, type CorpusFiles, filesOf, unansweredSuggestions } from "./contract-rules.ts";
import { questionsOf } from "./questions.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "corpus");

let engine: Engine;
let files: CorpusFiles;
beforeAll(async () => {
  engine = await openEngine(folder, join(root, "dist", "corpus.snapshot"));
  files = filesOf(engine.corpus, folder);
});

/** Asks each, and names the broken rules of the reply and of what it suggests. */
async function check(questions: readonly string[], after: readonly string[] = []): Promise<void> {
  const broken: string[] = [];
  for (const question of questions) {
    const reply = await engine.answer(question, after);
    const unanswered = await unansweredSuggestions(reply, engine, [...after, question]);
    for (const rule of [...brokenRules(reply, files), ...unanswered])
      broken.push(`${JSON.stringify(question)}: ${rule}`);
  }
  expect(broken).toEqual([]);
}

const answered = async (question: string, after: readonly string[]): Promise<boolean> =>
  ["answer", "comparison"].includes((await engine.answer(question, after)).kind);

describe("what is suggested gets an answer or a comparison", () => {
  test("every follow-up of every topic, asked alone and in a thread about the topic", async () => {
    const unanswered: string[] = [];
    for (const { id, title, next, statements } of engine.corpus.faq.topics) {
      const [first] = statements.slice(1).flatMap(({ examples }) => examples.map(({ question }) => question));
      const threads = [[], [title], ...(first === undefined ? [] : [[first]])];
      for (const question of next)
        for (const after of threads)
          if (!(await answered(question, after))) unanswered.push(`${id}: "${question}" after ${after.join()}`);
    }
    expect(unanswered).toEqual([]);
  });

  test("what is suggested after a comparison", async () => {
    const broken: string[] = [];
    for (const { id, title } of engine.corpus.faq.topics) {
      const reply = await engine.compare(id);
      const unanswered = await unansweredSuggestions(reply, engine, [title]);
      for (const rule of [...brokenRules(reply, files), ...unanswered]) broken.push(`${id}: ${rule}`);
    }
    expect(broken).toEqual([]);
  });

  test("every option when it has to be asked back", async () => {
    const questions: string[] = [];
    for (const question of VAGUE) if ((await engine.answer(question)).kind === "clarify") questions.push(question);
    expect(questions.length).toBeGreaterThan(0);
    await check(questions);
  });

  test("what is suggested where the documents do not answer", async () => {
    const outside = engine.corpus.faq.outside.flatMap(({ examples }) => examples).filter((_, at) => at % 10 === 0);
    await check(outside);
    await check(outside.slice(0, 10), ["How fast does a container start?"]);
  });

  test("what help, another language and an unclear question suggest", async () => {
    await check([
      "",
      "hi",
      "thanks",
      "what can you do?",
      "Wie schnell startet ein Container?",
      "who won in 1998?",
      "it?",
      "??",
    ]);
  });

  test("what is suggested after one example question in eight", async () => {
    await check(questionsOf(engine.corpus.faq).filter((_, at) => at % 8 === 0));
  });
});

describe("the name of a topic", () => {
  test("gets its comparison, or its answer where there is nothing to compare", async () => {
    const wrong: string[] = [];
    for (const { id, title, names, rows } of engine.corpus.faq.topics)
      for (const name of [title, ...names]) {
        const reply = await engine.answer(name);
        const kind = rows.length > 0 ? "comparison" : "answer";
        if (reply.kind !== kind || reply.topic !== id) wrong.push(name);
      }
    expect(wrong).toEqual([]);
  });
});

/** Each fits several topics, or points at what it does not name. */
const VAGUE = [
  "is it safe?",
  "is it fast?",
  "how fast is it?",
  "can I save it?",
  "does it scale?",
  "what does it cost?",
  "which one is better?",
  "can they share it?",
  "how big is it?",
  "is that possible?",
  "does it need much memory?",
  "can I move it?",
  "is this secure?",
  "does it work on Windows?",
  "how does it work?",
  "can it break?",
  "are they isolated?",
  "speed?",
  "limits",
  "and the disk?",
];
