// A reply to the rules of the contract that it breaks, each as one sentence; none for a reply that keeps them all.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../src/engine.ts";
import type { Corpus } from "../src/ingest/library.ts";
import type { Citation, CitedStatement, Part, Passage, Reply } from "../src/reply.ts";
import { unmarked } from "./unmarked.ts";

/** A corpus together with its files as they stand on disk. */
export interface CorpusFiles {
  readonly corpus: Corpus;
  /** Lines of a file, by its path below the corpus folder; null where there is no such file. */
  linesOf(file: string): readonly string[] | null;
}

/** Reads each file of the folder once, when a citation names it. */
export function filesOf(corpus: Corpus, folder: string): CorpusFiles {
  const read = new Map<string, readonly string[] | null>();
  const linesOf = (file: string): readonly string[] | null => {
    try {
      return readFileSync(join(folder, file), "utf8").split(/\r\n|\r|\n/);
    } catch {
      return null;
    }
  };
  return {
    corpus,
    linesOf(file) {
      const known = read.get(file);
      if (known !== undefined) return known;
      const lines = linesOf(file);
      read.set(file, lines);
      return lines;
    },
  };
}

/** Bounds as the contract states them, on purpose not those that src exports. */
const MAX = {
  citations: 8,
  statement: 300,
  quote: 400,
  support: 5,
  rows: 6,
  options: 3,
  nearest: 3,
  suggestions: 4,
  leads: 3,
  parts: 15,
  passage: 1200,
  allLeads: 2400,
};

const KEYS: Record<Reply["kind"], string> = {
  answer: "citations corpus disagreement kind passage reading suggestions support topic verdict",
  comparison: "citations corpus disagreement kind reading rows sides suggestions title topic verdict",
  leads: "citations corpus kind passages reading suggestions text",
  unknown: "corpus kind nearest reading reason suggestions text",
  clarify: "corpus kind options reading text",
  help: "corpus kind reading suggestions text",
};
const CITATION_KEYS = "document file lines number origin page quote section title url";
const REASONS = ["off-topic", "not-in-documents", "unclear", "other-language", "not-searched"];
const NOTES = ["cut", "one-of-several", "other-language"];

/** The broken ones of the rules 1, 2 and 4 to 6 for one reply; 3 and 7 need more than one. */
export function brokenRules(reply: Reply, files: CorpusFiles): string[] {
  return [
    ...brokenShape(reply, files.corpus),
    ...(cites(reply) ? brokenCitations(reply, files) : []),
    ...(hasStatements(reply) ? brokenBalance(reply, files.corpus) : []),
    ...passagesOf(reply).flatMap((passage) => brokenPassage(passage, reply, files)),
    ...brokenSilence(reply, files.corpus),
    ...brokenBounds(reply),
    ...brokenReading(reply, files.corpus),
  ];
}

/**
 * Rule 7: the suggestions and options of a reply that get neither an answer nor a comparison in its thread.
 * @param after the thread's questions, oldest first, the one that got the reply last
 */
export async function unansweredSuggestions(reply: Reply, engine: Engine, after: readonly string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const question of offersOf(reply)) {
    const { kind } = await engine.answer(question, after);
    if (kind !== "answer" && kind !== "comparison") broken.push(`rule 7: "${question}" gets ${kind}`);
  }
  return broken;
}

/** What a reply offers to ask next. */
export const offersOf = (reply: Reply): readonly string[] =>
  reply.kind === "clarify" ? reply.options.map(({ question }) => question) : reply.suggestions;

type Stating = Extract<Reply, { kind: "answer" | "comparison" }>;

const hasStatements = (reply: Reply): reply is Stating => reply.kind === "answer" || reply.kind === "comparison";

type Citing = Extract<Reply, { readonly citations: unknown }>;

const cites = (reply: Reply): reply is Citing => "citations" in reply;

function passagesOf(reply: Reply): readonly Passage[] {
  if (reply.kind === "leads") return reply.passages;
  return reply.kind === "answer" && reply.passage !== null ? [reply.passage] : [];
}

/** In the order in which they are shown. */
function statementsOf(reply: Stating): CitedStatement[] {
  const body = reply.kind === "answer" ? reply.support : reply.rows.flatMap(({ cells }) => cells);
  return [reply.verdict, ...body, ...(reply.disagreement?.sides ?? [])].filter((statement) => statement !== null);
}

