// Says the shapes of a reply once more as schemas, for programs that are told what to expect over HTTP.

import { z } from "zod";
import {
  CITATIONS_MAX,
  LEADS_MAX,
  NEAREST_MAX,
  OPTIONS_MAX,
  PARTS_MAX,
  QUOTE_LENGTH_MAX,
  type Reply,
  ROWS_MAX,
  STATEMENT_LENGTH_MAX,
  SUGGESTIONS_MAX,
  SUPPORT_MAX,
} from "./reply.ts";

const number = z.int().min(1).max(CITATIONS_MAX);
const lines = z
  .strictObject({ start: z.int().min(1), end: z.int().min(1) })
  .describe("1-based and inclusive; in kinds without lines (.docx, .pdf) they count blocks in reading order.");
const suggestions = z.array(z.string()).max(SUGGESTIONS_MAX).readonly();

const statement = z.strictObject({
  text: z.string().max(STATEMENT_LENGTH_MAX),
  citations: z.tuple([number], number).readonly(),
});

const disagreement = z.strictObject({
  text: z.string().describe("Names the point and claims nothing."),
  sides: z.array(statement).min(2).readonly(),
});

const citation = z.strictObject({
  number,
  document: z.string(),
  title: z.string(),
  origin: z.string(),
  url: z.string().nullable(),
  file: z.string().describe("Path below the folder of documents."),
  section: z.string().describe("Heading path, empty at the top."),
  lines,
  page: z.int().min(1).nullable().describe("Of a .pdf."),
  quote: z.string().max(QUOTE_LENGTH_MAX).describe("What those lines say, markup read away."),
});
const citations = z.array(citation).max(CITATIONS_MAX).readonly();

const part = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), marked: z.boolean() }),
  z.strictObject({
    kind: z.literal("item"),
    number: z.int().nullable(),
    depth: z.int().min(0),
    text: z.string(),
    marked: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("code"), language: z.string().nullable(), text: z.string() }),
  z.strictObject({
    kind: z.literal("row"),
    cells: z.array(z.string()).readonly(),
    header: z.boolean(),
    marked: z.boolean(),
  }),
]);

const passage = z.strictObject({
  citation: number.describe("The citation whose quote stands in it."),
  section: z.string(),
  lines,
  kind: z.enum(["text", "steps", "list", "code", "table"]),
  parts: z.array(part).max(PARTS_MAX).readonly(),
  cut: z.boolean().describe("Whether more of it stands in the document."),
});

const reading = z.strictObject({
  topic: z.string().nullable(),
  subjects: z.array(z.string()).readonly(),
  corrected: z.array(z.strictObject({ from: z.string(), to: z.string() })).readonly(),
  fromThread: z.array(z.string()).readonly(),
  notes: z.array(z.enum(["cut", "one-of-several", "other-language"])).readonly(),
});

const framed = {
  corpus: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe("Hash of the documents that answered."),
  reading,
};

const answer = z.strictObject({
  kind: z.literal("answer"),
  topic: z.string().nullable(),
  verdict: statement,
  support: z.array(statement).max(SUPPORT_MAX).readonly(),
  passage: passage.nullable(),
  disagreement: disagreement.nullable(),
  citations,
  suggestions,
  ...framed,
});

const comparison = z.strictObject({
  kind: z.literal("comparison"),
  topic: z.string().nullable(),
  title: z.string(),
  verdict: statement.nullable(),
  sides: z.tuple([z.string(), z.string()]).readonly(),
  rows: z
    .array(
      z.strictObject({
        aspect: z.string(),
        cells: z
          .tuple([statement.nullable(), statement.nullable()])
          .readonly()
          .describe("Null where the documents do not say."),
      }),
    )
    .max(ROWS_MAX)
    .readonly(),
  disagreement: disagreement.nullable(),
  citations,
  suggestions,
  ...framed,
});

const leads = z.strictObject({
  kind: z.literal("leads"),
  text: z.string(),
  passages: z.tuple([passage], passage).readonly().describe(`At most ${LEADS_MAX}, the likeliest first.`),
  citations,
  suggestions,
  ...framed,
});

const unknown = z.strictObject({
  kind: z.literal("unknown"),
  reason: z.enum(["off-topic", "not-in-documents", "unclear", "other-language", "not-searched"]),
  text: z.string(),
  nearest: z
    .array(z.strictObject({ title: z.string(), document: z.string(), section: z.string() }))
    .max(NEAREST_MAX)
    .readonly(),
  suggestions,
  ...framed,
});

const clarify = z.strictObject({
  kind: z.literal("clarify"),
  text: z.string(),
  options: z
    .array(z.strictObject({ label: z.string(), question: z.string() }))
    .max(OPTIONS_MAX)
    .readonly(),
  ...framed,
});

const help = z.strictObject({ kind: z.literal("help"), text: z.string(), suggestions, ...framed });

/** A reply as JSON has it: nothing more, nothing less. */
export const replySchema = z.discriminatedUnion("kind", [
  answer,
  comparison,
  leads,
  unknown,
  clarify,
  help,
]) satisfies z.ZodType<Reply>;

/** Its parts by the names that they have as types. */
export const REPLY_SHAPES = {
  Reply: replySchema,
  Answer: answer,
  Comparison: comparison,
  Leads: leads,
  Unknown: unknown,
  Clarify: clarify,
  Help: help,
  Reading: reading,
  Statement: statement,
  Disagreement: disagreement,
  Citation: citation,
  Passage: passage,
  Part: part,
  Lines: lines,
} as const;
