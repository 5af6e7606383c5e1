// Replies of every shape: written ones, ones at the bounds of the contract, arbitrary ones, and those of the engine.

import { readFileSync } from "node:fs";
import { z } from "zod";
import type { AtLeastOne } from "../../src/document.ts";
import type { Engine } from "../../src/engine.ts";
import {
  CITATIONS_MAX,
  type Citation,
  type CitedStatement,
  type Disagreement,
  LEADS_MAX,
  NEAREST_MAX,
  OPTIONS_MAX,
  PARTS_MAX,
  type Part,
  type Passage,
  QUOTE_LENGTH_MAX,
  type Reading,
  type Reply,
  ROWS_MAX,
  STATEMENT_LENGTH_MAX,
  SUGGESTIONS_MAX,
  SUPPORT_MAX,
} from "../../src/reply.ts";
import { ANSWER, CLARIFY, COMPARISON, cite, EVERY_KIND, HELP, QUOTED, UNKNOWN } from "../adapters/cli/replies.ts";
import { fc } from "../fast-check.ts";
import { questionsOf } from "../questions.ts";

/** What a text from a question or a document could try on a chat platform. */
export const HOSTILE: readonly string[] = [
  "@everyone @here <@123456789012345678> <@!1> <@&2> <#3> <!channel> <!here> <!subteam^S1> <@U012AB3CD>",
  "[click](https://evil.example) <https://evil.example|bank> https://evil.example/x.png discord.gg/abc",
  "# heading\n## two\n-# small\n> quoted\n>>> all\n- item\n* item\n1. item\n```js\ncode\n```",
  "*b* **b** _i_ __u__ ~~s~~ ||spoiler|| `code` ~s~ \\*not\\* \\",
  "<t:1700000000:R> <:smile:123> :smile: </ask:1> <id:customize> <!date^1392734382^{date}|x> &lt;b&gt; &amp;",
  "\u202Eright to left\u202C \u2066isolate\u2069 \u200F\u061C zero\u200Bwidth \u0007bell \u001b[31m \u2028line \u0000",
  "1. first",
  "-# small",
  "> quote",
  "👩‍👩‍👧‍👦 茶 한 e\u0301 İ ß \ud83d lone",
  "   ",
  "",
];

const statement = (text: string, ...citations: AtLeastOne<number>): CitedStatement => ({ text, citations });
const long = (length: number, lead: string): string => {
  const sentence = `${lead} says one thing after another, and none of it can be left out without a loss. `;
  return sentence
    .repeat(Math.ceil(length / sentence.length))
    .slice(0, length - 1)
    .trimEnd()
    .concat(".");
};
const at = <T>(count: number, make: (number: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1));

const LOUD: Reading = {
  topic: "brewing",
  subjects: ["green", "black"],
  corrected: [{ from: "grene", to: "green" }],
  fromThread: ["brewing", "green"],
  notes: ["cut", "one-of-several"],
};
const fullCitations = at(CITATIONS_MAX, (number) =>
  cite(number, { quote: long(QUOTE_LENGTH_MAX, `Quote ${number}`), section: long(150, `Section ${number}`) }),
);
const fullDisagreement: Disagreement = {
  text: long(120, "What is disputed"),
  sides: at(3, (number) => statement(long(STATEMENT_LENGTH_MAX, `Side ${number}`), number)),
};
const fullSuggestions = at(SUGGESTIONS_MAX, (number) => long(180, `Suggestion ${number}`));
const frame = { corpus: "0123456789ab", reading: LOUD };

/** As long as the contract lets a reply be. */
export const FULL_ANSWER: Reply = {
  ...frame,
  kind: "answer",
  topic: "brewing",
  verdict: statement(long(STATEMENT_LENGTH_MAX, "The verdict"), 1, 2, 3, 4, 5, 6, 7, 8),
  support: at(SUPPORT_MAX, (number) => statement(long(STATEMENT_LENGTH_MAX, `Support ${number}`), number)),
  passage: null,
  disagreement: fullDisagreement,
  citations: fullCitations,
  suggestions: fullSuggestions,
};

/** As the contract has it; what is shown is shorter. */
const PASSAGE_LENGTH_MAX = 1200;

const fullPassage = (citation: number, length: number): Passage => ({
  citation,
  section: long(150, `Section ${citation}`),
  lines: { start: 1, end: 99 },
  kind: "steps",
  parts: at(
    PARTS_MAX,
    (number): Part => ({
      kind: "item",
      number,
      depth: number % 3,
      text: long(Math.floor(length / PARTS_MAX), `Step ${number}`),
      marked: number === 4,
    }),
  ),
  cut: true,
});

