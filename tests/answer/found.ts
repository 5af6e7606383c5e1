// What can be found for a question about boats, as small values: topics, a table, sentences and matches of any odds.

import type { Outline } from "../../src/answer/offers.ts";
import { createEvidenceFinder, type Evidence } from "../../src/evidence/evidence.ts";
import type { FoundPassages } from "../../src/evidence/passage-finder.ts";
import { parseFaq, type Topic } from "../../src/ingest/faq.ts";
import { inMemory, splitPassages } from "../../src/ingest/passages.ts";
import { createSectionPairs } from "../../src/ingest/section-pairs.ts";
import { createSections, sectionsIn } from "../../src/ingest/sections.ts";
import { createTables, tablesIn } from "../../src/ingest/tables.ts";
import { countStatistics, createStatistics } from "../../src/retrieval/collection-statistics.ts";
import { createRetriever, indexPassages } from "../../src/retrieval/minisearch.ts";
import type { Match } from "../../src/topics/matcher.ts";
import { analyseBoats, BOAT_LEXICON, BOATS } from "../boats.ts";
import { documentOf } from "../documents.ts";

const SAID = "A dinghy is faster than a ketch.";
export const [SPEED, CREW, ENGINE, RIG] = ["speed", "crew", "engine", "rig"].map((id): Topic => {
  const rows =
    id === "speed"
      ? `
    comparison:
      - aspect: Speed
        dinghy: { text: A dinghy is faster., quotes: [{ boats: ${SAID} }] }`
      : "";
  const yaml = `subjects:
  - { id: dinghy, name: Dinghies, aliases: [] }
  - { id: ketch, name: Ketches, aliases: [] }
topics:
  - id: ${id}
    title: ${id}
    examples: [What of ${id}?]
    verdict: { text: ${SAID}, quotes: [{ boats: ${SAID} }] }${rows}
`;
  const [topic] = parseFaq(yaml, "faq.yaml", [BOATS]).topics;
  if (topic === undefined) throw new Error(`no topic ${id}`);
  return topic;
});
export const TOPICS = [SPEED, CREW, ENGINE, RIG].filter((topic) => topic !== undefined);

/** Tables that compare a dinghy with a ketch in one respect. */
const PAGE = await documentOf(
  "documents/plans.md",
  "# Plans\n\n| Aspect | Dinghy | Ketch |\n|---|---|---|\n| Crew | two | four |\n| Sails | one | three |\n",
);
export const OUTLINE: Outline = {
  sections: createSections(sectionsIn([PAGE]), BOAT_LEXICON),
  pairs: createSectionPairs(sectionsIn([PAGE]), BOAT_LEXICON),
  tables: createTables(tablesIn([PAGE]), BOAT_LEXICON),
};

const passages = splitPassages([BOATS]);
const [SENTENCE] = await createEvidenceFinder(
  inMemory(passages),
  createRetriever(indexPassages(passages, BOAT_LEXICON)),
  createStatistics(countStatistics(passages, BOAT_LEXICON)),
  BOAT_LEXICON,
  () => 1,
).gather(analyseBoats("Is a dinghy faster than a ketch?"));

export function sentence(of: Partial<Pick<Evidence, "odds">>): Evidence {
  if (SENTENCE === undefined) throw new Error("no sentence found");
  return { ...SENTENCE, odds: -5, ...of };
}

/** Passages that are so sure, the first alone and all together; which they are decides nothing. */
export const located = (right: number, answerable: number): FoundPassages => ({
  ...{ shareIn: () => 0, units: [], right, answerable },
});

/** A match whose topics have these probabilities, the first with a statement. */
export function match(probabilities: readonly number[], signals: Partial<Match["signals"]> = {}): Match {
  const topics = TOPICS.slice(0, probabilities.length).map((topic, at) => {
    return { topic, probability: probabilities[at] ?? 0, decision: 0 };
  });
  const features = {
    ...{ similarity: 0, nearDuplicate: 0, topicMargin: 0, bm25Statement: 0, bm25Questions: 0 },
    ...{ subjects: 0, type: 0, verdict: 0 },
  };
  return {
    topics,
    statements: topics.map(({ topic }) => ({
      topic,
      statement: topic.statements[0],
      score: 0,
      probability: 1,
      features,
    })),
    signals: {
      ...{ decision: 0, outside: 0, topic: 0, topicCovered: 0, strangeShare: 0, nearness: 0, subject: 0 },
      ...{ unknownMass: 0, unknownShare: 1, strangeUnits: 0 },
      ...signals,
    },
    unknown: [],
    telling: null,
  };
}
