// Questions that the passages answer and questions that they don't to how well the two are told apart.

import { inTurn } from "../frame/suite.ts";
import { answerableOf, type Collection, type Data, nearMissesOf } from "./data.ts";
import type { SearchEngine } from "./engine.ts";
import { FTS5_STOPPED, MINISEARCH_DEFAULT } from "./engines.ts";
import type { Values } from "./ledger.ts";
import { auroc, passedAt, share } from "./metrics.ts";
import { speaker } from "./ours.ts";
import { asCount, asShare, type Context, type Part } from "./part.ts";
import { type Random, randomFrom, sample } from "./random.ts";
import { sentencesOf } from "./sentence.ts";

const SEED = 20_261_122;
const OURS = "Footnote";
/** Foreign questions for each small corpus, from each of the two sources. */
const FOREIGN_EACH = 60;
const OFF_TOPIC = 1000;
const QUICK_QUESTIONS = 40;
/** An article with fewer passages is no corpus. */
const PASSAGES_MIN = 10;
/** What is told of a question that nothing was found for. */
const NOTHING = Number.NEGATIVE_INFINITY;

/** How sure an engine is of its answer, and whether it would give it, where it decides that itself. */
interface Judged {
  readonly score: number;
  readonly isAnswered: boolean | null;
}
type Judge = (question: string) => Promise<Judged>;

interface Method {
  readonly name: string;
  over(passages: Collection["passages"]): Promise<Judge>;
}

/** Questions that one corpus was asked. */
interface Asking {
  readonly passages: Collection["passages"];
  readonly answerable: readonly string[];
  readonly foreign: readonly string[];
}

const METHODS: readonly Method[] = [
  {
    name: OURS,
    async over(passages) {
      const speak = await speaker(passages);
      return async (question) => {
        const said = await speak(question);
        return { score: said?.odds ?? NOTHING, isAnswered: said?.isAnswered ?? false };
      };
    },
  },
  byScore("MiniSearch, default: score of the best passage", MINISEARCH_DEFAULT, (passages) => passages),
  byScore(
    "MiniSearch, default: score of the best sentence",
    MINISEARCH_DEFAULT,
    (passages) => sentencesOf({ passages }).texts,
  ),
  byScore("SQLite FTS5, our stop words: score of the best passage", FTS5_STOPPED, (passages) => passages),
];

export const abstaining: Part = {
  name: "abstaining",
  title: "Abstaining",
  tables: [
    {
      id: "abstaining",
      title: "Telling what can be answered",
      about:
        "Every engine says how sure it is of its best answer. “Answered at 90 %”: share of the questions without an " +
        "answer that pass the threshold which nine in ten of the answerable pass; likewise at 80 %. “As it ships”: what " +
        "Footnote itself decides, for the answerable and for the others.",
      of: "engine",
      columns: [
        { key: "auroc", title: "AUROC", print: asShare, better: "high" },
        { key: "at80", title: "answered at 80 %", print: asShare },
        { key: "at90", title: "answered at 90 %", print: asShare, better: "low" },
        { key: "shippedOwn", title: "as it ships: answerable", print: asShare },
        { key: "shippedForeign", title: "others", print: asShare },
        { key: "answerable", title: "answerable", print: asCount },
        { key: "others", title: "others", print: asCount },
      ],
    },
  ],
  async measure({ data, isQuick, ledger }: Context) {
    for (const collection of data.collections) {
      if (answerableOf(collection).length === 0) continue;
      const random = randomFrom(SEED);
      const groups = {
        "small corpora, one article each: questions on other articles and other subjects": small(
          collection,
          data,
          random,
        ),
        "whole collection: questions whose article was taken out": removed(collection),
        "whole collection: questions on other subjects": offTopic(collection, data, random),
        "whole collection: near misses, questions on a passage that it does not answer": nearMisses(collection),
      };
      for (const [group, askings] of Object.entries(groups)) {
        if (askings.every(({ foreign }) => foreign.length === 0)) continue;
        for (const method of METHODS)
          await ledger.measure({ table: "abstaining", group: `${collection.name}, ${group}`, row: method.name }, () =>
            judge(method, isQuick ? quickly(askings) : askings),
          );
      }
    }
  },
};

