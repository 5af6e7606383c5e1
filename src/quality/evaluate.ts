// Judges an engine by cases: how many replies are right, and why the others are not.

import { type Document, stands } from "../document.ts";
import type { Engine } from "../engine.ts";
import {
  CITATIONS_MAX,
  type Citation,
  type CitedStatement,
  OPTIONS_MAX,
  type Passage,
  QUOTE_LENGTH_MAX,
  type Reply,
} from "../reply.ts";
import type { EvalCase } from "./cases.ts";

export interface EvalReport {
  readonly total: number;
  readonly right: number;
  /** Between 0 and 1; 1 where there are no cases. */
  readonly rightShare: number;
  /** Of the right replies to `answer` and `conflict` cases, the share with all facts at their head; null where there are none. */
  readonly directShare: number | null;
  /** Of all `answer` cases the share whose verdict alone holds all facts; null where there are none. */
  readonly headlineShare: number | null;
  /** One row a kind, in the order of the cases; cases with earlier questions apart, as "answer+thread". */
  readonly rows: readonly KindRow[];
  /** Cases answered wrongly or with a citation fault, in the order of the cases. */
  readonly misses: readonly Miss[];
  /** Cases whose topic the corpus has, answered with another topic or none; most frequent first. */
  readonly confusions: readonly TopicConfusion[];
  /** Replies whose headline says what the case forbids. */
  readonly wrongClaims: number;
  /** Cases of kind `unknown` that were not rightly left unanswered. */
  readonly falseAnswers: number;
  /** Replies with at least one citation fault. */
  readonly citationFaults: number;
  /** Of the cases that the documents answer those that are led to all facts, and of the others those that are led anywhere. */
  readonly led: { readonly answerable: number; readonly unknown: number };
}

export interface KindRow {
  readonly kind: string;
  readonly total: number;
  readonly right: number;
  /** Null for kinds of which no headline is asked, and where no reply was right. */
  readonly direct: { readonly total: number; readonly right: number } | null;
}

export interface Miss {
  readonly id: string;
  readonly kind: string;
  readonly topic: string;
  readonly question: string;
  /** Why the reply is not right; empty where only its citations are at fault. */
  readonly reasons: readonly string[];
  readonly faults: readonly string[];
}

export interface TopicConfusion {
  readonly expected: string;
  /** Null where no topic was answered from. */
  readonly given: string | null;
  readonly ids: readonly string[];
}

/** Visible characters in which facts are looked for. */
const VISIBLE_LENGTH_MAX = 2_000;
/** Asks the engine every case and judges its replies. */
export async function evaluate(cases: readonly EvalCase[], engine: Engine): Promise<EvalReport> {
  const documents = new Map(engine.corpus.documents.map((document) => [document.id, document]));
  const verdicts: Verdict[] = [];
  for (const entry of cases) verdicts.push(judge(entry, await engine.answer(entry.question, entry.after), documents));
  const right = verdicts.filter((verdict) => verdict.isRight);
  const headed = right.filter((verdict) => verdict.isDirect !== null);
  const topicIds = new Set(engine.corpus.faq.topics.map(({ id }) => id));
  return {
    total: verdicts.length,
    right: right.length,
    rightShare: verdicts.length === 0 ? 1 : right.length / verdicts.length,
    directShare: headed.length === 0 ? null : headed.filter(({ isDirect }) => isDirect).length / headed.length,
    headlineShare: shareOf(
      verdicts.filter(({ entry }) => entry.kind === "answer"),
      saysAllAtOnce,
    ),
    rows: [...new Set(verdicts.map(({ kind }) => kind))].map((kind) => rowOf(kind, verdicts)),
    misses: verdicts.filter(({ isRight, faults }) => !isRight || faults.length > 0).map(missOf),
    confusions: confusionsOf(verdicts.filter(({ entry }) => topicIds.has(entry.topic))),
    wrongClaims: verdicts.filter(({ claims }) => claims.length > 0).length,
    falseAnswers: verdicts.filter(({ entry, isRight }) => entry.kind === "unknown" && !isRight).length,
    citationFaults: verdicts.filter(({ faults }) => faults.length > 0).length,
    led: {
      answerable: verdicts.filter(isLed).length,
      unknown: verdicts.filter(({ entry, reply }) => entry.kind === "unknown" && reply.kind === "leads").length,
    },
  };
}

interface Verdict {
  readonly entry: EvalCase;
  readonly kind: string;
  readonly reply: Reply;
  /** What the headline says although the case forbids it. */
  readonly claims: readonly string[];
  readonly reasons: readonly string[];
  readonly faults: readonly string[];
  readonly isRight: boolean;
  /** Whether the head alone holds all facts; null where that is not asked. */
  readonly isDirect: boolean | null;
}

