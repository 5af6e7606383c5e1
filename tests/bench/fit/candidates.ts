// A collection's questions to the sentences that the engine finds for them, with their features: what weights are fitted on.

import { createEngine } from "../../../src/engine.ts";
import type { SentenceFeatures } from "../../../src/evidence/sentence-features.ts";
import { GATE, GATE_BIAS, weigh } from "../../../src/evidence/sentence-ranker.ts";
import { EMPTY_FAQ } from "../../../src/ingest/faq.ts";
import { OF_NO_FILES } from "../../../src/ingest/library.ts";
import { train } from "../../../src/train.ts";
import { inTurn } from "../frame/suite.ts";
import { type Answerable, answerableOf, type Collection, type Data, nearMissesOf } from "../peers/data.ts";
import { grouped } from "../peers/grouped.ts";
import { documentsOf } from "../peers/ours.ts";
import { type Random, sample } from "../peers/random.ts";
import type { createWordings } from "./wordings.ts";

/** A question with the sentences that were found for it. */
export interface Asked {
  /** The article it was written on, or whose corpus it was asked of: what folds are made of. */
  readonly article: string;
  readonly kind: "own" | "other" | "intent" | "near";
  /** Whether it is worded as in a chat. */
  readonly isReworded: boolean;
  readonly found: readonly Candidate[];
}

export interface Candidate {
  readonly features: SentenceFeatures;
  /** Whether it stands in the passage that the question was written on and holds a whole answer. */
  readonly isRight: boolean;
  /** What its log-odds owe to rules that no fit has set. */
  readonly byHand: number;
}

type Reword = Awaited<ReturnType<typeof createWordings>>;
type Ask = (question: string, answer?: Answerable) => Promise<Candidate[]>;

/** An article with fewer passages is no corpus. */
const PASSAGES_MIN = 10;
/** Every so many of the questions on other articles, and so many of each set of labelled questions. */
const OTHER_EVERY = 5;
const INTENTS_EACH = 100;

/** Every answerable question and every near miss, asked of all passages; every third once more in other words. */
export async function askWhole(collection: Collection, reword: Reword): Promise<Asked[]> {
  const ask = await open(collection.passages);
  const articleOf = titles(collection);
  const own = await inTurn(answerableOf(collection), async (one, at): Promise<Asked[]> => {
    const place = { article: articleOf(one.passage), kind: "own" } as const;
    const plain = { ...place, isReworded: false, found: await ask(one.question, one) };
    const third = at / 3;
    if (!Number.isInteger(third)) return [plain];
    return [plain, { ...place, isReworded: true, found: await ask(reword(one.question, third), one) }];
  });
  const near = await inTurn(nearMissesOf(collection), async ({ question, passage }): Promise<Asked> => {
    return { article: articleOf(passage ?? ""), kind: "near", isReworded: false, found: await ask(question) };
  });
  return [...own.flat(), ...near];
}

/** The same questions, each asked of all articles but its own. */
export async function askWithout(collection: Collection): Promise<Asked[]> {
  const asked: Asked[] = [];
  const articleOf = titles(collection);
  for (const [article, questions] of grouped(answerableOf(collection), ({ passage }) => articleOf(passage))) {
    const ask = await open(collection.passages.filter(({ title }) => title !== article));
    for (const { question } of questions)
      asked.push({ article, kind: "other", isReworded: false, found: await ask(question) });
  }
  return asked;
}

/** Each article as a corpus of its own: its questions, those on others, labelled ones, near misses; plain and reworded. */
export async function askSmall(collection: Collection, { intents }: Data, reword: Reword, random: Random) {
  const articleOf = titles(collection);
  const answerable = answerableOf(collection);
  const labelled = intents.flatMap(({ questions }) => sample(questions, INTENTS_EACH, random)).map(({ text }) => text);
  const asked: Asked[] = [];
  for (const [article, passages] of grouped(collection.passages, ({ title }) => title)) {
    const own = answerable.filter(({ passage }) => articleOf(passage) === article);
    if (own.length === 0 || passages.length < PASSAGES_MIN) continue;
    const ask = await open(passages);
    const add = async (
      kind: Asked["kind"],
      questions: readonly string[],
      answers: readonly Answerable[] = [],
    ): Promise<void> => {
      for (const [at, question] of questions.entries()) {
        asked.push({ article, kind, isReworded: false, found: await ask(question, answers[at]) });
        if (kind !== "near")
          asked.push({ article, kind, isReworded: true, found: await ask(reword(question, at), answers[at]) });
      }
    };
    const others = answerable.filter(({ passage }) => articleOf(passage) !== article);
    const near = nearMissesOf(collection).filter(({ passage }) => articleOf(passage ?? "") === article);
    await add(
      "own",
      own.map(({ question }) => question),
      own,
    );
    await add(
      "other",
      others.flatMap(({ question }, at) => (at % OTHER_EVERY === 0 ? [question] : [])),
    );
    await add("intent", labelled);
    await add(
      "near",
      near.map(({ question }) => question),
    );
  }
  return asked;
}

function titles({ passages }: Collection): (passage: string) => string {
  const byId = new Map(passages.map(({ id, title }) => [id, title]));
  return (passage) => byId.get(passage) ?? "";
}

/** The engine over these passages, as it ships, asked for what it found. */
async function open(passages: Collection["passages"]): Promise<Ask> {
  const { documents, textAt } = documentsOf(passages);
  const corpus = { hash: "000000000000", documents, faq: EMPTY_FAQ, calibration: null, ...OF_NO_FILES };
  const engine = await createEngine(corpus, await train(corpus));
  return async (question, answer) => {
    const [resolution] = (await engine.explain(question)).resolutions;
    return ((await resolution?.evidence()) ?? []).map(({ features, odds, quotes: [{ document, lines }] }) => {
      const text = textAt(document, lines.start);
      const holds = ({ text: told, start }: Answerable["answers"][number]): boolean =>
        text !== null && text.firstLine + start >= lines.start && text.firstLine + start + told.length - 1 <= lines.end;
      const stands = text !== null && passages[text.place]?.id === answer?.passage;
      return {
        features,
        isRight: stands && (answer?.answers.some(holds) ?? false),
        byHand: odds - weigh(features, GATE) - GATE_BIAS,
      };
    });
  };
}