/** Each article that questions were written on, as a corpus of its own. */
function small(collection: Collection, data: Data, random: Random): Asking[] {
  const away = subjects(data);
  return articles(collection).map(({ passages, answerable, others }) => ({
    passages,
    answerable,
    foreign: [...sample(others, FOREIGN_EACH, random), ...sample(away, FOREIGN_EACH, random)],
  }));
}

/** The collection without an article: its questions have no answer, those of the other articles have. */
function removed(collection: Collection): Asking[] {
  const titles = articles(collection);
  return titles.map(({ passages, answerable, others }) => ({
    passages: collection.passages.filter((passage) => !passages.includes(passage)),
    foreign: answerable,
    // Every other article is asked as often as there are articles: each of its questions once is enough.
    answerable: others.filter((_, at) => at % Math.max(1, titles.length - 1) === 0),
  }));
}

const offTopic = (collection: Collection, data: Data, random: Random): Asking[] => [
  {
    passages: collection.passages,
    answerable: answerableOf(collection).map(({ question }) => question),
    foreign: sample(subjects(data), OFF_TOPIC, random),
  },
];

const nearMisses = (collection: Collection): Asking[] => [
  {
    passages: collection.passages,
    answerable: answerableOf(collection).map(({ question }) => question),
    foreign: nearMissesOf(collection).map(({ question }) => question),
  },
];

interface Article {
  readonly passages: Collection["passages"];
  readonly answerable: readonly string[];
  /** Answerable questions on other articles. */
  readonly others: readonly string[];
}

function articles(collection: Collection): Article[] {
  const titleOf = new Map(collection.passages.map(({ id, title }) => [id, title]));
  const asked = answerableOf(collection);
  return [...new Set(asked.map(({ passage }) => titleOf.get(passage) ?? ""))]
    .map((title) => ({
      passages: collection.passages.filter((passage) => passage.title === title),
      answerable: asked.filter(({ passage }) => titleOf.get(passage) === title).map(({ question }) => question),
      others: asked.filter(({ passage }) => titleOf.get(passage) !== title).map(({ question }) => question),
    }))
    .filter(({ passages }) => passages.length >= PASSAGES_MIN);
}

/** What people ask about other things: the labelled questions, no set more than another. */
function subjects({ intents }: Data): string[] {
  const longest = Math.max(0, ...intents.map(({ questions }) => questions.length));
  const all: string[] = [];
  for (let at = 0; at < longest; at++)
    for (const { questions } of intents) {
      const step = Math.max(1, Math.floor(questions.length / 400));
      const one = questions[at * step];
      if (one !== undefined) all.push(one.text);
    }
  return all;
}

async function judge(method: Method, askings: readonly Asking[]): Promise<Values> {
  const own: Judged[] = [];
  const others: Judged[] = [];
  for (const { passages, answerable, foreign } of askings) {
    const ask = await method.over(passages);
    own.push(...(await inTurn(answerable, ask)));
    others.push(...(await inTurn(foreign, ask)));
  }
  const scoresOf = (list: readonly Judged[]): number[] => list.map(({ score }) => score);
  const answered = (list: readonly Judged[]): number | null =>
    list.some(({ isAnswered }) => isAnswered === null) ? null : share(list, ({ isAnswered }) => isAnswered === true);
  return {
    auroc: auroc(scoresOf(own), scoresOf(others)),
    at80: passedAt(scoresOf(own), scoresOf(others), 0.8),
    at90: passedAt(scoresOf(own), scoresOf(others), 0.9),
    shippedOwn: answered(own),
    shippedForeign: answered(others),
    answerable: own.length,
    others: others.length,
  };
}

function byScore(
  name: string,
  engine: SearchEngine,
  textsOf: (passages: Collection["passages"]) => readonly { title: string; text: string }[],
): Method {
  return {
    name,
    async over(passages) {
      const texts = textsOf(passages).map(({ title, text }) => ({ title, text }));
      const index = await engine.build(texts, ":memory:");
      return async (question) => {
        const [best] = await index.search(question, 1);
        return { score: best?.score ?? NOTHING, isAnswered: null };
      };
    },
  };
}

const quickly = (askings: readonly Asking[]): Asking[] =>
  askings.slice(0, 2).map(({ passages, answerable, foreign }) => ({
    passages,
    answerable: answerable.slice(0, QUICK_QUESTIONS),
    foreign: foreign.slice(0, QUICK_QUESTIONS),
  }));
