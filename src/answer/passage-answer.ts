// Makes an answer of the units that were found, with the passage it stands in, or passages to read.

import {
  type Block,
  type Document,
  type Grounded,
  type LineRange,
  type Quote,
  quoteSentence,
  type Sentence,
} from "../document.ts";
import { contradictionOf } from "../evidence/contradiction.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { FoundPassages, FoundUnit } from "../evidence/passage-finder.ts";
import { EVIDENCE_ODDS_MIN } from "../evidence/sentence-ranker.ts";
import { isQuotable } from "../ingest/quotable.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import {
  type Answer,
  LEADS_LENGTH_MAX,
  LEADS_MAX,
  type Leads,
  type Passage,
  QUOTE_LENGTH_MAX,
  QUOTED_SUPPORT_MAX,
  STATEMENT_LENGTH_MAX,
} from "../reply.ts";
import { tokenize } from "../text/analyzer.ts";
import { squeeze } from "../text/sentences.ts";
import { Citations } from "./citations.ts";
import { draftPassage, FIRST_BOUNDS, LEAD_BOUNDS, type PassageBounds } from "./passage.ts";
import { cutAtWord, partText } from "./pieces.ts";
import { decontextualize } from "./standing-alone.ts";

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const QUOTING = Object.freeze({
  /** A sentence supports what answers when it could be quoted on its own and its score is at most this much below the best. */
  supportWithin: 3,
  /** It stands in one of so many of the likeliest passages. */
  supportUnits: 4,
  /** Share of words that two texts have in common to say the same. */
  alike: 0.7,
  /** In characters: a longer question is no name of what is disputed. Taste. */
  disputedLengthMax: 150,
});

/** A sentence with the block it stands in. */
interface Placed {
  readonly block: Block;
  readonly sentence: Sentence;
}

/** A passage with what is quoted of it. */
interface Quoted {
  readonly passage: Omit<Passage, "citation">;
  readonly quote: Quote;
  /** What answers, and whether it can be stated by itself. */
  readonly marked: Placed;
  readonly isStated: boolean;
  /** What announces a list, code or a table, where it is shown. */
  readonly announced: string | null;
  readonly length: number;
}

export class PassageComposer {
  constructor(private readonly documents: ReadonlyMap<string, Document>) {}

  /**
   * @param evidence the best sentences of a search for them: of those in the unit the best one answers
   * @returns null where nothing of it can be shown
   */
  answer(question: QuestionAnalysis, found: FoundPassages, evidence: readonly Evidence[]): Answer | null {
    const [first] = found.units;
    const quoted = first === undefined ? null : this.quote(first, found, evidence, FIRST_BOUNDS);
    if (first === undefined || quoted === null) return null;
    const citations = new Citations(this.documents);
    const text = verdictOf(first, quoted);
    const opening = { text, quotes: [quoted.quote] } as const;
    const sides = contradicting(question, quoted, evidence);
    const verdict = citations.must(opening, sides);
    const [citation] = verdict.citations;
    const support = supporting(text, quoted, found, evidence).flatMap((one) => citations.cite(one, sides) ?? []);
    const named = question.text.length <= QUOTING.disputedLengthMax ? question.text : "The figure asked for";
    return {
      kind: "answer",
      topic: null,
      verdict,
      support,
      passage: { citation, ...quoted.passage },
      disagreement: sides.length === 0 ? null : { text: named, sides: sides.map((side) => citations.must(side)) },
      citations: citations.list,
      suggestions: [],
    };
  }

  /** Where the answer may stand; null where nothing can be shown. */
  leads(found: FoundPassages): Leads | null {
    const citations = new Citations(this.documents);
    const passages: Passage[] = [];
    let room = LEADS_LENGTH_MAX;
    const seen: Quoted[] = [];
    for (const unit of found.units) {
      if (passages.length === LEADS_MAX) break;
      const grown = this.quote(unit, found, [], LEAD_BOUNDS);
      const isNew = grown === null || !seen.some((one) => overlap(one, grown));
      // What stands around it is shown once.
      const quoted = isNew ? grown : this.quote(unit, found, [], { ...LEAD_BOUNDS, grown: 0 });
      if (quoted === null || quoted.length > room || seen.some((one) => isShownBy(one, quoted))) continue;
      seen.push(quoted);
      room -= quoted.length;
      const [citation] = citations.must({ text: quoted.quote.text, quotes: [quoted.quote] }).citations;
      passages.push({ citation, ...quoted.passage });
    }
    const [first, ...rest] = passages;
    return first === undefined
      ? null
      : {
          kind: "leads",
          text: LEADS_TEXT,
          passages: [first, ...rest],
          citations: citations.list,
          suggestions: [],
        };
  }

