// Labelled questions to how often each matcher names the right topic, and how well it knows when there is none.

import { measureAccuracy } from "./accuracy.ts";
import { coverageDraws } from "./coverage.ts";
import { type IntentSet, OUT_OF_SCOPE } from "./data.ts";
import { outOfScopeOf } from "./out-of-scope.ts";
import { asCount, asMs, asPoints, asSeconds, asShare, type Context, type Part } from "./part.ts";
import { TOPIC_MATCHERS } from "./topics.ts";
import { measureTraining } from "./training.ts";

/** Few examples are drawn, and training is timed, only where there are many. */
const LARGE_FROM = 1000;
const QUICK = { topics: 15, examplesEach: 20 };

export const matching: Part = {
  name: "matching",
  title: "Topic matching",
  tables: [
    {
      id: "accuracy",
      title: "The right topic",
      about:
        "Stratified cross-validation, the same folds for every matcher: three folds ten times over for small sets, five " +
        "folds once for large ones. The difference is to nlp.js, with the standard error of the paired difference over " +
        "the questions. The examples are taught in a shuffled order: taught topic by topic, nlp.js learns far worse.",
      of: "matcher",
      columns: [
        { key: "accuracy", title: "accuracy", print: asShare, better: "high" },
        { key: "difference", title: "difference, points", print: asPoints },
        { key: "error", title: "standard error", print: (value) => (100 * value).toFixed(1) },
        { key: "trainSeconds", title: "training s", print: asSeconds },
        { key: "askMs", title: "question ms", print: asMs },
        { key: "questions", title: "questions", print: asCount },
        { key: "topics", title: "topics", print: asCount },
      ],
    },
    {
      id: "out-of-scope",
      title: "Out of scope",
      about:
        "Trained on the topics' training questions, asked the `val` ones with those out of scope. The threshold is set " +
        "where most of one half are treated rightly and measured on the other half; means over 20 such splits, the same " +
        "for every matcher.",
      of: "matcher",
      columns: [
        { key: "accuracy", title: "accuracy without threshold", print: asShare },
        { key: "accuracyAbove", title: "in-scope accuracy", print: asShare, better: "high" },
        { key: "refused", title: "out-of-scope recall", print: asShare, better: "high" },
        { key: "auroc", title: "AUROC", print: asShare, better: "high" },
        { key: "trainSeconds", title: "training s", print: asSeconds },
        { key: "inScope", title: "in scope", print: asCount },
        { key: "outOfScope", title: "out of scope", print: asCount },
      ],
    },
    {
      id: "coverage",
      title: "With few examples",
      about:
        "Eight draws of 15 topics with 2, 5 and 10 examples each; asked 30 other questions on each topic and as many on " +
        "no topic: half of them out of scope where the set has such, the rest on topics that were not drawn. Coverage: " +
        "share of the in-scope questions answered rightly at the threshold where 95 % of the answers are right.",
      of: "matcher",
      columns: [2, 5, 10].flatMap((count) => [
        { key: `accuracy${count}`, title: `${count} examples: accuracy`, print: asShare, better: "high" as const },
        { key: `auroc${count}`, title: `${count} examples: AUROC`, print: asShare, better: "high" as const },
        { key: `coverage${count}`, title: `${count} examples: coverage`, print: asShare, better: "high" as const },
      ]),
    },
    {
      id: "training",
      title: "Training in a fresh process",
      about: "Median of five processes, loading the program not counted.",
      of: "matcher",
      columns: [
        { key: "seconds", title: "seconds", print: asSeconds, better: "low" },
        { key: "examples", title: "examples", print: asCount },
        { key: "topics", title: "topics", print: asCount },
      ],
    },
  ],
  async measure({ data, isQuick, ledger }: Context) {
    for (const set of data.intents) {
      const part = isQuick ? quickly(set) : set;
      const outOfScope = set.questions.some(({ intent }) => intent === OUT_OF_SCOPE);
      if (outOfScope) {
        for (const matcher of TOPIC_MATCHERS)
          await ledger.measure({ table: "out-of-scope", group: set.name, row: matcher.name }, () =>
            outOfScopeOf(matcher, part),
          );
      } else await measureAccuracy(part, isQuick, ledger);
      if (set.questions.length < LARGE_FROM) continue;
      for (const matcher of TOPIC_MATCHERS)
        await ledger.measure({ table: "coverage", group: set.name, row: matcher.name }, () =>
          coverageDraws(matcher, set, isQuick),
        );
    }
    await measureTraining(
      data.intents.filter(({ questions }) => questions.length >= LARGE_FROM),
      isQuick,
      ledger,
    );
  },
};

/** Some topics with some examples each, and all that is out of scope. */
function quickly({ name, questions }: IntentSet): IntentSet {
  const kept = new Set([...new Set(questions.map(({ intent }) => intent))].slice(0, QUICK.topics));
  const counts = new Map<string, number>();
  return {
    name,
    questions: questions.filter(({ intent, split }) => {
      const key = `${split} ${intent}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return intent === OUT_OF_SCOPE || (kept.has(intent) && (counts.get(key) ?? 0) <= QUICK.examplesEach);
    }),
  };
}
