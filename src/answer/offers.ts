// Lists what a corpus offers to be asked: its topics, and the sections and tables of its documents.

import type { Faq, Topic } from "../ingest/faq.ts";
import type { SectionPairs } from "../ingest/section-pairs.ts";
import type { Section, Sections } from "../ingest/sections.ts";
import { againstEachOther, type SideBySide, type Tables } from "../ingest/tables.ts";
import { parseQuestion } from "../question/parse.ts";

/** Something to ask about. */
export interface Offer {
  readonly id: string;
  readonly title: string;
  /** A question that gets an answer. */
  readonly question: string;
  /** What to ask to have it compared; null where it has no two sides. */
  readonly comparison: string | null;
}

/** What documents can be asked by: headings, two of them, and tables that set things side by side. */
export interface Outline {
  readonly sections: Sections;
  readonly pairs: SectionPairs;
  readonly tables: Tables;
}

/**
 * @param outline null where nothing but topics is answered
 * @param isAnswered whether a question gets an answer
 */
export async function offersOf(
  faq: Faq,
  outline: Outline | null,
  isAnswered: (question: string) => Promise<boolean>,
): Promise<Offer[]> {
  const tables = outline?.tables.all.map(offerTable) ?? [];
  const areAnswered = await Promise.all(tables.map(({ question }) => isAnswered(question)));
  return [
    ...faq.topics.map(offerTopic),
    ...tables.filter((_, at) => areAnswered[at]),
    ...(outline?.sections.all.map(offerSection).filter(isAskable) ?? []),
  ];
}

const offerTopic = ({ id, title, statements, rows }: Topic): Offer => ({
  id,
  title,
  question: statements[0].examples[0]?.question ?? title,
  comparison: rows.length > 0 ? title : null,
});

/** Whether a heading is read as one question when somebody types it: "Help" and "Any questions? Ask us." are not. */
function isAskable({ question }: Offer): boolean {
  const { asks, smalltalk, isEnglish, wasCut } = parseQuestion(question);
  return asks.length === 1 && smalltalk === null && isEnglish && !wasCut;
}

const offerSection = ({ id, name }: Section): Offer => ({ id, title: name, question: name, comparison: null });

const offerTable = ({ document, sides }: SideBySide, at: number): Offer => ({
  id: `${document.id}#table-${at + 1}`,
  title: sides.join(" and "),
  question: againstEachOther(sides),
  comparison: againstEachOther(sides),
});
