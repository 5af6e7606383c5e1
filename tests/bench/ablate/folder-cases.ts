// A case on a plain folder of documents and the reply it got to a verdict: right at once, later, led there, wrong, silent.

import { z } from "zod";
import { fold } from "../../../src/document.ts";

/** What a reply to such a case may be. "led": not stated, but shown as where the answer may stand. */
export type FolderVerdict = "first" | "later" | "led" | "led astray" | "wrong" | "answered" | "silent";

const pattern = z.string().transform((source) => new RegExp(source, "i"));
const span = z.object({ start: z.number(), end: z.number() });

const caseSchema = z.object({
  id: z.string(),
  question: z.string(),
  after: z.array(z.string()).default([]),
  kind: z.enum(["answer", "comparison", "unknown"]),
  shape: z.string(),
  /** Each must match what is shown. */
  facts: z.array(pattern).default([]),
  /** Where no facts are given: lines of which some must be cited. */
  gold: z.array(z.object({ file: z.string(), lines: z.tuple([z.number(), z.number()]) })).default([]),
  /** What a verdict must not say. */
  never: z.array(pattern).default([]),
  /** Ids or files of documents of which one must be cited, where there are any. */
  sources: z.array(z.string()).default([]),
});

export type FolderCase = z.output<typeof caseSchema>;

/** @throws ZodError where a value is no such case */
export const parseFolderCase = (value: unknown): FolderCase => caseSchema.parse(value);

const statement = z.object({ text: z.string(), citations: z.array(z.number()) });
const part = z.union([z.object({ text: z.string() }), z.object({ cells: z.array(z.string()) })]);
const passage = z.object({ citation: z.number(), lines: span, parts: z.array(part) });

/** What of a reply is judged, as it leaves; passages and leads count where a reply has them. */
const replySchema = z.object({
  kind: z.string(),
  verdict: statement.nullish(),
  passage: passage.nullish(),
  sides: z.array(z.string()).default([]),
  rows: z.array(z.object({ aspect: z.string(), cells: z.array(statement.nullable()) })).default([]),
  disagreement: z.object({ sides: z.array(statement) }).nullish(),
  support: z.array(statement).default([]),
  passages: z.array(passage).default([]),
  citations: z.array(z.object({ number: z.number(), document: z.string(), file: z.string(), lines: span })).default([]),
});

type Judged = z.output<typeof replySchema>;
type Citation = Judged["citations"][number];

/** Judges a reply as FOLDERS.md says, which stands beside the cases. */
export function judgeFolderCase(asked: FolderCase, sent: unknown): FolderVerdict {
  const reply = replySchema.parse(sent);
  const speaks = reply.kind === "answer" || reply.kind === "comparison";
  const leads = reply.kind === "leads";
  if (asked.kind === "unknown") return speaks ? "answered" : leads ? "led" : "silent";
  if (leads) return holds(asked, shownByLeads(reply)) ? "led" : "led astray";
  if (!speaks) return "silent";
  const said = reply.verdict?.text ?? "";
  if (asked.never.some((claim) => claim.test(said)) || !citesSource(asked, reply)) return "wrong";
  const first = shownFirst(reply);
  if (holds(asked, first)) return "first";
  return holds(asked, [...first, ...reply.support.map((one) => shownBy(one, reply))]) ? "later" : "wrong";
}

/** A text with the places that are cited for it. */
interface Shown {
  readonly text: string;
  readonly places: readonly Pick<Citation, "file" | "lines">[];
}

function holds({ facts, gold }: FolderCase, shown: readonly Shown[]): boolean {
  const text = shown.map((one) => one.text).join("\n");
  const folded = fold(text);
  if (facts.length > 0 || gold.length === 0) return facts.every((fact) => fact.test(text) || fact.test(folded));
  return shown.some(({ places }) =>
    places.some(({ file, lines }) =>
      gold.some((wanted) => wanted.file === file && wanted.lines[0] <= lines.end && lines.start <= wanted.lines[1]),
    ),
  );
}

const citesSource = ({ sources }: FolderCase, { citations }: Judged): boolean =>
  sources.length === 0 || citations.some(({ document, file }) => sources.includes(document) || sources.includes(file));

/** The verdict with its passage, a comparison's sides and rows, and both sides of a disagreement. */
function shownFirst(reply: Judged): Shown[] {
  const heads = [...reply.sides, ...reply.rows.map(({ aspect }) => aspect)].join("\n");
  const cells = reply.rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
  const stated = [...(reply.verdict ? [reply.verdict] : []), ...cells, ...(reply.disagreement?.sides ?? [])];
  return [
    ...stated.map((one) => shownBy(one, reply)),
    ...(reply.passage ? [shownAround(reply.passage, reply)] : []),
    { text: heads, places: [] },
  ];
}

const shownByLeads = (reply: Judged): Shown[] => reply.passages.map((one) => shownAround(one, reply));

const shownBy = ({ text, citations }: z.output<typeof statement>, reply: Judged): Shown => ({
  text,
  places: reply.citations.filter(({ number }) => citations.includes(number)),
});

const shownAround = ({ citation, lines, parts }: z.output<typeof passage>, { citations }: Judged): Shown => ({
  text: parts.map((one) => ("text" in one ? one.text : one.cells.join(" | "))).join("\n"),
  places: citations.filter(({ number }) => number === citation).map(({ file }) => ({ file, lines })),
});
