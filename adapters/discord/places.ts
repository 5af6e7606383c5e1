// Gives each place of a corpus a name short enough for a button, and finds the place again; keeps nothing in between.

import type { Document, Quote } from "../../src/document.ts";
import type { Engine } from "../../src/engine.ts";
import { type Citation, type CitedStatement, QUOTE_LENGTH_MAX } from "../../src/reply.ts";
import { shorten } from "../shared/shorten.ts";

/** A passage of a document, or a statement and the passages it rests on. */
export interface Place {
  readonly text: string;
  /** The number that a quote has among the sources of its reply; null for a statement, which is no quote. */
  readonly quoted: number | null;
  readonly sources: readonly Source[];
}

export type Source = Pick<Citation, "document" | "title" | "section" | "file" | "lines" | "url">;

/**
 * Names hold for one corpus; a button carries its hash beside them. All are base 36: a quote is
 * `number.document.sentence.sentences`, a source `document.sentence`, with how many sentences where they are several, or
 * `document..first line.last line` where its quote is no whole sentences, a statement its number in the FAQ, a question its
 * number among all that are offered.
 */
export interface Places {
  readonly hash: string;
  /** Null where the corpus does not hold it. */
  nameQuote(citation: Citation): string | null;
  /** Null for a document that the corpus does not hold. */
  nameSource(citation: Citation): string | null;
  nameStatement(statement: CitedStatement, citations: readonly Citation[]): string | null;
  nameExample(question: string): string | null;
  place(name: string): Place | null;
  /** @param number of the citation */
  source(name: string, number: number): Place | null;
  example(name: string): string | null;
}

export function createPlaces({ corpus: { hash, documents, faq }, offers }: Pick<Engine, "corpus" | "offers">): Places {
  const statements = faq.topics.flatMap(({ statements, rows, disagreements }) => [
    ...statements,
    ...rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
    ...disagreements.flatMap(({ sides }) => sides),
  ]);
  const examples = [
    ...new Set([
      ...faq.topics.flatMap(({ statements, next }) => [
        ...statements.flatMap(({ examples }) => examples.map(({ question }) => question)),
        ...next,
      ]),
      ...offers.flatMap(({ question, comparison }) => [question, comparison ?? question]),
    ]),
  ];
  const statementNumbers = new Map(statements.map(({ text }, at) => [text, at] as const).reverse());
  const exampleNumbers = new Map(examples.map((question, at) => [question, at] as const));
  const byId = new Map(documents.map((document) => [document.id, document]));

  return {
    hash,
    nameQuote: (citation) => nameQuote(documents, citation),
    nameSource: (citation) => nameSource(documents, citation),
    source: (name, number) => sourceAt(documents, name, number),
    nameStatement({ text }, citations) {
      const number = statementNumbers.get(text) ?? statementNumbers.get(text.replace(/^(?:Yes|No)\. /, ""));
      if (number !== undefined) return number.toString(36);
      const quoted = citations.find(({ quote }) => quote === text);
      return quoted === undefined ? null : nameQuote(documents, quoted);
    },
    nameExample: (question) => exampleNumbers.get(question)?.toString(36) ?? null,
    place(name) {
      if (name.includes(".")) return quoteAt(documents, name);
      const statement = statements[read36(name)];
      if (statement === undefined) return null;
      const sources = statement.quotes.flatMap((quote) => {
        const document = byId.get(quote.document);
        return document === undefined ? [] : sourceOf(document, quote);
      });
      return { text: statement.text, quoted: null, sources };
    },
    example: (name) => examples[read36(name)] ?? null,
  };
}

/** Where a document has the sentences that make up a quote. */
function nameQuote(documents: readonly Document[], { number, document: id, lines, quote }: Citation): string | null {
  const at = documents.findIndex((document) => document.id === id);
  const found = sentencesOf(documents[at]).flatMap((first, start, all) => {
    if (first.lines.start !== lines.start || !quote.startsWith(first.text)) return [];
    let text = first.text;
    let count = 1;
    for (; text.length < quote.length; count++) text += ` ${all[start + count]?.text ?? "\0"}`;
    return text === quote ? [[number, at, start, count]] : [];
  });
  return found[0]?.map((part) => part.toString(36)).join(".") ?? null;
}

function nameSource(documents: readonly Document[], citation: Citation): string | null {
  const quote = nameQuote(documents, citation);
  if (quote !== null) return quote.replace(/^[^.]*\./, "").replace(/\.1$/, "");
  const at = documents.findIndex(({ id }) => id === citation.document);
  const { start, end } = citation.lines;
  return at < 0 ? null : `${at.toString(36)}..${start.toString(36)}.${end.toString(36)}`;
}

function sourceAt(documents: readonly Document[], name: string, number: number): Place | null {
  const [at = "", start = "", first = "1", last = ""] = name.split(".");
  if (start !== "") return quoteAt(documents, [number.toString(36), at, start, first].join("."));
  const document = documents[read36(at)];
  const lines = { start: read36(first), end: read36(last) };
  const sentences = sentencesOf(document).filter(
    (one) => one.lines.start <= lines.end && one.lines.end >= lines.start && one.text !== "",
  );
  const [opening] = sentences;
  if (document === undefined || opening === undefined) return null;
  const text = shorten(sentences.map((one) => one.text).join(" "), QUOTE_LENGTH_MAX).text;
  return { text, quoted: number, sources: [sourceOf(document, { section: opening.section, lines })] };
}

function quoteAt(documents: readonly Document[], name: string): Place | null {
  const [quoted = -1, at = -1, start = -1, count = 0] = name.split(".").map(read36);
  const document = documents[at];
  const sentences = sentencesOf(document).slice(start, start + count);
  const [first, last] = [sentences[0], sentences.at(-1)];
  if (document === undefined || first === undefined || last === undefined || sentences.length < count) return null;
  const lines = { start: first.lines.start, end: last.lines.end };
  const text = sentences.map((sentence) => sentence.text).join(" ");
  return { text, quoted, sources: [sourceOf(document, { section: first.section, lines })] };
}

const sourceOf = (
  { id, title, file, url }: Document,
  { section, lines }: Pick<Quote, "section" | "lines">,
): Source => ({
  document: id,
  title,
  section,
  file,
  lines,
  url,
});

const read36 = (digits: string): number => (/^[0-9a-z]{1,6}$/.test(digits) ? Number.parseInt(digits, 36) : -1);

function sentencesOf(document: Document | undefined) {
  return (
    document?.blocks.flatMap(({ section, sentences }) => sentences.map((sentence) => ({ ...sentence, section }))) ?? []
  );
}