export const FULL_QUOTED: Reply = {
  ...frame,
  ...QUOTED,
  reading: LOUD,
  verdict: statement(long(STATEMENT_LENGTH_MAX, "The verdict"), 1),
  passage: fullPassage(1, PASSAGE_LENGTH_MAX),
  disagreement: fullDisagreement,
  citations: fullCitations.slice(0, 3),
  suggestions: fullSuggestions,
};

export const FULL_LEADS: Reply = {
  ...frame,
  kind: "leads",
  text: long(120, "Not sure"),
  passages: [fullPassage(1, 800), fullPassage(2, 800), fullPassage(3, 800)],
  citations: fullCitations.slice(0, LEADS_MAX),
  suggestions: fullSuggestions,
};

export const FULL_COMPARISON: Reply = {
  ...frame,
  kind: "comparison",
  topic: "brewing",
  title: long(120, "The title"),
  verdict: statement(long(STATEMENT_LENGTH_MAX, "The verdict"), 1),
  sides: ["Green tea from the first harvest", "Black tea"],
  rows: at(ROWS_MAX, (number) => ({
    aspect: long(80, `Aspect ${number}`),
    cells: [
      statement(long(STATEMENT_LENGTH_MAX, `Left ${number}`), number),
      number % 3 === 0 ? null : statement(long(STATEMENT_LENGTH_MAX, `Right ${number}`), number, 8),
    ],
  })),
  disagreement: fullDisagreement,
  citations: fullCitations,
  suggestions: fullSuggestions,
};

/** Every kind small, quiet, read aloud, and as long as it can be. */
export const REPLIES: readonly (readonly [name: string, reply: Reply])[] = [
  ...EVERY_KIND.map((reply) => [`${reply.kind}`, reply] as const),
  ["answer without disagreement or suggestions", { ...ANSWER, disagreement: null, suggestions: [] } as Reply],
  ["comparison without verdict or rows", { ...COMPARISON, verdict: null, rows: [], citations: [] }],
  ["unknown without sections", { ...UNKNOWN, nearest: [], suggestions: [] } as Reply],
  ["help without suggestions", { ...HELP, suggestions: [] } as Reply],
  ...EVERY_KIND.map((reply) => [`${reply.kind}, the reading said`, { ...reply, reading: LOUD }] as const),
  ["clarify with three options", { ...CLARIFY, options: at(OPTIONS_MAX, option) } as Reply],
  ["answer at every bound", FULL_ANSWER],
  ["answer with a passage at every bound", FULL_QUOTED],
  ["comparison at every bound", FULL_COMPARISON],
  ["leads at every bound", FULL_LEADS],
];

function option(number: number): { label: string; question: string } {
  return { label: long(120, `Option ${number}`), question: long(200, `Question ${number}`) };
}

/**
 * Arbitrary valid Replies, within the contract's bounds on length and number.
 * @param written the texts in it; by default plain, hostile and any Unicode, short and long
 */
