// Example questions to what tells a new question's topic: ours, nlp.js, and the nearest example of a MiniSearch index.

import type { LabelledText } from "../../../src/topics/classifier.ts";
import { MINISEARCH_DEFAULT } from "./engines.ts";
import { learnTopics } from "./ours.ts";
import { loadPeer } from "./packages.ts";

/** The topic that a question is most likely about, and how sure that is. */
export interface Guess {
  readonly label: string;
  readonly score: number;
}

export interface TopicMatcher {
  readonly name: string;
  train(examples: readonly LabelledText[]): Promise<(question: string) => Guess | Promise<Guess>>;
}

const NOTHING: Guess = { label: "", score: Number.NEGATIVE_INFINITY };

export const FOOTNOTE_TOPICS: TopicMatcher = {
  name: "Footnote",
  train: async (examples) => learnTopics(examples),
};

/** nlp.js answers "None" below a score of one half: the best of its topics is asked for, which helps it. */
export const NLP_JS: TopicMatcher = {
  name: "nlp.js",
  async train(examples) {
    const manager = new (loadPeer("node-nlp").NlpManager)({
      languages: ["en"],
      autoSave: false,
      forceNER: false,
      nlu: { log: false },
    });
    for (const { text, label } of examples) manager.addDocument("en", text, label);
    await manager.train();
    return async (question) => {
      const { classifications } = await manager.process("en", question);
      const best = classifications.find(({ intent }) => intent !== "None");
      return best === undefined ? NOTHING : { label: best.intent, score: best.score };
    };
  },
};

export const NEAREST_EXAMPLE: TopicMatcher = {
  name: "MiniSearch, nearest example",
  async train(examples) {
    const texts = examples.map(({ text }) => ({ title: "", text }));
    const index = await MINISEARCH_DEFAULT.build(texts, "");
    return async (question) => {
      const [hit] = await index.search(question, 1);
      const label = hit === undefined ? undefined : examples[hit.place]?.label;
      return hit === undefined || label === undefined ? NOTHING : { label, score: hit.score };
    };
  },
};

export const TOPIC_MATCHERS: readonly TopicMatcher[] = [FOOTNOTE_TOPICS, NLP_JS, NEAREST_EXAMPLE];