type Documents = ReadonlyMap<string, Document>;

function judge(entry: EvalCase, reply: Reply, documents: Documents): Verdict {
  const isAllowed = entry.also.includes(reply.kind);
  const claims = isAllowed ? [] : forbiddenClaims(entry, reply);
  const reasons = isAllowed ? [] : [...shortcomings(entry, reply), ...claims.map((claim) => `wrong claim: ${claim}`)];
  const isRight = reasons.length === 0;
  const asksHead = isRight && (entry.kind === "answer" || entry.kind === "conflict");
  return {
    entry,
    kind: entry.after.length > 0 ? `${entry.kind}+thread` : entry.kind,
    reply,
    claims,
    reasons,
    faults: citationFaults(reply, documents),
    isRight,
    isDirect: asksHead ? missingFacts(entry, headOf(reply)).length === 0 : null,
  };
}

const shareOf = (verdicts: readonly Verdict[], holds: (one: Verdict) => boolean): number | null =>
  verdicts.length === 0 ? null : verdicts.filter(holds).length / verdicts.length;

const saysAllAtOnce = ({ entry, reply, isRight }: Verdict): boolean =>
  isRight && missingFacts(entry, headlineOf(reply)).length === 0;

function isLed({ entry, reply }: Verdict): boolean {
  if (reply.kind !== "leads" || entry.kind === "unknown" || entry.facts.length === 0) return false;
  return missingFacts(entry, reply.passages.flatMap(passageText).join("\n")).length === 0;
}

/** What a right reply to the case would have that this one has not. */
function shortcomings(entry: EvalCase, reply: Reply): string[] {
  const otherKind = [`kind is ${reply.kind}`];
  switch (entry.kind) {
    case "unknown":
      if (reply.kind === "leads") return entry.offtopic ? ["leads to a question about anything else"] : [];
      return reply.kind === "unknown" ? [] : [`answered (${reply.kind}): ${headlineOf(reply)}`];
    case "clarify":
      return reply.kind === "clarify" ? uncounted(reply.options.length) : otherKind;
    case "smalltalk":
      return reply.kind === "help" ? [] : otherKind;
    case "answer":
    case "comparison":
    case "conflict": {
      if (reply.kind !== "answer" && reply.kind !== "comparison") return otherKind;
      const missing = missingFacts(entry, visibleTextOf(reply)).map((fact) => `fact missing: ${fact}`);
      if (entry.kind === "conflict") return [...missing, ...onesided(entry.sources, reply)];
      return [...missing, ...unsourced(entry.sources, reply), ...(entry.kind === "comparison" ? unpaired(reply) : [])];
    }
  }
}

const uncounted = (options: number): string[] =>
  options >= 2 && options <= OPTIONS_MAX ? [] : [`kind is clarify with ${options} option${options === 1 ? "" : "s"}`];

const missingFacts = ({ facts }: EvalCase, text: string): string[] =>
  facts.filter((fact) => !fact.test(text)).map(({ source }) => source);

function forbiddenClaims({ kind, never }: EvalCase, reply: Reply): string[] {
  const claims = reply.kind === "answer" || reply.kind === "comparison";
  if (kind === "clarify" || kind === "smalltalk" || (kind !== "unknown" && !claims)) return [];
  if (kind === "unknown" && reply.kind !== "unknown") return [];
  const said = kind === "unknown" && reply.kind === "unknown" ? reply.text : headlineOf(reply);
  return never.filter((claim) => claim.test(said)).map(({ source }) => source);
}

function unsourced(groups: EvalCase["sources"], reply: Cited): string[] {
  const cited = new Set(reply.citations.map(({ document }) => document));
  return groups
    .filter((group) => !group.some((document) => cited.has(document)))
    .map((group) => `cites none of ${group.join(", ")}`);
}

/** Why a reply does not show both sides of a conflict, each with its source. */
function onesided(groups: EvalCase["sources"], reply: Cited): string[] {
  const sides = reply.disagreement?.sides ?? [];
  if (sides.length < 2) return ["no disagreement shown"];
  const documentOf = new Map(reply.citations.map(({ number, document }) => [number, document]));
  const sidesOf = (group: readonly string[]): number[] =>
    [...sides.keys()].filter((at) =>
      sides[at]?.citations.some((number) => group.includes(documentOf.get(number) ?? "")),
    );
  const shown = groups.map(sidesOf);
  const absent = groups.filter((_, at) => shown[at]?.length === 0).map((group) => `no side cites ${group.join(", ")}`);
  const [first = [], second = []] = shown;
  const areOnOne = first.length > 0 && second.length > 0 && new Set([...first, ...second]).size === 1;
  return areOnOne ? [...absent, "both groups of sources on one side"] : absent;
}