export function anyReply(written: fc.Arbitrary<string> = anyText): fc.Arbitrary<Reply> {
  const text = (max: number): fc.Arbitrary<string> => written.map((value) => value.slice(0, max));
  const url = fc.option(fc.oneof(fc.webUrl(), text(100)));
  const number = fc.integer({ min: 1, max: CITATIONS_MAX });
  const numbers = fc
    .tuple(number, fc.array(number, { maxLength: 2 }))
    .map(([first, rest]): AtLeastOne<number> => [first, ...new Set(rest.filter((other) => other !== first))]);
  const said: fc.Arbitrary<CitedStatement> = fc.record({ text: text(STATEMENT_LENGTH_MAX), citations: numbers });
  const citations: fc.Arbitrary<Citation[]> = fc
    .array(
      fc.record({
        title: text(200),
        origin: text(200),
        url,
        section: text(200),
        quote: text(QUOTE_LENGTH_MAX),
        file: text(80),
      }),
      { minLength: CITATIONS_MAX, maxLength: CITATIONS_MAX },
    )
    .map((list) => list.map((change, index) => cite(index + 1, change)));
  const list = (max: number): fc.Arbitrary<string[]> => fc.array(text(300), { maxLength: max });
  const disagreement = fc.option(fc.record({ text: text(300), sides: fc.array(said, { minLength: 2, maxLength: 3 }) }));
  const reading: fc.Arbitrary<Reading> = fc.record({
    topic: fc.option(text(40)),
    subjects: fc.array(text(40), { maxLength: 2 }),
    corrected: fc.array(fc.record({ from: text(40), to: text(40) }), { maxLength: 3 }),
    fromThread: fc.array(text(40), { maxLength: 2 }),
    notes: fc.subarray(["cut", "one-of-several", "other-language"] as const),
  });
  const corpus = fc.constant(frame.corpus);
  const topic = fc.option(text(40));
  const suggestions = list(SUGGESTIONS_MAX);
  const rest = { corpus, reading, disagreement, citations, suggestions, topic };
  const marked = fc.boolean();
  const anyPart: fc.Arbitrary<Part> = fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: text(300), marked }),
    fc.record({
      kind: fc.constant("item" as const),
      number: fc.option(fc.integer({ min: 1, max: 40 })),
      depth: fc.integer({ min: 0, max: 4 }),
      text: text(200),
      marked,
    }),
    fc.record({ kind: fc.constant("code" as const), language: fc.option(text(12)), text: text(300) }),
    fc.record({
      kind: fc.constant("row" as const),
      cells: fc.array(text(40), { minLength: 1, maxLength: 5 }),
      header: fc.boolean(),
      marked,
    }),
  );
  const passage: fc.Arbitrary<Passage> = fc.record({
    citation: number,
    section: text(200),
    lines: fc.constant({ start: 1, end: 9 }),
    kind: fc.constantFrom("text", "steps", "list", "code", "table"),
    parts: fc.array(anyPart, { minLength: 1, maxLength: 5 }),
    cut: fc.boolean(),
  });
  const row = fc.record({ aspect: text(100), cells: fc.tuple(fc.option(said), fc.option(said)) });
  const near = fc.record({ title: text(200), document: text(40), section: text(200) });
  return fc.oneof(
    fc.record({
      kind: fc.constant("answer" as const),
      verdict: said,
      support: fc.array(said, { maxLength: SUPPORT_MAX }),
      passage: fc.option(passage),
      ...rest,
    }),
    fc.record({
      kind: fc.constant("leads" as const),
      text: text(300),
      passages: fc
        .array(passage, { minLength: 1, maxLength: LEADS_MAX })
        .map(([first, ...others]): AtLeastOne<Passage> => [first as Passage, ...others]),
      ...{ corpus, reading, citations, suggestions },
    }),
    fc.record({
      kind: fc.constant("comparison" as const),
      title: text(200),
      verdict: fc.option(said),
      sides: fc.tuple(text(60), text(60)),
      rows: fc.array(row, { maxLength: ROWS_MAX }),
      ...rest,
    }),
    fc.record({
      kind: fc.constant("unknown" as const),
      reason: fc.constantFrom("off-topic", "not-in-documents", "unclear", "other-language", "not-searched"),
      text: text(300),
      nearest: fc.array(near, { maxLength: NEAREST_MAX }),
      ...{ corpus, reading, suggestions },
    }),
    fc.record({
      kind: fc.constant("clarify" as const),
      text: text(300),
      options: fc.array(fc.record({ label: text(200), question: text(300) }), { minLength: 2, maxLength: OPTIONS_MAX }),
      ...{ corpus, reading },
    }),
    fc.record({ kind: fc.constant("help" as const), text: text(300), ...{ corpus, reading, suggestions } }),
  );
}

/**
 * What the engine gives for every topic, every question of the FAQ and of the cases of evaluation, and questions about
 * something else. A reply that several questions get is there once: a renderer knows nothing but the reply.
 */
export async function repliesOf(engine: Engine): Promise<readonly AskedReply[]> {
  const known = given.get(engine.corpus.hash);
  if (known !== undefined) return known;
  const { faq } = engine.corpus;
  const outside = faq.outside.flatMap(({ examples }) => examples);
  const topics = faq.topics.flatMap(({ id, title, names }) => [id, title, ...names]);
  const byReply = new Map<string, AskedReply>();
  const keep = (asked: string, reply: Reply): void => void byReply.set(JSON.stringify(reply), [asked, reply]);
  for (const topic of ["", "bananas", ...topics]) keep(`compare ${topic}`, await engine.compare(topic));
  for (const question of [...topics, ...questionsOf(faq), ...outside]) keep(question, await engine.answer(question));
  for (const { question, after } of CASES) keep(question, await engine.answer(question, after));
  const replies = [...byReply.values()];
  given.set(engine.corpus.hash, replies);
  return replies;
}

export type AskedReply = readonly [asked: string, reply: Reply];
/** By corpus: thousands of questions take seconds, so they are asked once in a file of tests. */
const given = new Map<string, readonly AskedReply[]>();

const caseShape = z.object({ question: z.string(), after: z.array(z.string()).default([]) });
const CASES = readFileSync(new URL("../cases.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => caseShape.parse(JSON.parse(line)));

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.lorem({ maxCount: 8, mode: "sentences" }),
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 6 }).map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: fc.constantFrom("*", "_", "<", ">", "&", "[", "`", "\\", "|", "#", "a", " "), maxLength: 400 }),
);
