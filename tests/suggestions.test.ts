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
function check(questions: readonly string[], after: readonly string[] = []): void {
  const broken = questions.flatMap((question) => {
    const reply = engine.answer(question, after);
    const found = [...brokenRules(reply, files), ...unansweredSuggestions(reply, engine, [...after, question])];
    return found.map((rule) => `${JSON.stringify(question)}: ${rule}`);
  });
  expect(broken).toEqual([]);
}

const answered = (question: string, after: readonly string[]): boolean =>
  ["answer", "comparison"].includes(engine.answer(question, after).kind);

describe("what is suggested gets an answer or a comparison", () => {
  test("every follow-up of every topic, asked alone and in a thread about the topic", () => {
    const unanswered = engine.corpus.faq.topics.flatMap(({ id, title, next, statements }) => {
      const [first] = statements.slice(1).flatMap(({ examples }) => examples.map(({ question }) => question));
      const threads = [[], [title], ...(first === undefined ? [] : [[first]])];
      return next.flatMap((question) =>
        threads
          .filter((after) => !answered(question, after))
          .map((after) => `${id}: "${question}" after ${after.join()}`),
      );
    });
    expect(unanswered).toEqual([]);
  });

  test("what is suggested after a comparison", () => {
    const broken = engine.corpus.faq.topics.flatMap(({ id, title }) => {
      const reply = engine.compare(id);
      return [...brokenRules(reply, files), ...unansweredSuggestions(reply, engine, [title])].map(
        (rule) => `${id}: ${rule}`,
      );
    });
    expect(broken).toEqual([]);
  });

  test("every option when it has to be asked back", () => {
    const questions = VAGUE.filter((question) => engine.answer(question).kind === "clarify");
    expect(questions.length).toBeGreaterThan(0);
    check(questions);
  });

  test("what is suggested where the documents do not answer", () => {
    const outside = engine.corpus.faq.outside.flatMap(({ examples }) => examples).filter((_, at) => at % 10 === 0);
    check(outside);
    check(outside.slice(0, 10), ["How fast does a container start?"]);
  });

  test("what help, another language and an unclear question suggest", () => {
    check([
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

  test("what is suggested after one example question in eight", () => {
    check(questionsOf(engine.corpus.faq).filter((_, at) => at % 8 === 0));
  });
});

describe("the name of a topic", () => {
  test("gets its comparison, or its answer where there is nothing to compare", () => {
    const wrong = engine.corpus.faq.topics.flatMap(({ id, title, names, rows }) =>
      [title, ...names].filter((name) => {
        const reply = engine.answer(name);
        const kind = rows.length > 0 ? "comparison" : "answer";
        return reply.kind !== kind || reply.topic !== id;
      }),
    );
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
