// Finds the sections of documents, which can be asked for by name where nobody has written topics.

import { type AtLeastOne, type Document, type Grounded, isAtLeastOne, quoteSentence } from "../document.ts";
import { analyze, type Lexicon } from "../text/analyzer.ts";
import { ARTICLES } from "../text/words.ts";
import { isQuotable } from "./quotable.ts";

/** A part of a document under one heading that says something. */
export interface Section {
  /** Document and heading as lower-case words, e.g. "handbook#sick-leave". */
  readonly id: string;
  /** Its heading; with the document's title where several documents have such a heading. */
  readonly name: string;
  readonly document: Document;
  /** Heading path, "" for what stands above the first heading. */
  readonly section: string;
  /** Its first sentences, the best that can be said when only its name is asked for. */
  readonly opening: AtLeastOne<Grounded>;
}

export interface Sections {
  /** By document, then in the order of the page. */
  readonly all: readonly Section[];
  /** The section whose name this is, whatever the case and form of its words. */
  named(phrase: string): Section | null;
  /** The section of a document with this heading path, null where it says nothing. */
  at(document: string, section: string): Section | null;
  /** The sections of a document that follow one of its sections, round to the first. */
  after(document: string, section: string): readonly Section[];
}

const OPENING_SENTENCES = 3;

/** The sections of documents, each by its own heading. */
export const sectionsIn = (documents: readonly Document[]): Section[] => documents.flatMap(sectionsOf);

export function createSections(all: readonly Section[], lexicon: Lexicon): Sections {
  const counts = new Map<string, number>();
  for (const { name } of all) counts.set(headingKey(name, lexicon), (counts.get(headingKey(name, lexicon)) ?? 0) + 1);
  const unique = all.map((section) =>
    (counts.get(headingKey(section.name, lexicon)) ?? 0) > 1 && section.section !== ""
      ? { ...section, name: `${section.document.title}: ${section.name}` }
      : section,
  );
  const byKey = new Map<string, Section>();
  for (const section of unique) {
    const key = headingKey(section.name, lexicon);
    if (key !== "" && !byKey.has(key)) byKey.set(key, section);
  }
  const list = [...byKey.values()];
  return {
    all: list,
    named: (phrase) => byKey.get(headingKey(phrase, lexicon)) ?? null,
    at: (document, section) => list.find((one) => one.document.id === document && one.section === section) ?? null,
    after(document, section) {
      const own = list.filter((one) => one.document.id === document);
      const at = own.findIndex((one) => one.section === section);
      return [...own.slice(at + 1), ...own.slice(0, Math.max(0, at))];
    },
  };
}

function sectionsOf(document: Document): Section[] {
  const bySection = new Map<string, Grounded[]>();
  for (const block of document.blocks)
    for (const sentence of block.sentences) {
      const opening = bySection.get(block.section) ?? [];
      bySection.set(block.section, opening);
      if (opening.length < OPENING_SENTENCES && isQuotable(block, sentence))
        opening.push({ text: sentence.text, quotes: [quoteSentence(document, block, sentence)] });
    }
  return [...bySection].flatMap(([section, opening]): Section[] => {
    const heading = section === "" ? document.title : (section.split(" › ").at(-1) ?? section);
    const name = heading.replace(/^["“](.+)["”]$/u, "$1");
    const slug =
      name
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join("-") ?? "";
    return isAtLeastOne(opening) && slug !== ""
      ? [{ id: `${document.id}#${slug}`, name, document, section, opening }]
      : [];
  });
}

/** All words but articles: "and VMs?" is no heading "VMs". */
const headingKey = (phrase: string, lexicon: Lexicon): string =>
  analyze(phrase, lexicon)
    .filter(({ surface }) => !ARTICLES.includes(surface))
    .map(({ term }) => term)
    .join(" ");
