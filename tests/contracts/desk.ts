// The exam that every adapter sits on how it deals with a question: in which order, for whom, and what is left of it.

import { describe, expect, test } from "vitest";
import { createMemory, type Memory, readingBack } from "../../adapters/shared/memory.ts";
import { createLimit, type Limit } from "../../adapters/shared/rate-limit.ts";
import type { CommonSettings } from "../../adapters/shared/settings.ts";
import type { Engine } from "../../src/engine.ts";

/** What an adapter is started with. */
export interface Given extends Pick<CommonSettings, "logsQuestions"> {
  readonly engine: Engine;
  readonly memory: Memory;
  readonly limit: Limit;
}

/** An adapter at work; everybody asks in one thread. */
export interface Sitting {
  /** @param delivery a number that tells the event from others; delivered twice it is the same event */
  ask(question: string, delivery?: number): Promise<void>;
  compare(topic: string): Promise<void>;
  /** All that people have been shown so far, oldest first, as they read it. */
  shown(): readonly string[];
  /** The log so far, a line of JSON each. */
  logged(): string;
}

/** A chat bot at work. */
export interface BotSitting extends Sitting {
  /** The next reply can't be posted: the platform refuses it, or nobody knows what became of it. */
  failNextPost(how: "refused" | "lost"): void;
}

export interface DeskExam<S extends Sitting> {
  readonly name: string;
  /** Of a corpus that has the topics of TOPICAL. */
  readonly engine: () => Engine;
  readonly start: (given: Given) => Promise<S>;
}

type Step = "claim" | "limit" | "recall" | "answer" | "post" | "remember" | "log";

const QUESTION = "How long is green tea brewed?";
const VERDICT = "Green tea is brewed for two minutes";
const FOLLOW_UP = "and black tea?";
const SOON = { timeout: 10_000, interval: 10 };

/** An adapter started with real parts that tell what they are asked for. */
async function watch<S extends Sitting>(
  { engine, start }: DeskExam<S>,
  { memory = createMemory(() => 0), questionsPerMinute = 0, logsQuestions = false } = {},
) {
  const steps: Step[] = [];
  const remembered: string[] = [];
  let sitting: S | null = null;
  let [seen, lines] = [0, 0];
  /** What was shown and logged is only seen from without, so it is looked at before every other step. */
  const look = (): void => {
    const [shown, logged] = [sitting?.shown().length ?? 0, sitting?.logged().match(/"answered"/g)?.length ?? 0];
    if (shown > seen) steps.push("post");
    if (logged > lines) steps.push("log");
    [seen, lines] = [shown, logged];
  };
  const note = (step: Step): void => {
    look();
    if (steps.at(-1) !== step) steps.push(step);
  };
  const { threads, claims, votes } = memory;
  const limit = createLimit(questionsPerMinute);
  const asked = engine();
  sitting = await start({
    engine: {
      corpus: asked.corpus,
      offers: asked.offers,
      answer: (question, after) => {
        note("answer");
        return asked.answer(question, after);
      },
      compare: (topic) => {
        note("answer");
        return asked.compare(topic);
      },
      suggest: (typed, most, kind) => asked.suggest(typed, most, kind),
      explain: (question, after) => asked.explain(question, after),
    },
    memory: {
      votes,
      claims: {
        claim: (key) => {
          // Whether a thread was lost is part of recalling it.
          if (!key.startsWith(readingBack(""))) note("claim");
          return claims.claim(key);
        },
        release: (key) => claims.release(key),
      },
      threads: {
        recall: (key) => {
          note("recall");
          return threads.recall(key);
        },
        remember: (key, question) => {
          note("remember");
          remembered.push(question);
          return threads.remember(key, question);
        },
        branch: (from, to) => threads.branch(from, to),
      },
    },
    limit: {
      ask: (person) => {
        note("limit");
        return limit.ask(person);
      },
      release: (person) => limit.release(person),
    },
    logsQuestions,
  });
  const taken = (): readonly Step[] => {
    look();
    return steps;
  };
  return { sitting, steps: taken, remembered, last: () => sitting.shown().at(-1) ?? "" };
}

