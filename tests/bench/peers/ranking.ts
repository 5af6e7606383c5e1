// Collections of passages with questions to how often each engine ranks the right passage first.

import { inTurn, quantile } from "../frame/suite.ts";
import { answerableOf, type Collection } from "./data.ts";
import type { Index, SearchEngine } from "./engine.ts";
import { PEERS } from "./engines.ts";
import type { Values } from "./ledger.ts";
import { mean, ndcgAt10, type Rank, recallAt, reciprocalRankAt10 } from "./metrics.ts";
import { FOOTNOTE_ENGINES } from "./ours.ts";
import { asCount, asMs, asPoints, asShare, type Context, type Part, upTo } from "./part.ts";
import { randomFrom } from "./random.ts";
import { withTypo } from "./typos.ts";

const ENGINES: readonly SearchEngine[] = [...FOOTNOTE_ENGINES, ...PEERS];
const TYPO_SEED = 20_261_121;
const FOUND_MAX = 10;
const QUICK_QUESTIONS = 60;

export const ranking: Part = {
  name: "ranking",
  title: "Passage ranking",
  tables: [
    {
      id: "ranking",
      title: "The right passage",
      about:
        "Each answerable question is asked of all passages; right is the one it was written on. With a typo: the same " +
        "question with one edit in one word of five letters or more, the same edits for every engine. As it ships, " +
        "Footnote counts adjacent pairs too.",
      of: "engine",
      columns: [
        { key: "recall1", title: "recall@1", print: asShare, better: "high" },
        { key: "recall5", title: "recall@5", print: asShare, better: "high" },
        { key: "mrr", title: "MRR@10", print: asShare, better: "high" },
        { key: "typo1", title: "typo: recall@1", print: asShare, better: "high" },
        { key: "typo5", title: "typo: recall@5", print: asShare },
        { key: "typoMrr", title: "typo: MRR@10", print: asShare },
        { key: "loss", title: "typo costs, points", print: asPoints },
        { key: "p50", title: "p50 ms", print: asMs },
        { key: "questions", title: "questions", print: asCount },
      ],
    },
    {
      id: "graded",
      title: "Graded judgements",
      about: "Collections with `judgements.jsonl`: nDCG@10 with the grade as gain, over the questions that have one.",
      of: "engine",
      columns: [
        { key: "ndcg", title: "nDCG@10", print: asShare, better: "high" },
        { key: "p50", title: "p50 ms", print: asMs },
        { key: "questions", title: "questions", print: asCount },
      ],
    },
  ],
  async measure({ data, isQuick, ledger }: Context) {
    for (const collection of data.collections)
      for (const engine of ENGINES) {
        const place = { group: collection.name, row: engine.name };
        if (collection.judgements !== null)
          await ledger.measure({ table: "graded", ...place }, () => graded(engine, collection, isQuick));
        if (answerableOf(collection).length > 0)
          await ledger.measure({ table: "ranking", ...place }, () => ranked(engine, collection, isQuick));
      }
  },
};

async function ranked(engine: SearchEngine, collection: Collection, isQuick: boolean): Promise<Values> {
  const asked = upTo(answerableOf(collection), isQuick, QUICK_QUESTIONS);
  const index = await indexOf(engine, collection);
  const random = randomFrom(TYPO_SEED);
  const times: number[] = [];
  const rankOf = async (question: string, passage: string): Promise<Rank> => {
    const start = performance.now();
    const found = await search(index, collection, question);
    times.push(performance.now() - start);
    const at = found.indexOf(passage);
    return at < 0 ? null : at + 1;
  };
  const clean = await inTurn(asked, ({ question, passage }) => rankOf(question, passage));
  const p50 = quantile(times, 0.5);
  const mistyped = await inTurn(asked, ({ question, passage }) =>
    rankOf(withTypo(question, random) ?? question, passage),
  );
  index.close?.();
  return {
    recall1: recallAt(clean, 1),
    recall5: recallAt(clean, 5),
    mrr: reciprocalRankAt10(clean),
    typo1: recallAt(mistyped, 1),
    typo5: recallAt(mistyped, 5),
    typoMrr: reciprocalRankAt10(mistyped),
    loss: recallAt(clean, 1) - recallAt(mistyped, 1),
    p50,
    questions: asked.length,
  };
}

async function graded(engine: SearchEngine, collection: Collection, isQuick: boolean): Promise<Values> {
  const judged = collection.questions.flatMap(({ id, question }) => {
    const grades = collection.judgements?.get(id);
    return grades !== undefined && [...grades.values()].some((grade) => grade > 0) ? [{ question, grades }] : [];
  });
  const asked = upTo(judged, isQuick, QUICK_QUESTIONS);
  const index = await indexOf(engine, collection);
  const times: number[] = [];
  const gains = await inTurn(asked, async ({ question, grades }) => {
    const start = performance.now();
    const found = await search(index, collection, question);
    times.push(performance.now() - start);
    return ndcgAt10(found, grades);
  });
  index.close?.();
  return { ndcg: mean(gains), p50: quantile(times, 0.5), questions: asked.length };
}

const indexOf = async (engine: SearchEngine, { passages }: Collection): Promise<Index> =>
  engine.build(
    passages.map(({ title, text }) => ({ title, text })),
    ":memory:",
  );

const search = async (index: Index, { passages }: Collection, question: string): Promise<string[]> =>
  (await index.search(question, FOUND_MAX)).map(({ place }) => passages[place]?.id ?? "");