function brokenShape(reply: Reply, corpus: Corpus): string[] {
  const broken: string[] = [];
  const keys = Object.keys(reply).sort().join(" ");
  if (keys !== KEYS[reply.kind]) broken.push(`shape: ${reply.kind} has the keys ${keys}`);
  if (!/^[0-9a-f]{12}$/.test(reply.corpus)) broken.push(`shape: corpus "${reply.corpus}" is not 12 hex digits`);
  if (reply.corpus !== corpus.hash) broken.push(`shape: corpus ${reply.corpus} is not ${corpus.hash}, which answered`);
  if (reply.kind === "unknown" && !REASONS.includes(reply.reason)) broken.push(`shape: reason "${reply.reason}"`);
  const topics = corpus.faq.topics.map(({ id }) => id);
  if (hasStatements(reply) && reply.topic !== null && !topics.includes(reply.topic))
    broken.push(`shape: no topic "${reply.topic}"`);
  const offers = offersOf(reply);
  if (offers.some((offer) => offer.trim() === "")) broken.push("shape: an empty suggestion");
  if (new Set(offers).size < offers.length) broken.push("shape: a suggestion twice");
  return broken;
}

/** Rule 1. */
function brokenCitations(reply: Citing, files: CorpusFiles): string[] {
  const broken: string[] = [];
  const statements = hasStatements(reply) ? statementsOf(reply) : [];
  for (const { text, citations } of statements) {
    if (text.trim() === "") broken.push("rule 1: an empty statement");
    if (citations.length === 0) broken.push(`rule 1: no citation for "${text}"`);
    if (new Set(citations).size < citations.length) broken.push(`rule 1: a number twice at "${text}"`);
  }
  const shown = passagesOf(reply).map(({ citation }) => citation);
  const used = [...new Set([...statements.flatMap(({ citations }) => citations), ...shown])];
  const listed = reply.citations.map(({ number }) => number);
  const inOrder = listed.map((_, at) => at + 1);
  if (listed.join() !== inOrder.join()) broken.push(`rule 1: citations are numbered ${listed.join()}`);
  if (used.join() !== inOrder.join())
    broken.push(`rule 1: of the citations ${listed.join()} the text uses ${used.join()}`);
  const places = reply.citations.map(({ file, lines, quote }) => `${file}:${lines.start}-${lines.end} ${quote}`);
  if (new Set(places).size < places.length) broken.push("rule 1: one quote under two numbers");
  return [...broken, ...reply.citations.flatMap((citation) => brokenCitation(citation, files))];
}

function brokenCitation(citation: Citation, { corpus, linesOf }: CorpusFiles): string[] {
  const broken: string[] = [];
  const at = `citation ${citation.number}, ${citation.file}:${citation.lines.start}-${citation.lines.end}`;
  const keys = Object.keys(citation).sort().join(" ");
  if (keys !== CITATION_KEYS) broken.push(`shape: ${at} has the keys ${keys}`);
  const document = corpus.documents.find(({ id }) => id === citation.document);
  const same = (["file", "title", "origin", "url"] as const).every((key) => document?.[key] === citation[key]);
  if (!same) broken.push(`rule 1: ${at} is not as document "${citation.document}" calls itself`);
  const lines = linesOf(citation.file);
  if (lines === null) return [...broken, `rule 1: ${at}: no such file`];
  const { start, end } = citation.lines;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 1 || end < start || end > lines.length)
    return [...broken, `rule 1: ${at}: no such lines`];
  // A quote is no HTML any more, even that of an HTML file: "<" and "&" in it stand for themselves.
  const quote = unmarked(citation.quote, "");
  const holds = (from: number, to: number): boolean =>
    unmarked(lines.slice(from - 1, to).join("\n"), citation.file).includes(quote);
  if (quote === "") broken.push(`rule 1: ${at}: an empty quote`);
  else if (!holds(start, end)) broken.push(`rule 1: ${at} does not say "${citation.quote}"`);
  else if (start < end && (holds(start + 1, end) || holds(start, end - 1)))
    broken.push(`rule 1: ${at} is wider than its quote`);
  if (citation.quote !== citation.quote.replace(/\s+/g, " ").trim())
    broken.push(`rule 1: ${at}: white space not folded`);
  const above = (heading: string): boolean => {
    const line = unmarkedLines(lines, citation.file).indexOf(unmarked(heading, ""));
    return line >= 0 && line < start;
  };
  const missing = citation.section.split(" › ").find((heading) => heading !== "" && !above(heading));
  if (missing !== undefined) broken.push(`rule 1: ${at}: no heading "${missing}" above it`);
  return broken;
}

const unmarkedByLines = new WeakMap<readonly string[], readonly string[]>();

function unmarkedLines(lines: readonly string[], file: string): readonly string[] {
  const known = unmarkedByLines.get(lines);
  if (known !== undefined) return known;
  const plain = lines.map((line) => unmarked(line, file));
  unmarkedByLines.set(lines, plain);
  return plain;
}

