// Indexes the units of documents: postings of units, of sections and of pages, and where each stands.

import type { Document } from "../document.ts";
import { WordNumbers } from "../ingest/token-stream.ts";
import { type CompactIndex, PostingsReader } from "../retrieval/compact-index.ts";
import { growingBytes, growingNumbers, growingUnits } from "../structures/growable-array.ts";
import { pack, type StringList } from "../structures/string-list.ts";
import { type Lexicon, tokenize } from "../text/analyzer.ts";
import { TermReader } from "../text/term-reader.ts";
import { signsOf, UNIT_SIGNS } from "./unit-signs.ts";
import { textOf, type UnitKind, unitsOf } from "./units.ts";

/** Plain data that can be saved. Units are numbered in the order of the documents; sections and pages too. */
export interface UnitIndex {
  readonly units: CompactIndex;
  readonly sections: CompactIndex;
  readonly pages: CompactIndex;
  /** Of each unit: its section, its first block in the document and the one after its last, its kind, its words. */
  readonly sectionOf: Uint32Array;
  readonly froms: Uint32Array;
  readonly tos: Uint32Array;
  /** Its first and its last line. */
  readonly firstLines: Uint32Array;
  readonly lastLines: Uint32Array;
  readonly kinds: Uint8Array;
  readonly words: Uint32Array;
  /** What each unit can answer, as bits of `UNIT_SIGNS`. */
  readonly signs: Uint16Array;
  /** The heading path of each section, and of each page its title and path as words. */
  readonly headings: StringList;
  readonly names: StringList;
  /** The first unit of each section; one more at the end. */
  readonly firstUnits: Uint32Array;
  /** The document of each section, and the first section of each document; one more of these at the end. */
  readonly pageOf: Uint32Array;
  readonly firstSections: Uint32Array;
}

export const UNIT_KINDS: readonly UnitKind[] = ["text", "list", "code", "table"];

/**
 * Length counts little against a unit: the shortest are labels. A page is found by what it is called; its text is
 * found by its sections. Chosen on six folders (`npm run bench -- folders --data DIR`).
 */
const UNITS = { b: 0.35, heading: 1 };
const SECTIONS = { b: 0.75, heading: 2 };
const PAGES = { b: 0.75, heading: 1 };

/** Counts the terms of units, and of what they stand in: each text is read once. */
class TermsOfUnits {
  private readonly words = new WordNumbers();
  private readonly reader: TermReader;
  private readonly units: PostingsReader;
  private readonly sections: PostingsReader;
  private readonly pages: PostingsReader;
  private heading: readonly number[] = [];
  private section: number[] | null = null;

  constructor(lexicon: Lexicon) {
    this.reader = new TermReader(this.words.words, lexicon);
    this.units = new PostingsReader(this.reader.terms, UNITS);
    this.sections = new PostingsReader(this.reader.terms, SECTIONS);
    this.pages = new PostingsReader(this.reader.terms, PAGES);
  }

  openSection(heading: string): void {
    this.closeSection();
    this.heading = this.read(heading);
    this.section = [];
  }

  addUnit(text: string): void {
    const terms = this.read(text);
    this.units.read({ heading: this.heading, text: terms, sentences: [] });
    for (const term of terms) this.section?.push(term);
  }

  closePage(name: string): void {
    this.closeSection();
    this.pages.read({ heading: this.read(name), text: [], sentences: [] });
  }

  index(): Pick<UnitIndex, "units" | "sections" | "pages"> {
    return { units: this.units.index(), sections: this.sections.index(), pages: this.pages.index() };
  }

  private closeSection(): void {
    if (this.section !== null) this.sections.read({ heading: this.heading, text: this.section, sentences: [] });
    this.section = null;
  }

  private read(text: string): readonly number[] {
    return this.reader.read(tokenize(text).map((word) => this.words.of(word)));
  }
}

/** Reads the documents' blocks once. */
export function indexUnits(documents: readonly Document[], lexicon: Lexicon): UnitIndex {
  const [sectionOf, froms, tos] = [growingNumbers(), growingNumbers(), growingNumbers()];
  const [kinds, words, signs] = [growingBytes(), growingNumbers(), growingUnits()];
  const [firstLines, lastLines] = [growingNumbers(), growingNumbers()];
  const paths: string[] = [];
  const [firstUnits, pageOf, firstSections] = [growingNumbers(), growingNumbers(), growingNumbers()];
  const terms = new TermsOfUnits(lexicon);
  for (const [page, document] of documents.entries()) {
    const { blocks } = document;
    firstSections.push(paths.length);
    let open: string | null = null;
    const headings = new Set<string>();
    for (const unit of unitsOf(blocks)) {
      const section = blocks[unit.from]?.section ?? "";
      const opens = section !== open;
      if (opens) {
        open = section;
        firstUnits.push(sectionOf.length);
        pageOf.push(page);
        paths.push(section.replace(/\s+/g, " "));
        terms.openSection(headingOf(document, section));
        for (const title of section.split(" › ")) headings.add(title);
      }
      const text = textOf(blocks, unit);
      sectionOf.push(paths.length - 1);
      firstLines.push(blocks[unit.from]?.sentences[0]?.lines.start ?? 0);
      lastLines.push(blocks[unit.to - 1]?.sentences.at(-1)?.lines.end ?? 0);
      froms.push(unit.from);
      tos.push(unit.to);
      kinds.push(UNIT_KINDS.indexOf(unit.kind));
      words.push(text.match(/\S+/g)?.length ?? 0);
      signs.push(signsOf(text) | (opens ? UNIT_SIGNS.opensSection : 0));
      terms.addUnit(text);
    }
    terms.closePage([pageName(document), ...headings].join(" "));
  }
  firstUnits.push(sectionOf.length);
  firstSections.push(paths.length);
  return {
    ...terms.index(),
    sectionOf: sectionOf.toArray(),
    firstLines: firstLines.toArray(),
    lastLines: lastLines.toArray(),
    froms: froms.toArray(),
    tos: tos.toArray(),
    kinds: kinds.toArray(),
    words: words.toArray(),
    signs: signs.toArray(),
    headings: pack(paths),
    names: pack(documents.map(pageName)),
    firstUnits: firstUnits.toArray(),
    pageOf: pageOf.toArray(),
    firstSections: firstSections.toArray(),
  };
}

/** The title, and the path as words. */
const pageName = ({ title, id }: Document): string => `${title} ${id.replace(/[/_.-]+/g, " ")}`.replace(/\s+/g, " ");

const headingOf = ({ title }: Document, section: string): string => `${title} › ${section}`;
