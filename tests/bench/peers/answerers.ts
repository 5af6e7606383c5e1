// A FAQ to what a person gets who asks it, from each that is compared: a topic's answer, or silence. The gates are their own.

import { createEngine, type Engine } from "../../../src/engine.ts";
import type { Corpus } from "../../../src/ingest/library.ts";
import { CALIBRATED_TOPICS_MIN, calibrate } from "../../../src/quality/calibrate.ts";
import { train } from "../../../src/train.ts";
import type { SearchEngine } from "./engine.ts";
import { MINISEARCH_DEFAULT, MINISEARCH_SET_UP } from "./engines.ts";
import { loadPeer } from "./packages.ts";

/** The topic, by its id, from which a question is answered, and how sure that is; the topic is null where nothing is said. */
export interface Answered {
  readonly topic: string | null;
  readonly score: number;
}

export type AskFaq = (question: string) => Promise<Answered>;

export interface Answerer {
  readonly name: string;
  /** Whether it has something to offer for such a FAQ. */
  suits(corpus: Corpus): boolean;
  teach(corpus: Corpus): Promise<AskFaq>;
}

const SILENT: Answered = { topic: null, score: Number.NEGATIVE_INFINITY };

/** The whole engine with the gate that ships. */
export const FOOTNOTE: Answerer = {
  name: "Footnote",
  suits: () => true,
  teach: async (corpus) => asking(await createEngine(corpus, await train(corpus))),
};

/** The same after `footnote calibrate --write`, which writes only what is better on held-out questions. */
export const FOOTNOTE_CALIBRATED: Answerer = {
  name: "Footnote, calibrated",
  suits: ({ faq }) => faq.topics.length >= CALIBRATED_TOPICS_MIN,
  async teach(corpus) {
    const model = await train(corpus);
    const { calibration, isBetter } = await calibrate({ corpus, model });
    return asking(await createEngine(corpus, isBetter ? { ...model, calibration } : model));
  },
};

/** What is said comes from the page of its first citation: one page is one topic. */
const asking =
  (engine: Engine): AskFaq =>
  async (question) => {
    const reply = await engine.answer(question);
    if (reply.kind !== "answer" && reply.kind !== "comparison") return SILENT;
    return { topic: reply.citations[0]?.document ?? null, score: 0 };
  };

/** Its own gate: below a score of one half it answers "None". */
const NLP_JS: Answerer = {
  name: "nlp.js",
  suits: () => true,
  async teach({ faq }) {
    const manager = new (loadPeer("node-nlp").NlpManager)({
      languages: ["en"],
      autoSave: false,
      forceNER: false,
      nlu: { log: false },
    });
    for (const { id, statements } of faq.topics)
      for (const { question } of statements.flatMap(({ examples }) => examples))
        manager.addDocument("en", question, id);
    for (const question of faq.outside.flatMap(({ examples }) => examples)) manager.addDocument("en", question, "None");
    await manager.train();
    return async (question) => {
      const { intent, score } = await manager.process("en", question);
      return intent === "None" ? SILENT : { topic: intent, score };
    };
  },
};

/** It has no gate: what it finds is said. */
const nearestOf = (engine: SearchEngine): Answerer => ({
  name: engine.name,
  suits: () => true,
  async teach({ faq }) {
    const examples = faq.topics.flatMap(({ id, title, statements }) => [
      { topic: id, text: title },
      ...statements.flatMap(({ examples }) => examples.map(({ question }) => ({ topic: id, text: question }))),
    ]);
    const index = await engine.build(
      examples.map(({ text }) => ({ title: "", text })),
      "",
    );
    return async (question) => {
      const [hit] = await index.search(question, 1);
      const example = hit === undefined ? undefined : examples[hit.place];
      return hit === undefined || example === undefined ? SILENT : { topic: example.topic, score: hit.score };
    };
  },
});

export const OURS: readonly Answerer[] = [FOOTNOTE, FOOTNOTE_CALIBRATED];
export const OTHERS: readonly Answerer[] = [NLP_JS, nearestOf(MINISEARCH_DEFAULT), nearestOf(MINISEARCH_SET_UP)];
