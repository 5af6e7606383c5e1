// Grounded texts to statements with numbered citations, each quote verified against its document.

import { type AtLeastOne, type Document, type Grounded, type Quote, stands } from "./document.ts";
import { CITATIONS_MAX, type Citation, QUOTE_LENGTH_MAX, type Statement } from "./reply.ts";

/** Collects the citations of one reply; numbers are given in the order of first use. */
export class Citations {
  private readonly byKey = new Map<string, Citation>();

  constructor(private readonly documents: ReadonlyMap<string, Document>) {}

  get list(): readonly Citation[] {
    return [...this.byKey.values()];
  }

  /**
   * The statement with its numbers, or null where that would pass the bound on citations. Of several quotes as many
   * as still fit are cited, at least one.
   * @param quotesMax how many of the text's quotes to cite at most
   * @param reserved citations to be kept free for what comes later
   * @throws Error when a quote does not stand at its lines: an index and its documents don't belong together
   */
  cite({ text, quotes }: Grounded, quotesMax = Number.POSITIVE_INFINITY, reserved = 0): Statement | null {
    const [first, ...rest] = quotes;
    if (!this.fits(first, reserved)) return null;
    const numbers: [number, ...number[]] = [this.number(first)];
    for (const quote of rest.slice(0, Math.max(0, quotesMax - 1)))
      if (this.fits(quote, reserved)) numbers.push(this.number(quote));
    const citations: AtLeastOne<number> = [numbers[0], ...new Set(numbers.slice(1).filter((n) => n !== numbers[0]))];
    return { text, citations };
  }

  /** Whether the first quotes of all these texts fit together. */
  haveRoomFor(texts: readonly Grounded[], reserved = 0): boolean {
    const fresh = new Set(texts.map(({ quotes }) => keyOf(quotes[0])).filter((key) => !this.byKey.has(key)));
    return this.byKey.size + fresh.size <= CITATIONS_MAX - reserved;
  }

  private fits(quote: Quote, reserved: number): boolean {
    return this.byKey.has(keyOf(quote)) || this.byKey.size < CITATIONS_MAX - reserved;
  }

  private number(quote: Quote): number {
    const key = keyOf(quote);
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
      quote: quote.text,
    };
    this.byKey.set(key, citation);
    return citation.number;
  }
}

const keyOf = ({ document, lines, text }: Quote): string => `${document}\0${lines.start}\0${lines.end}\0${text}`;