  private quote(
    { document, unit }: FoundUnit,
    found: FoundPassages,
    evidence: readonly Evidence[],
    bounds: PassageBounds,
  ): Quoted | null {
    const blocks = document.blocks.slice(unit.from, unit.to);
    const marked = bestOf(document, blocks, found, evidence);
    if (marked === null) return null;
    const draft = draftPassage(document, unit, (sentence) => isSame(marked.sentence, sentence), bounds);
    if (draft === null) return null;
    const { length, ...passage } = draft;
    const announced = announcementOf(blocks);
    const isShown =
      announced !== null &&
      announced.start.lines.start >= passage.lines.start &&
      announced.end.lines.end <= passage.lines.end;
    const isStated = isSentence(marked, passage.kind);
    const quote = isShown && !isStated ? announced.quoteIn(document) : quoteOf(document, marked, passage.lines);
    return { passage, quote, marked, isStated, announced: isShown ? announced.text : null, length };
  }
}

/** Whether two passages overlap, or quote the same words at different places. */
const isShownBy = (one: Quoted, other: Quoted): boolean => one.quote.text === other.quote.text || overlap(one, other);

const overlap = (one: Quoted, { quote, passage }: Quoted): boolean =>
  one.quote.document === quote.document &&
  passage.lines.start <= one.passage.lines.end &&
  one.passage.lines.start <= passage.lines.end;

/** The sentence that answers and one found elsewhere that gives another figure; none where nothing contradicts it. */
function contradicting(question: QuestionAnalysis, quoted: Quoted, evidence: readonly Evidence[]): readonly Grounded[] {
  const own = evidence.find(
    ({ passage, at }) =>
      passage.document.id === quoted.quote.document && isSame(quoted.marked.sentence, passage.block.sentences[at]),
  );
  if (own === undefined) return [];
  const counter = contradictionOf(question, [own, ...evidence.filter((one) => one !== own)]);
  return counter === null ? [] : [own, counter].map(decontextualize);
}

/** Sentences of other places that answer nearly as well as the best one, and say something else. */
function supporting(
  verdict: string,
  { passage, quote }: Quoted,
  { units }: FoundPassages,
  evidence: readonly Evidence[],
): readonly Grounded[] {
  const [best] = evidence;
  const likely = units.slice(0, QUOTING.supportUnits);
  const found: Grounded[] = [];
  const shown = [verdict, ...passage.parts.map(partText)];
  for (const entry of evidence) {
    if (best === undefined || found.length === QUOTED_SUPPORT_MAX) break;
    if (entry.score <= best.score - QUOTING.supportWithin) break;
    if (entry.odds < EVIDENCE_ODDS_MIN) continue;
    const [{ document, lines }] = entry.quotes;
    const isShown = document === quote.document && lines.start <= passage.lines.end && passage.lines.start <= lines.end;
    if (isShown || !likely.some((unit) => holds(unit, document, lines))) continue;
    if (shown.some((text) => saysTheSame(text, entry.text))) continue;
    const grounded = decontextualize(entry);
    found.push(grounded);
    shown.push(grounded.text);
  }
  return found;
}

const holds = ({ document, unit }: FoundUnit, id: string, lines: LineRange): boolean =>
  document.id === id &&
  document.blocks
    .slice(unit.from, unit.to)
    .some(({ sentences }) => sentences.some((one) => one.lines.start === lines.start));