/** What holds of every adapter. */
export function describeDesk<S extends Sitting>(exam: DeskExam<S>, steps: readonly Step[]): void {
  describe(`${exam.name}: a question`, () => {
    test(`takes its steps in order: ${steps.join(", ")}`, async () => {
      const { sitting, steps: taken } = await watch(exam);
      await sitting.ask(QUESTION);
      await expect.poll(taken, SOON).toEqual(steps);
      expect(sitting.shown()).toEqual([expect.stringContaining(VERDICT)]);
    });

    test("is remembered as it was posted, so that the next may lean on it", async () => {
      const { sitting, remembered, last } = await watch(exam);
      await sitting.ask(QUESTION);
      await expect.poll(() => remembered, SOON).toEqual([QUESTION]);
      await sitting.ask(FOLLOW_UP);
      await expect.poll(() => remembered, SOON).toEqual([QUESTION, FOLLOW_UP]);
      expect(last()).toContain("Continuing with");
    });

    test("for a comparison is remembered by the topic's title, and by nothing where none was compared", async () => {
      const { sitting, remembered, last } = await watch(exam);
      await sitting.compare("zebras");
      await expect.poll(last, SOON).toContain("Which topic shall I compare?");
      await sitting.compare("brewing");
      await expect.poll(() => remembered, SOON).toEqual(["Brewing time"]);
      expect(last()).toContain("Four minutes");
    });
  });
}

/** What holds of chat bots besides. */
export function describeBotDesk(exam: DeskExam<BotSitting>): void {
  describeDesk(exam, ["claim", "limit", "recall", "answer", "post", "remember", "log"]);

  describe(`${exam.name}: a question to the bot`, () => {
    test("that another process has claimed costs nothing and posts nothing", async () => {
      const memory = createMemory(() => 0);
      const elsewhere = await watch(exam, { memory });
      await elsewhere.sitting.ask(QUESTION, 1);
      await expect.poll(elsewhere.steps, SOON).toContain("log");
      const here = await watch(exam, { memory });
      await here.sitting.ask(QUESTION, 1);
      await expect.poll(here.steps, SOON).toEqual(["claim"]);
      await here.sitting.ask("Where is tea stored?", 2);
      await expect.poll(here.steps, SOON).toContain("log");
      expect(here.sitting.shown()).toEqual([expect.stringContaining("dark tin")]);
    });

    test("over the limit is not looked up, and its person is told how long to wait", async () => {
      const { sitting, steps, last } = await watch(exam, { questionsPerMinute: 1 });
      await sitting.ask(QUESTION);
      await expect.poll(steps, SOON).toContain("log");
      const before = steps().length;
      await sitting.ask("Where is tea stored?");
      await expect.poll(last, SOON).toMatch(/ask again in \d+ seconds?/);
      const taken = steps().slice(before);
      expect(taken.slice(0, 2)).toEqual(["claim", "limit"]);
      for (const step of ["recall", "answer", "remember"]) expect(taken).not.toContain(step);
      expect(sitting.logged()).toMatch(/"limited"/);
    });

    test.each(["refused", "lost"] as const)(
      "whose reply is %s ends in a word to its person",
      async (how) => {
        const { sitting, remembered, last } = await watch(exam);
        sitting.failNextPost(how);
        await sitting.ask(QUESTION);
        await expect.poll(last, SOON).toContain("Something went wrong on my side");
        expect(remembered).toEqual([]);
        expect(sitting.logged()).toContain('"not answered"');
        expect(sitting.logged()).not.toContain('"answered"');
      },
      20_000,
    );

    const failOnce = async (how: "refused" | "lost") => {
      const watched = await watch(exam);
      watched.sitting.failNextPost(how);
      await watched.sitting.ask(QUESTION, 1);
      await expect.poll(watched.last, SOON).toContain("Something went wrong on my side");
      await watched.sitting.ask(QUESTION, 1);
      return watched;
    };
    test("whose reply was refused is answered when it is delivered again", async () => {
      const { remembered, last } = await failOnce("refused");
      await expect.poll(last, SOON).toContain(VERDICT);
      await expect.poll(() => remembered, SOON).toEqual([QUESTION]);
    }, 20_000);

    test("whose reply was lost is not answered when it is delivered again: it may have been posted", async () => {
      const { sitting, remembered } = await failOnce("lost");
      await sitting.ask("Where is tea stored?", 2);
      await expect.poll(() => remembered, SOON).toEqual(["Where is tea stored?"]);
    }, 20_000);

    test.each([
      ["not in the log", false],
      ["in the log where the operator opted in", true],
    ])("is %s", async (_, logsQuestions) => {
      const { sitting, steps } = await watch(exam, { logsQuestions, questionsPerMinute: 1 });
      await sitting.ask(QUESTION);
      await expect.poll(steps, SOON).toContain("log");
      await sitting.ask("Where is tea stored?");
      await expect.poll(sitting.logged, SOON).toContain('"limited"');
      expect(sitting.logged().includes("green tea")).toBe(logsQuestions);
      expect(sitting.logged()).not.toContain("stored");
    });
  });
}