/** Rules 1 and 4 for what is shown as it stands. */
function brokenPassage(passage: Passage, reply: Reply, { corpus, linesOf }: CorpusFiles): string[] {
  const citation = cites(reply) ? reply.citations.find(({ number }) => number === passage.citation) : undefined;
  if (citation === undefined) return [`rule 1: a passage without its citation ${passage.citation}`];
  const { lines, parts } = passage;
  const at = `passage of ${citation.file}:${lines.start}-${lines.end}`;
  const broken: string[] = [];
  if (parts.length === 0 || parts.length > MAX.parts) broken.push(`rule 4: ${at}: ${parts.length} parts`);
  const length = parts.reduce((sum, part) => sum + textOf(part).length, 0);
  if (length > MAX.passage) broken.push(`rule 4: ${at}: ${length} characters`);
  if (passage.section !== citation.section) broken.push(`rule 4: ${at} is of "${passage.section}"`);
  const inside = lines.start <= citation.lines.start && citation.lines.end <= lines.end;
  if (!inside) broken.push(`rule 4: ${at} does not hold the lines of its quote`);
  const file = linesOf(citation.file);
  if (file === null || !(lines.start >= 1 && lines.start <= lines.end && lines.end <= file.length))
    return [...broken, `rule 4: ${at}: no such lines`];
  const saidIn = (from: number): string => wordsOf(unmarked(file.slice(from - 1, lines.end).join("\n"), citation.file));
  const [said, saidAbove] = [saidIn(lines.start), saidIn(1)];
  for (const part of parts) {
    // What heads a table may stand above the rows that are shown.
    const source = part.kind === "row" && part.header ? saidAbove : said;
    for (const piece of part.kind === "row" ? part.cells : [textOf(part)])
      if (!source.includes(wordsOf(unmarked(piece, "")))) broken.push(`rule 4: ${at} does not say "${piece}"`);
  }
  const furniture = corpus.documents
    .find(({ file: name }) => name === citation.file)
    ?.blocks.filter(({ kind }) => kind === "furniture" || kind === "heading")
    .flatMap(({ sentences }) => sentences)
    .filter((one) => one.lines.start >= lines.start && one.lines.end <= lines.end);
  for (const { text } of furniture ?? [])
    if (parts.some((part) => textOf(part) === text)) broken.push(`rule 4: ${at} shows "${text}", which says nothing`);
  const last = parts.at(-1);
  if (last?.kind === "text" && last.text.endsWith(":")) broken.push(`rule 4: ${at} announces and does not show`);
  return broken;
}

const textOf = (part: Part): string => (part.kind === "row" ? part.cells.join(" | ") : part.text);

