// Two subjects, their opposites and some questions about them: what the stages between question and reply are tried on.

import { parseFaq } from "../src/ingest/faq.ts";
import { createSubjectFinder, lexiconGroups } from "../src/ingest/subjects.ts";
import { createQuestionAnalyser } from "../src/question/analysis.ts";
import { createLexicon } from "../src/text/analyzer.ts";
import { documentOf } from "./documents.ts";

export const BOATS = await documentOf(
  "documents/boats.md",
  `# Boats

A dinghy is faster than a ketch. A ketch carries a crew of four.

A dinghy does not need an engine.
`,
);

export const BOAT_FAQ = parseFaq(
  `subjects:
  - { id: dinghy, name: Dinghies, aliases: ["sailing dinghy", "small boat"], kinds: [Laser, "Optimist-Class"] }
  - { id: ketch, name: Ketches, aliases: ["two-master"], kinds: [Amel] }
synonyms:
  - [fast, quick]
  - [faster, quicker]
  - ["more sturdy", sturdier]
opposites:
  - [faster, slower]
  - [swifter, slower]
  - [bigger, smaller]
topics:
  - id: speed
    title: Speed
    examples:
      - Which is faster?
      - Is a dinghy faster than a ketch?
      - Can a dinghy race?
      - Is a dinghy bigger than a ketch?
      - Does a dinghy need an engine?
    verdict: { text: A dinghy is faster than a ketch., quotes: [{ boats: A dinghy is faster than a ketch. }] }
`,
  "faq.yaml",
  [BOATS],
);

export const BOAT_LEXICON = createLexicon(lexiconGroups(BOAT_FAQ));
export const BOAT_SUBJECTS = createSubjectFinder(BOAT_FAQ, BOAT_LEXICON);
export const analyseBoats = createQuestionAnalyser(BOAT_LEXICON, BOAT_SUBJECTS);
