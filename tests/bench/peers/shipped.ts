// FAQs made of labelled questions to what ships says to people who ask them: right, wrong, nothing, or out of scope.

import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { isAnswered } from "../../../src/answer/resolve.ts";
import type { Engine } from "../../../src/engine.ts";
import type { Corpus } from "../../../src/ingest/library.ts";
import { openEngine } from "../../../src/store/open.ts";
import { inTurn } from "../frame/suite.ts";
import { halfOf, LARGE_FROM } from "../gate/gather.ts";
import { type AskedQuestion, corpusOf, drawnFrom, idOf, isNoTopic, simulate } from "../gate/simulate.ts";
import { type Answered, type Answerer, OTHERS, OURS } from "./answerers.ts";
import { type IntentSet, OUT_OF_SCOPE } from "./data.ts";
import type { Values } from "./ledger.ts";
import { asShare, type Context, type Part, upTo } from "./part.ts";
import { randomFrom } from "./random.ts";

const SEED = 20_261_129;
const DRAWS = 3;
const TOPICS = 15;
const EXAMPLES = [5, 10, 20];
const IN_SAMPLE_EXAMPLES = 10;
const ASKING = { own: 150, siblings: 100 };
const QUICK = { questions: 6, outOfScope: 10 };

export const shipped: Part = {
  name: "shipped",
  title: "What ships",
  tables: [
    {
      id: "shipped",
      title: "FAQs of other people",
      about:
        "The whole program on FAQs made of labelled questions: a page a topic that says no more than its title, silence where " +
        "no topic answers. Small sets: each question asked of a FAQ of all others; the gate was not fitted on them. Large " +
        `sets: ${DRAWS} draws of ${TOPICS} topics that were left out of the fit of the gate, 150 other questions on them asked, and ` +
        "100 on topics that were not drawn (siblings); where a group says “in sample”, the gate was fitted on FAQs of these " +
        "topics. Out of scope: the questions of the set that has such, in none of the fits, asked of each FAQ. nlp.js answers by its own gate; " +
        "MiniSearch has none and says the nearest example's topic. In the rows “as silent as Footnote” both have a threshold " +
        "set on the very questions out of scope that are counted, so that no more of them are answered than by Footnote.",
      of: "program",
      columns: [
        { key: "right", title: "right", print: asShare, better: "high" },
        { key: "counts", title: "right, wrong, silent", print: String },
        { key: "wrong", title: "wrong", print: asShare },
        { key: "siblings", title: "siblings answered", print: asShare },
        { key: "outOfScope", title: "out of scope answered", print: asShare, better: "low" },
        { key: "outOfScopeCount", title: "of them", print: String },
      ],
    },
    {
      id: "everyday",
      title: "Everyday messages",
      about:
        "The built-in FAQ asked what people write about other things. Its gate was fitted on none of these. The hardest are " +
        "the messages without a word that the FAQ or its documents do not know.",
      of: "questions of",
      columns: [
        { key: "answered", title: "answered", print: asShare, better: "low" },
        { key: "count", title: "of them", print: String },
        { key: "answeredKnown", title: "of known words only", print: asShare },
        { key: "countKnown", title: "of them", print: String },
      ],
    },
  ],
  async measure({ data, isQuick, ledger }: Context) {
    const allOutOfScope = data.intents.flatMap(({ questions }) =>
      questions.filter(({ intent }) => intent === OUT_OF_SCOPE).map(({ text }) => text),
    );
    const outOfScope = isQuick ? allOutOfScope.slice(0, QUICK.outOfScope) : allOutOfScope;
    for (const set of data.intents)
      for (const { group, trials } of groupsOf(set, isQuick)) {
        const taken = async (answerer: Answerer, most: number | null): Promise<Values> =>
          judge(await inTurn(trials, (trial) => answers(answerer, trial, outOfScope)), most);
        for (const answerer of OURS) {
          if (!trials.every(({ corpus }) => answerer.suits(corpus))) continue;
          await ledger.measure({ table: "shipped", group, row: answerer.name }, () => taken(answerer, null));
        }
        const ours = ledger.rows.find((row) => row.group === group && row.row === OURS[0]?.name)?.values.outOfScope;
        for (const answerer of OTHERS) {
          await ledger.measure({ table: "shipped", group, row: answerer.name }, () => taken(answerer, null));
          await ledger.measure({ table: "shipped", group, row: `${answerer.name}, as silent as Footnote` }, () =>
            taken(answerer, typeof ours === "number" ? ours : null),
          );
        }
      }
    const builtIn = await openEngine(BUILT_IN.folder);
    for (const set of data.intents)
      await ledger.measure({ table: "everyday", group: "", row: set.name }, () =>
        everyday(builtIn, { ...set, questions: upTo(set.questions, isQuick, QUICK.outOfScope) }),
      );
  },
};

