// Small Replies of every shape, for renderers to draw.

import type { Citation, Passage, Reading, Reply } from "../../../src/reply.ts";

export const QUIET: Reading = { topic: null, subjects: [], corrected: [], fromThread: [], notes: [] };
const frame = { corpus: "0123456789ab", reading: QUIET };

export const cite = (number: number, change: Partial<Citation> = {}): Citation => ({
  number,
  document: "tea",
  title: "All about tea",
  origin: "A leaflet",
  url: null,
  file: "documents/tea.md",
  section: "Brewing › Green tea",
  lines: { start: 10 + number, end: 10 + number },
  page: null,
  quote: `Green tea wants water well below boiling, and leaf number ${number} wants no more than two minutes in it.`,
  ...change,
});

export const ANSWER: Reply = {
  ...frame,
  kind: "answer",
  topic: "brewing",
  verdict: { text: "Green tea is brewed with water that has cooled down a little after boiling.", citations: [2, 1] },
  support: [
    { text: "Two minutes are enough, and a longer time draws out bitterness that no sugar covers.", citations: [3] },
    { text: "Leaves can be used again.", citations: [2] },
  ],
  passage: null,
  disagreement: {
    text: "How hot the water should be",
    sides: [
      { text: "Eighty degrees are right for every green tea.", citations: [1] },
      { text: "Sixty degrees are right for fine ones.", citations: [3] },
    ],
  },
  citations: [
    cite(1),
    cite(2, { lines: { start: 20, end: 22 }, url: "https://tea.example/green" }),
    cite(3, { section: "" }),
  ],
  suggestions: ["How long does black tea take?", "Which water is best?"],
};

export const COMPARISON: Extract<Reply, { kind: "comparison" }> = {
  ...frame,
  kind: "comparison",
  topic: "brewing",
  title: "Brewing time",
  verdict: { text: "Black tea takes longer than green tea.", citations: [1] },
  sides: ["Green tea", "Black tea"],
  rows: [
    {
      aspect: "Time in the water",
      cells: [
        { text: "Two minutes at most, whatever the leaf", citations: [1] },
        { text: "Four minutes", citations: [2] },
      ],
    },
    {
      aspect: "Origin",
      cells: [null, { text: "Assam and Ceylon, in most blends that are sold as breakfast tea", citations: [2] }],
    },
  ],
  disagreement: null,
  citations: [cite(1), cite(2)],
  suggestions: [],
};

export const UNKNOWN: Reply = {
  ...frame,
  kind: "unknown",
  reason: "not-in-documents",
  text: "The documents do not answer that. They do not mention “kettle”.",
  nearest: [
    { title: "All about tea", document: "tea", section: "Brewing" },
    { title: "All about tea", document: "tea", section: "" },
  ],
  suggestions: ["Which water is best?"],
};

export const CLARIFY: Reply = {
  ...frame,
  kind: "clarify",
  text: "Which of these do you mean?",
  options: [
    { label: "Green tea", question: "How is green tea brewed?" },
    { label: "Black tea", question: "Black tea" },
  ],
};

export const HELP: Reply = {
  ...frame,
  kind: "help",
  text: "Ask me a question.",
  suggestions: ["Which water is best?"],
};

export const STEPS: Passage = {
  citation: 1,
  section: "Brewing › Green tea",
  lines: { start: 11, end: 16 },
  kind: "steps",
  parts: [
    { kind: "text", text: "To brew green tea:", marked: false },
    { kind: "item", number: 1, depth: 0, text: "Boil the water, then let it stand for a while.", marked: false },
    { kind: "item", number: null, depth: 1, text: "Eighty degrees will do.", marked: false },
    { kind: "item", number: 2, depth: 0, text: "Pour it over the leaves with `pour --slowly`.", marked: true },
  ],
  cut: true,
};

const TABLE: Passage = {
  citation: 2,
  section: "",
  lines: { start: 30, end: 34 },
  kind: "table",
  parts: [
    { kind: "row", cells: ["Tea", "Minutes"], header: true, marked: false },
    { kind: "row", cells: ["Green", "2"], header: false, marked: true },
    { kind: "row", cells: ["Black, in a pot for a whole family", "4"], header: false, marked: false },
  ],
  cut: false,
};

const CODE: Passage = {
  citation: 3,
  section: "Machines",
  lines: { start: 40, end: 44 },
  kind: "code",
  parts: [
    { kind: "text", text: "The kettle is switched on by this:", marked: true },
    { kind: "code", language: "sh", text: "kettle on \\\n  --until boiling" },
  ],
  cut: false,
};

export const QUOTED: Extract<Reply, { kind: "answer" }> = {
  ...frame,
  kind: "answer",
  topic: null,
  verdict: { text: "To brew green tea:", citations: [1] },
  support: [],
  passage: STEPS,
  disagreement: null,
  citations: [cite(1, { quote: "To brew green tea:" })],
  suggestions: ["Black tea"],
};

export const LEADS: Extract<Reply, { kind: "leads" }> = {
  ...frame,
  kind: "leads",
  text: "I'm not sure the documents answer this.",
  passages: [STEPS, TABLE, CODE],
  citations: [cite(1), cite(2), cite(3)],
  suggestions: ["Which water is best?"],
};

export const EVERY_KIND: readonly Reply[] = [ANSWER, QUOTED, COMPARISON, LEADS, UNKNOWN, CLARIFY, HELP];
