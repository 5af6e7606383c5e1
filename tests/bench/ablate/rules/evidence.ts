// The hand-made rules and the features that find the sentences that answer, and tell how sure that is.

import { GATE, namesOf, RANKER } from "../../../../src/evidence/sentence-ranker.ts";
import { declared, type Edit, piece } from "../edits.ts";
import { NEVER, type Rule } from "../rule.ts";

const CUES = ["cue", "cueForFigures", "cueForNames"];

export const EVIDENCE_RULES: readonly Rule[] = [
  ...sentenceFeatures(),
  {
    name: "cue weights",
    does: "three features: a sentence that holds what is sought comes first",
    groups: ["handbook"],
    off: [declared("RANKER", `ablate.zero(was, ...${JSON.stringify(CUES)})`)],
  },
  {
    name: "FIGURE_MISSING",
    does: "a figure that is asked for and not there costs 4",
    groups: ["handbook"],
    off: [declared("ADDED", "ablate.set(was, { figureMissing: 0 })")],
  },
  {
    name: "FOCUS_MISSING",
    does: "what is asked for and not named costs 5",
    groups: ["handbook"],
    off: [declared("ADDED", "ablate.set(was, { focusMissing: 0 })")],
  },
  {
    name: "COMPLETE",
    does: "a sentence whose surroundings hold all that is asked gains 2",
    groups: ["handbook"],
    off: [declared("ADDED", "ablate.set(was, { complete: 0 })")],
  },
  {
    name: "HALF",
    does: "of two words that are asked one is not there: costs 1",
    groups: ["nine", "fifteen"],
    off: [declared("ADDED", "ablate.set(was, { half: 0 })")],
  },
  {
    name: "years in focus",
    does: "a year of the question must stand in the surroundings",
    groups: [],
    off: [piece("hasFocus && years.every((year) => told.includes(year))", "hasFocus")],
  },
  {
    name: "focus by prefix",
    does: "five letters in common name what is asked for",
    groups: [],
    off: [declared("isToldIn", "(term, ...places) => places.some((held) => held.has(term))")],
  },
  {
    name: "glossary sentences",
    does: "“X is …” and “X: …” are what a definition looks like",
    groups: [],
    off: [piece('answerType === "definition" ? this.defines(text) : holdsAnswerType(', "holdsAnswerType(")],
  },
  {
    name: "row holds its header",
    does: "a row of a table says the words of its header too",
    groups: [],
    off: [piece('...(passage?.passage.block.kind === "row" ? passage.header : []), ', "")],
  },
  {
    name: "neighbours",
    does: "a passage is judged with those around it under the same heading",
    groups: [],
    off: [declared("neighboursOf", "(number, passages) => [passages.at(number)]")],
  },
  {
    name: "general English in sentences",
    does: "a term's IDF counts by how rare it is in general English",
    groups: [],
    off: [declared("IDF_FLOOR", "1", "sentence-features")],
  },
  {
    name: "contradiction",
    does: "another document's other figure is shown beside the best sentence",
    groups: ["handbook"],
    off: [declared("contradictionOf", "() => null")],
  },
  {
    name: "contradiction: versions",
    does: "another version's page contradicts as another document does",
    groups: [],
    partOf: "contradiction",
    off: [piece("const isOtherVersion = versionOf(other) !== versionOf(best);", "const isOtherVersion = false;")],
  },
  {
    name: "row wording",
    does: "a row of a table is shown as a sentence",
    groups: ["nine", "fifteen", "for the reader"],
    off: [declared("wordRow", "(block, text) => text")],
  },
  {
    name: "marks of a part",
    does: "“…” marks the part of a longer sentence",
    groups: ["for the reader"],
    off: [declared("marked", "({ text }) => text")],
  },
  ...[
    ["asks", "ASKS", "a sentence that asks is not quoted"],
    ["introduces", "INTRODUCES", "a sentence that ends in a colon is not quoted"],
    ["points at a figure", "POINTS_AT_FIGURE", "“the picture below shows” is not quoted"],
    ["trails off", "TRAILS_OFF", "a sentence that ends in dots is not quoted"],
  ].map(
    ([name = "", sign = "", does = ""]): Rule => ({
      name: `unquotable: ${name}`,
      does,
      groups: [],
      off: [declared(sign, NEVER, "quotable")],
    }),
  ),
];

/** Each feature of a sentence without its weights: those that order sentences and those that let them through. */
function sentenceFeatures(): Rule[] {
  const [ordering, judging] = [namesOf(RANKER), namesOf(GATE)];
  return [...new Set([...ordering, ...judging])].map((feature) => {
    const inRanker = declared("RANKER", `ablate.zero(was, "${feature}")`);
    const inGate = declared("GATE", `ablate.zero(was, "${feature}")`);
    const both: readonly [Edit, ...Edit[]] = ordering.includes(feature)
      ? [inRanker, ...(judging.includes(feature) ? [inGate] : [])]
      : [inGate];
    return {
      name: `sentence: ${feature}`,
      does: "a feature that sentences are ordered or let through by",
      groups: feature === "prefix" ? ["nine", "fifteen"] : [],
      ...(CUES.includes(feature) ? { partOf: "cue weights" } : {}),
      off: both,
    };
  });
}