/** How often the built-in FAQ answers a message about something else. */
async function everyday(engine: Engine, { questions }: IntentSet): Promise<Values> {
  const asked = await inTurn(questions, async ({ text }) => {
    const { resolutions } = await engine.explain(text);
    const strange = resolutions[0]?.match?.signals.unknownShare ?? 1;
    return { isSaid: resolutions.some(isAnswered), isKnown: strange === 0 };
  });
  const said = asked.filter(({ isSaid }) => isSaid);
  const known = asked.filter(({ isKnown }) => isKnown);
  const saidKnown = said.filter(({ isKnown }) => isKnown);
  return {
    answered: said.length / asked.length,
    count: `${said.length} of ${asked.length}`,
    answeredKnown: known.length === 0 ? null : saidKnown.length / known.length,
    countKnown: `${saidKnown.length} of ${known.length}`,
  };
}

/** A FAQ and what is asked of it; of the out-of-scope questions those at every so many places. */
interface Trial {
  readonly corpus: Corpus;
  readonly asked: readonly AskedQuestion[];
  readonly isOutOfScopeAsked: (place: number) => boolean;
}

function groupsOf(set: IntentSet, isQuick: boolean): { group: string; trials: readonly Trial[] }[] {
  const inside = set.questions.filter(({ intent }) => !isNoTopic(intent));
  if (inside.length < LARGE_FROM) {
    const asked = isQuick ? inside.slice(0, QUICK.questions) : inside;
    const trials = asked.map(
      (one, at): Trial => ({
        corpus: corpusOf(drawnFrom(inside.filter((other) => other !== one)), []),
        asked: [{ text: one.text, topic: idOf(one.intent), kind: "own" }],
        isOutOfScopeAsked: (place) => place % asked.length === at,
      }),
    );
    return [{ group: `${set.name}, each question asked of all others`, trials }];
  }
  const drawn = (half: "fitted" | "judged", count: number): Trial[] =>
    Array.from({ length: isQuick ? 1 : DRAWS }, (_, draw) => {
      const shape = {
        topics: TOPICS,
        examples: [count, count] as const,
        statements: "thin" as const,
        outside: { groups: 0, examples: 0 },
      };
      const asking = isQuick ? { own: QUICK.questions, siblings: QUICK.questions } : ASKING;
      const simulated = simulate(halfOf(set, half), shape, asking, randomFrom(SEED + draw));
      return { ...simulated, isOutOfScopeAsked: () => true };
    });
  return [
    ...EXAMPLES.map((count) => ({ group: `${set.name}, ${count} examples a topic`, trials: drawn("judged", count) })),
    {
      group: `${set.name}, ${IN_SAMPLE_EXAMPLES} examples a topic, in sample`,
      trials: drawn("fitted", IN_SAMPLE_EXAMPLES),
    },
  ];
}

interface Judged extends Answered {
  readonly kind: AskedQuestion["kind"] | "outOfScope";
  readonly expected: string | null;
}

async function answers(answerer: Answerer, trial: Trial, outOfScope: readonly string[]): Promise<readonly Judged[]> {
  const ask = await answerer.teach(trial.corpus);
  const own = await inTurn(trial.asked, async ({ text, topic, kind }) => ({
    ...(await ask(text)),
    kind,
    expected: topic,
  }));
  const foreign = await inTurn(
    outOfScope.filter((_, place) => trial.isOutOfScopeAsked(place)),
    async (text) => ({ ...(await ask(text)), kind: "outOfScope" as const, expected: null }),
  );
  return [...own, ...foreign];
}

/** @param most share of the questions out of scope that may be answered; a threshold sees to it. Null: as it comes */
function judge(trials: readonly (readonly Judged[])[], most: number | null): Values {
  const all = trials.flat();
  const outOfScope = all.filter(({ kind }) => kind === "outOfScope");
  const threshold = most === null ? Number.NEGATIVE_INFINITY : quietest(outOfScope, most);
  const isAnswered = ({ topic, score }: Judged): boolean => topic !== null && score >= threshold;
  const own = all.filter(({ kind }) => kind === "own");
  const siblings = all.filter(({ kind }) => kind === "sibling");
  const answered = own.filter(isAnswered);
  const right = answered.filter(({ topic, expected }) => topic === expected).length;
  const wrong = answered.length - right;
  const foreign = outOfScope.filter(isAnswered).length;
  return {
    right: right / own.length,
    counts: `${right}, ${wrong}, ${own.length - answered.length}`,
    wrong: wrong / own.length,
    siblings: siblings.length === 0 ? null : siblings.filter(isAnswered).length / siblings.length,
    outOfScope: foreign / outOfScope.length,
    outOfScopeCount: `${foreign} of ${outOfScope.length}`,
  };
}

/** The lowest threshold at which no more than this share of the questions is answered. */
function quietest(outOfScope: readonly Judged[], most: number): number {
  const scores = outOfScope.flatMap(({ topic, score }) => (topic === null ? [] : [score])).sort((a, b) => b - a);
  const allowed = Math.floor(most * outOfScope.length + 1e-9);
  const first = scores[allowed];
  if (first === undefined) return Number.NEGATIVE_INFINITY;
  return Math.min(...scores.filter((score) => score > first), Number.POSITIVE_INFINITY);
}