const unpaired = (reply: Cited): string[] =>
  reply.kind === "answer" || reply.rows.some(({ cells }) => cells.every((cell) => cell !== null))
    ? []
    : ["no row with both sides"];

type Cited = Extract<Reply, { kind: "answer" | "comparison" }>;

function statementsOf(reply: Reply): CitedStatement[] {
  if (reply.kind !== "answer" && reply.kind !== "comparison") return [];
  const verdict = reply.verdict === null ? [] : [reply.verdict];
  const cells =
    reply.kind === "comparison" ? reply.rows.flatMap((row) => row.cells.filter((cell) => cell !== null)) : [];
  return [
    ...verdict,
    ...(reply.disagreement?.sides ?? []),
    ...cells,
    ...(reply.kind === "answer" ? reply.support : []),
  ];
}

/** Also those of a reply that should have none. */
const citationsOf = (reply: Reply): readonly Citation[] => ("citations" in reply ? reply.citations : []);

/** What a person sees first: statements, what a comparison's cells stand under, then the quotes. */
function visibleTextOf(reply: Cited): string {
  const heads = reply.kind === "comparison" ? [...reply.sides, ...reply.rows.map(({ aspect }) => aspect)] : [];
  const quotes = reply.citations.map(({ quote }) => quote);
  const passage = reply.kind === "answer" ? passageText(reply.passage) : [];
  return [headlineOf(reply), ...passage, ...statementsOf(reply).map(({ text }) => text), ...heads, ...quotes]
    .join("\n")
    .slice(0, VISIBLE_LENGTH_MAX);
}

const passageText = (passage: Passage | null): string[] =>
  (passage?.parts ?? []).map((part) => (part.kind === "row" ? part.cells.join(" | ") : part.text));

function headlineOf(reply: Reply): string {
  if (reply.kind === "comparison") return reply.verdict?.text ?? reply.title;
  return reply.kind === "answer" ? reply.verdict.text : "";
}

function headOf(reply: Reply): string {
  const sides = "disagreement" in reply ? (reply.disagreement?.sides ?? []) : [];
  const support = reply.kind === "answer" ? reply.support.slice(0, 1) : [];
  return [headlineOf(reply), ...[...sides, ...support].map(({ text }) => text)].join("\n");
}

/** What is wrong with the reply's citations, whatever was asked. */
function citationFaults(reply: Reply, documents: Documents): string[] {
  const citations = citationsOf(reply);
  const numbers = new Set(citations.map(({ number }) => number));
  const mayCite = reply.kind === "answer" || reply.kind === "comparison" || reply.kind === "leads";
  const faults: string[] = !mayCite && citations.length > 0 ? [`a reply of kind ${reply.kind} cites`] : [];
  if (citations.length > CITATIONS_MAX) faults.push(`${citations.length} citations`);
  for (const { text, citations: own } of statementsOf(reply)) {
    if (own.length < 1) faults.push(`uncited statement: ${text}`);
    for (const number of own) if (!numbers.has(number)) faults.push(`citation [${number}] is not in the list`);
  }
  for (const { document, section, lines, quote } of citations) {
    if (quote.length > QUOTE_LENGTH_MAX) faults.push(`a quote of ${quote.length} characters`);
    if (!stands(documents.get(document), { document, section, lines, text: quote }))
      faults.push(`quote is not at ${document}:${lines.start}-${lines.end}`);
  }
  return faults;
}

function rowOf(kind: string, verdicts: readonly Verdict[]): KindRow {
  const own = verdicts.filter((verdict) => verdict.kind === kind);
  const headed = own.filter(({ isDirect }) => isDirect !== null);
  return {
    kind,
    total: own.length,
    right: own.filter(({ isRight }) => isRight).length,
    direct:
      headed.length === 0 ? null : { total: headed.length, right: headed.filter(({ isDirect }) => isDirect).length },
  };
}

const missOf = ({ entry, kind, reasons, faults }: Verdict): Miss => ({
  id: entry.id,
  kind,
  topic: entry.topic,
  question: entry.question,
  reasons,
  faults,
});

function confusionsOf(verdicts: readonly Verdict[]): TopicConfusion[] {
  const idsByPair = new Map<string, { expected: string; given: string | null; ids: string[] }>();
  for (const { entry, reply } of verdicts) {
    if (entry.kind === "unknown" || entry.kind === "clarify" || entry.kind === "smalltalk") continue;
    const given = reply.kind === "answer" || reply.kind === "comparison" ? reply.topic : null;
    if (given === entry.topic) continue;
    const key = `${entry.topic}\0${given}`;
    const pair = idsByPair.get(key) ?? { expected: entry.topic, given, ids: [] };
    pair.ids.push(entry.id);
    idsByPair.set(key, pair);
  }
  return [...idsByPair.values()].sort((a, b) => b.ids.length - a.ids.length);
}
