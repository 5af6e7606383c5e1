// What the loop from misses to fixes is worth: topics lose their examples, and their cases are assigned to them again.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import type { Engine } from "../../src/engine.ts";
import type { Faq } from "../../src/ingest/faq.ts";
import { type EvalCase, parseCase } from "../../src/quality/cases.ts";
import { evaluate } from "../../src/quality/evaluate.ts";
import { judgeFix } from "../../src/quality/fix.ts";
import { groupMisses } from "../../src/quality/misses.ts";
import { teach } from "../../src/quality/teach.ts";
import { openCorpus } from "../../src/store/open.ts";
import type { Compiled } from "../../src/store/snapshot.ts";
import type { Row, Suite } from "./frame/suite.ts";

const ASSIGNMENTS_MAX = 100;
/** The judge asks every fortieth example again: with all 4,000 a hundred assignments take an hour. */
const ASKED_EVERY = 40;

/** What came of assigning misses to one topic or more. */
interface Tally {
  misses: number;
  assignments: number;
  refused: number;
  /** Of the misses whose words were taught, and of those that nobody taught, how many are right then. */
  taught: number;
  taughtMended: number;
  besides: number;
  besidesMended: number;
  /** Cases that the judge of fixes was not shown: how many were right before and are wrong then, and the other way. */
  unseen: number;
  unseenBroken: number;
  unseenBetter: number;
}

export const suite: Suite = {
  title: "loop, on the cases of topics whose examples were deleted",
  async run(onStep) {
    const compiled = await openCorpus(BUILT_IN.folder, BUILT_IN.snapshot);
    const cases = readCases();
    const tally = emptyTally();
    for (const [at, { id }] of compiled.corpus.faq.topics.entries()) {
      if (tally.assignments >= ASSIGNMENTS_MAX) break;
      const { assignments, taughtMended, besidesMended, unseenBroken } = tally;
      onStep(
        `topic ${at + 1} of ${compiled.corpus.faq.topics.length}: ${assignments} assignments, ${taughtMended} + ${besidesMended} misses mended, ${unseenBroken} broken`,
      );
      await mendTopic(id, compiled, cases, tally);
    }
    return rowsOf(tally);
  },
};

const emptyTally = (): Tally => ({
  ...{ misses: 0, assignments: 0, refused: 0, taught: 0, taughtMended: 0, besides: 0, besidesMended: 0 },
  ...{ unseen: 0, unseenBroken: 0, unseenBetter: 0 },
});

async function mendTopic(topic: string, compiled: Compiled, cases: readonly EvalCase[], tally: Tally): Promise<void> {
  let faq = withExamples(compiled.corpus.faq, topic, () => []);
  let engine = await teach(faq, compiled);
  const own = cases.filter((one) => one.topic === topic && one.after.length === 0 && one.kind === "answer");
  const missed = await wrongAmong(own, engine);
  const misses = own.filter(({ id }) => missed.has(id));
  tally.misses += misses.length;
  // Every other miss comes to the operator; what they mend of the others nobody has shown them.
  const shown = misses.filter((_, at) => at % 2 === 0);
  const others = misses.filter((_, at) => at % 2 === 1);
  const known = cases.filter(({ id }, at) => at % 2 === 0 && !missed.has(id));
  const unseen = cases.filter(({ id }, at) => at % 2 === 1 && !missed.has(id));
  let was = await wrongAmong(unseen, engine);
  for (const group of await groupMisses(shown, engine)) {
    if (tally.assignments >= ASSIGNMENTS_MAX) return;
    const words = group.wordings.map(({ question }) => question);
    const taughtFaq = withExamples(faq, topic, (questions) => [...questions, ...words]);
    const now = await teach(taughtFaq, compiled);
    const report = await judgeFix(
      thinned(engine),
      now,
      group.wordings.map((one) => ({ ...one, topic })),
      known,
    );
    tally.assignments++;
    tally.taught += group.ids.length;
    if (report.mended === 0 || report.changes.some(({ effect }) => effect === "worse")) {
      tally.refused++;
      continue;
    }
    const is = await wrongAmong(unseen, now);
    tally.unseen += unseen.length;
    const before = was;
    tally.unseenBroken += [...is].filter((id) => !before.has(id)).length;
    tally.unseenBetter += [...before].filter((id) => !is.has(id)).length;
    [faq, engine, was] = [taughtFaq, now, is];
  }
  tally.taughtMended += shown.length - (await wrongAmong(shown, engine)).size;
  tally.besides += others.length;
  tally.besidesMended += others.length - (await wrongAmong(others, engine)).size;
}

const wrongAmong = async (cases: readonly EvalCase[], engine: Engine): Promise<ReadonlySet<string>> =>
  new Set((await evaluate(cases, engine)).misses.map(({ id }) => id));

/** The FAQ with other `examples` of a topic; what its points are asked by stays. */
const withExamples = (faq: Faq, topic: string, change: (questions: readonly string[]) => readonly string[]): Faq => ({
  ...faq,
  topics: faq.topics.map((one) => {
    if (one.id !== topic) return one;
    const [verdict, ...rest] = one.statements;
    const questions = change(verdict.examples.map(({ question }) => question));
    const examples = questions.map((question) => ({ question }));
    return { ...one, statements: [{ ...verdict, examples }, ...rest] };
  }),
});

/** The same engine with fewer examples to be asked. */
function thinned(engine: Engine): Engine {
  const { faq } = engine.corpus;
  const some = <T>(list: readonly T[]): T[] => list.filter((_, at) => at % ASKED_EVERY === 0);
  const topics = faq.topics.map((topic) => {
    const [verdict, ...rest] = topic.statements.map((one) => ({ ...one, examples: some(one.examples) }));
    return verdict === undefined ? topic : { ...topic, statements: [verdict, ...rest] as const };
  });
  const outside = faq.outside.map((group) => ({ ...group, examples: some(group.examples) }));
  return {
    ...{ offers: engine.offers, corpus: { ...engine.corpus, faq: { ...faq, topics, outside } } },
    answer: (question, after) => engine.answer(question, after),
    compare: (topic) => engine.compare(topic),
    suggest: (typed, limit, kind) => engine.suggest(typed, limit, kind),
    explain: (question, after) => engine.explain(question, after),
    answerUnasked: (question, after) => engine.answerUnasked(question, after),
    viewFor: (audience) => engine.viewFor(audience),
    openViews: () => engine.openViews(),
  };
}

function rowsOf(tally: Tally): Row[] {
  const { misses, assignments, refused, taught, taughtMended, besides, besidesMended } = tally;
  const { unseen, unseenBroken, unseenBetter } = tally;
  return [
    { name: "misses", value: String(misses), note: "cases that are wrong without their topic's examples" },
    { name: "assignments", value: String(assignments), note: `of ${taught} misses, ${refused} of them refused` },
    {
      name: "misses mended, their words taught",
      value: `${taughtMended}`,
      note: "right by all that the case asks for",
    },
    { name: "misses mended besides", value: `${besidesMended} of ${besides}`, note: "their words never taught" },
    {
      name: "replies broken unseen",
      value: String(unseenBroken),
      aim: { text: "none", isReached: unseenBroken === 0 },
      note: `of ${unseen} asked after each assignment that the judge was not shown; ${unseenBetter} better`,
    },
  ];
}

function readCases(): EvalCase[] {
  const file = join(BUILT_IN.folder, "..", "tests", "cases.jsonl");
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => parseCase(JSON.parse(line)));
}