/** Signs between words and digits mark lists and tables in some formats. */
const wordsOf = (text: string): string => ` ${(text.match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;

/** Rule 2. */
function brokenSilence(reply: Reply, corpus: Corpus): string[] {
  if (hasStatements(reply)) return [];
  const broken: string[] = [];
  if (reply.kind !== "leads" && "citations" in reply) broken.push(`rule 2: ${reply.kind} cites`);
  if (reply.text.trim() === "") broken.push(`rule 2: ${reply.kind} says nothing`);
  if (/\[\d+\]/.test(reply.text)) broken.push(`rule 2: a citation number in "${reply.text}"`);
  const shown = [reply.text, ...(reply.kind === "unknown" ? reply.nearest.map(({ section }) => section) : [])];
  const claims = claimsOf(corpus);
  for (const text of shown)
    if (claims.some((claim) => text.includes(claim))) broken.push(`rule 2: "${text}" claims something`);
  if (reply.kind !== "unknown") return broken;
  for (const near of reply.nearest) {
    const document = corpus.documents.find(({ id }) => id === near.document);
    const exists = document?.title === near.title && document.blocks.some(({ section }) => section === near.section);
    if (!exists) broken.push(`rule 2: no section "${near.section}" in ${near.document}`);
    const keys = Object.keys(near).sort().join(" ");
    if (keys !== "document section title") broken.push(`rule 2: nearest has the keys ${keys}`);
  }
  return broken;
}

const claimsByCorpus = new WeakMap<Corpus, readonly string[]>();

/** Every statement of the FAQ and every sentence of the documents; a heading names what it stands over. */
function claimsOf(corpus: Corpus): readonly string[] {
  const known = claimsByCorpus.get(corpus);
  if (known !== undefined) return known;
  const told = corpus.documents.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind !== "heading"));
  const sentences = told.flatMap((block) => block.sentences);
  const statements = corpus.faq.topics.flatMap(({ statements, rows }) => [
    ...statements,
    ...rows.flatMap(({ cells }) => cells),
  ]);
  const claims = [...sentences, ...statements].flatMap((claim) =>
    claim === null || claim.text.length < 20 ? [] : claim.text,
  );
  claimsByCorpus.set(corpus, claims);
  return claims;
}

/** Rule 4. */
function brokenBounds(reply: Reply): string[] {
  const broken: string[] = [];
  const bound = (what: string, length: number, max: number): void => {
    if (length > max) broken.push(`rule 4: ${what}: ${length}, at most ${max}`);
  };
  if (reply.kind === "clarify") {
    bound("options", reply.options.length, MAX.options);
    if (reply.options.length < 2) broken.push("rule 4: clarify offers no choice");
    return broken;
  }
  bound("suggestions", reply.suggestions.length, MAX.suggestions);
  if (reply.kind === "unknown") bound("nearest", reply.nearest.length, MAX.nearest);
  if (reply.kind === "leads") {
    bound("passages", reply.passages.length, MAX.leads);
    const texts = reply.passages.flatMap(({ parts }) => parts.map(textOf));
    bound("characters of the passages", texts.join("").length, MAX.allLeads);
  }
  if (cites(reply)) bound("citations", reply.citations.length, MAX.citations);
  if (!hasStatements(reply)) return broken;
  for (const { text } of statementsOf(reply)) bound(`characters of "${text}"`, text.length, MAX.statement);
  for (const { quote } of reply.citations) bound(`characters of quote "${quote}"`, quote.length, MAX.quote);
  if (reply.kind === "answer") bound("supporting statements", reply.support.length, MAX.support);
  else bound("rows", reply.rows.length, MAX.rows);
  return broken;
}

/** Rule 5: what is shown has two sides with sources of their own, and no disputed statement stands without them. */
function brokenBalance(reply: Stating, corpus: Corpus): string[] {
  const broken: string[] = [];
  const { disagreement } = reply;
  if (disagreement !== null) {
    const sources = disagreement.sides.map(({ citations }) => [...citations].sort().join());
    if (disagreement.sides.length < 2)
      broken.push(`rule 5: ${disagreement.sides.length} sides of "${disagreement.text}"`);
    if (new Set(sources).size < sources.length)
      broken.push(`rule 5: two sides of "${disagreement.text}" share their sources`);
    if (disagreement.text.trim() === "") broken.push("rule 5: a disagreement that names no point");
    if (claimsOf(corpus).some((claim) => disagreement.text.includes(claim)))
      broken.push(`rule 5: "${disagreement.text}" claims something`);
  }
  const topic = corpus.faq.topics.find(({ id }) => id === reply.topic);
  if (topic === undefined) return broken;
  const shownEntry = topic.disagreements.find(({ text }) => text === disagreement?.text)?.id ?? null;
  const headed = reply.kind === "answer" ? [reply.verdict, ...reply.support] : [reply.verdict];
  const points = headed.flatMap((shown) =>
    topic.statements.filter(({ text }) => shown !== null && shown.text === text),
  );
  const aspects = reply.kind === "comparison" ? reply.rows.map(({ aspect }) => aspect) : [];
  const rows = topic.rows.filter(({ aspect }) => aspects.includes(aspect));
  for (const disputed of [...points, ...rows])
    if (disputed.disputed !== null && disputed.disputed !== shownEntry)
      broken.push(`rule 5: one side of "${disputed.disputed}" (topic ${topic.id}) without the other`);
  return broken;
}

/** Rule 6. */
function brokenReading({ reading }: Reply, corpus: Corpus): string[] {
  const broken: string[] = [];
  const keys = Object.keys(reading).sort().join(" ");
  if (keys !== "corrected fromThread notes subjects topic") broken.push(`rule 6: reading has the keys ${keys}`);
  const topics = corpus.faq.topics.map(({ id }) => id);
  const subjects = corpus.faq.subjects.map(({ id }) => id);
  if (reading.topic !== null && !topics.includes(reading.topic)) broken.push(`rule 6: no topic "${reading.topic}"`);
  for (const subject of reading.subjects)
    if (!subjects.includes(subject)) broken.push(`rule 6: no subject "${subject}"`);
  for (const id of reading.fromThread)
    if (!topics.includes(id) && !subjects.includes(id))
      broken.push(`rule 6: "${id}" from the thread is no topic or subject`);
  for (const { from, to } of reading.corrected)
    if (from === "" || to === "" || from === to) broken.push(`rule 6: "${from}" corrected to "${to}"`);
  for (const note of reading.notes) if (!NOTES.includes(note)) broken.push(`rule 6: note "${note}"`);
  for (const list of [reading.subjects, reading.fromThread, reading.notes])
    if (new Set<string>(list).size < list.length) broken.push(`rule 6: twice the same in ${list.join(", ")}`);
  return broken;
}
