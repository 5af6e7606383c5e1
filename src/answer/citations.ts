// Numbers the citations of a reply's statements, and verifies each quote against its document.

import { type Document, type Grounded, type Quote, stands } from "../document.ts";
import { CITATIONS_MAX, type Citation, type CitedStatement, QUOTE_LENGTH_MAX } from "../reply.ts";

/** Collects the citations of one reply; numbers are given in the order of first use. */
export class Citations {
  private readonly byKey = new Map<string, Citation>();

  constructor(private readonly documents: ReadonlyMap<string, Document>) {}

  get list(): readonly Citation[] {
    return [...this.byKey.values()];
  }

  /**
   * The statement with the numbers of all its quotes, or null where they would pass the bound on citations.
   * @param reserved texts that must still fit after it
   * @throws Error when a quote does not stand at its lines: an index and its documents don't belong together
   */
  cite(grounded: Grounded, reserved: readonly Grounded[] = []): CitedStatement | null {
    if (!this.haveRoomFor([grounded, ...reserved])) return null;
    const [first, ...rest] = grounded.quotes.map((quote) => this.number(quote));
    if (first === undefined) return null;
    return { text: grounded.text, citations: [first, ...new Set(rest.filter((number) => number !== first))] };
  }

  /** The same for what is shown before anything else, and so always fits. */
  must(grounded: Grounded, reserved: readonly Grounded[] = []): CitedStatement {
    const statement = this.cite(grounded, reserved);
    if (statement === null) throw new Error("a reply without room for what it must show");
    return statement;
  }

  /** Whether all quotes of all these texts fit together. */
  haveRoomFor(texts: readonly Grounded[]): boolean {
    const keys = texts.flatMap(({ quotes }) => quotes.map(quoteKey));
    return new Set([...this.byKey.keys(), ...keys]).size <= CITATIONS_MAX;
  }

  private number(quote: Quote): number {
    const key = quoteKey(quote);
    const known = this.byKey.get(key);
    if (known !== undefined) return known.number;
    const document = this.documents.get(quote.document);
    if (document === undefined || !stands(document, quote) || quote.text.length > QUOTE_LENGTH_MAX)
      throw new Error(`quote does not stand at ${quote.document}:${quote.lines.start}: ${quote.text.slice(0, 60)}`);
    const citation: Citation = {
      number: this.byKey.size + 1,
      document: document.id,
      title: document.title,
      origin: document.origin,
      url: document.url,
      file: document.file,
      section: quote.section,
      lines: quote.lines,
      page: quote.page ?? null,
      quote: quote.text,
    };
    this.byKey.set(key, citation);
    return citation.number;
  }
}

const quoteKey = ({ document, lines, text }: Quote): string => `${document}\0${lines.start}\0${lines.end}\0${text}`;