/** Whether most words of the shorter one stand in the other. */
function saysTheSame(one: string, other: string): boolean {
  const [left, right] = [new Set(tokenize(one)), new Set(tokenize(other))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= QUOTING.alike * Math.min(left.size, right.size);
}

/** Says nothing of the subject, and that it does not know. */
const LEADS_TEXT = "The documents may not answer this. These places come nearest:";

/** The sentence of a unit that a search for sentences liked best, else the one that holds most of what is asked. */
function bestOf(
  document: Document,
  blocks: readonly Block[],
  { shareIn }: FoundPassages,
  evidence: readonly Evidence[],
): Placed | null {
  const placed = blocks.flatMap((block) => block.sentences.map((sentence): Placed => ({ block, sentence })));
  const known = evidence.find(
    ({ passage, at }) =>
      passage.document.id === document.id &&
      placed.some(({ sentence }) => isSame(sentence, passage.block.sentences[at])),
  );
  if (known !== undefined) {
    const own = known.passage.block.sentences[known.at];
    const found = placed.find(({ sentence }) => isSame(sentence, own));
    if (found !== undefined) return found;
  }
  let best: { readonly one: Placed; readonly weight: number } | null = null;
  for (const one of placed) {
    const share = shareIn(one.sentence.text);
    const weight = isQuotable(one.block, one.sentence) ? share : share - 1;
    if (best === null || weight > best.weight) best = { one, weight };
  }
  return best?.one ?? null;
}

const isSame = (one: Sentence, other: Sentence | undefined): boolean =>
  other !== undefined && one.text === other.text && one.lines.start === other.lines.start;

/** What announces a list, code or a table. */
interface Announcement {
  readonly text: string;
  readonly start: Sentence;
  readonly end: Sentence;
  readonly quoteIn: (document: Document) => Quote;
}

/** The paragraph in front of a list, code or a table, or its last sentence where the whole is too long to state. */
function announcementOf(blocks: readonly Block[]): Announcement | null {
  const [first] = blocks;
  if (first === undefined || first.kind !== "paragraph" || first.item !== undefined || blocks.length < 2) return null;
  const { sentences } = first;
  for (const shown of [sentences, sentences.slice(-1)]) {
    const [start] = shown;
    const end = shown.at(-1);
    const text = shown.map((one) => one.coded ?? one.text).join(" ");
    if (start === undefined || end === undefined || text.length > STATEMENT_LENGTH_MAX) continue;
    const quoteIn = (document: Document): Quote => ({
      ...quoteSentence(document, first, start),
      lines: { start: start.lines.start, end: end.lines.end },
      text: shown.map((one) => one.verbatim ?? one.text).join(" "),
    });
    return { text, start, end, quoteIn };
  }
  return null;
}

/** What a passage's citation quotes of the sentence, or of the lines of code that are shown: as much as a quote may hold. */
function quoteOf(document: Document, { block, sentence }: Placed, shown: LineRange): Quote {
  const quote = quoteSentence(document, block, sentence);
  if (block.code !== undefined) return { ...quote, ...codeOf(block.code.text.split("\n"), quote.lines, shown) };
  return quote.text.length <= QUOTE_LENGTH_MAX ? quote : { ...quote, text: cutAtWord(quote.text, QUOTE_LENGTH_MAX) };
}

/** The first lines of code, as many as a quote may hold; all lines where they are no lines of the file. */
function codeOf(code: readonly string[], lines: LineRange, shown: LineRange): Pick<Quote, "lines" | "text"> {
  const saidIn = (count: number): string => squeeze(code.slice(0, count).join(" "));
  if (code.length !== lines.end - lines.start + 1)
    return { lines, text: cutAtWord(saidIn(code.length), QUOTE_LENGTH_MAX) };
  let count = Math.min(code.length, shown.end - lines.start + 1);
  while (count > 1 && (saidIn(count).length > QUOTE_LENGTH_MAX || code[count - 1]?.trim() === "")) count--;
  return {
    lines: { start: lines.start, end: lines.start + count - 1 },
    text: cutAtWord(saidIn(count), QUOTE_LENGTH_MAX),
  };
}

/** A sentence is stated where a sentence answers: not instead of steps, code or a row. */
const isSentence = ({ block, sentence }: Placed, kind: Passage["kind"]): boolean =>
  (kind === "text" || kind === "list") && isQuotable(block, sentence) && sentence.text.length <= STATEMENT_LENGTH_MAX;

/** A sentence where a sentence answers; for steps, code and a table what announces them, else what heads them. */
function verdictOf({ document }: FoundUnit, { announced, marked, isStated, passage }: Quoted): string {
  if (isStated) return marked.sentence.coded ?? marked.sentence.text;
  return announced ?? cutAtWord(passage.section.split(" › ").at(-1) || document.title, STATEMENT_LENGTH_MAX);
}
