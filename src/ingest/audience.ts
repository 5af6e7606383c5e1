// Restricts what was read to what some may see, so that nothing of the rest can come to the engine.

import { type Document, isAtLeastOne, type Quote } from "../document.ts";
import { byCodePoint } from "../structures/order.ts";
import { isStopWord, tokenize } from "../text/analyzer.ts";
import { digestOf } from "./digest.ts";
import type { Cell, ComparisonRow, DisagreementEntry, Faq, Statement, Topic } from "./faq.ts";
import { isMark } from "./token-stream.ts";

export { audienceNames } from "./formats/audience.ts";

/** All names that documents are kept for, in their order. */
export const audiencesOf = (documents: readonly Document[]): readonly string[] =>
  [...new Set(documents.flatMap(({ audience }) => audience ?? []))].sort(byCodePoint);

/** @param names of those who look */
export const isVisible = ({ audience }: Document, names: readonly string[]): boolean =>
  audience?.some((name) => names.includes(name)) ?? true;

/** Documents of which some may not be seen. */
export interface Parted {
  /** All of them, with the ids that a FAQ quotes them by. */
  readonly documents: readonly Document[];
  /** With the ids that they have where nothing else is there. */
  readonly visible: readonly Document[];
}

/**
 * What of a FAQ those may see who see these documents. A statement is there only with all that it quotes, a topic only
 * with its verdict, a disagreement only with two sides, a question to ask next only where a statement answers it. What is
 * said besides topics (subjects, synonyms, opposites, what lies outside) loses what holds a word that stands in nothing
 * visible but in a hidden document.
 */
export function restrictFaq(faq: Faq, parted: Parted): Faq {
  const topics = new Restriction(faq, parted).topics();
  const isShown = notHidden(parted, topics);
  const asked = new Set(topics.flatMap(({ statements }) => statements.flatMap(questionsOf)));
  const isNamed = faq.subjects.every(({ id, name }) => isShown(id) && isShown(name));
  return {
    ...faq,
    subjects: isNamed
      ? faq.subjects.map((one) => ({ ...one, aliases: one.aliases.filter(isShown), kinds: one.kinds.filter(isShown) }))
      : [],
    synonyms: faq.synonyms.map((group) => group.filter(isShown)).filter(({ length }) => length > 1),
    opposites: faq.opposites.filter((pair) => pair.every(isShown)),
    topics: topics.map((topic) => {
      const next = topic.next.filter((question) => asked.has(question));
      return { ...(isNamed ? topic : withoutSubjects(topic)), next };
    }),
    outside: faq.outside
      .filter(({ title }) => isShown(title))
      .map((group) => ({ ...group, examples: group.examples.filter(isShown) })),
  };
}

const questionsOf = ({ examples }: Statement): string[] => examples.map(({ question }) => question);

const withoutSubjects = (topic: Topic): Topic => {
  const [first, ...others] = topic.statements;
  return {
    ...topic,
    statements: [{ ...first, about: [] }, ...others.map((one) => ({ ...one, about: [] }))],
    rows: [],
  };
};

/** Takes what quotes a hidden document out of topics, and gives quotes the ids of what is visible. */
class Restriction {
  private readonly visibleIds: ReadonlyMap<string, string>;

  constructor(
    private readonly faq: Faq,
    { documents, visible }: Parted,
  ) {
    const shown = new Map(visible.map(({ file, id }) => [file, id]));
    this.visibleIds = new Map(
      documents.flatMap(({ file, id }): [string, string][] => {
        const now = shown.get(file);
        return now === undefined ? [] : [[id, now]];
      }),
    );
  }

  topics(): Topic[] {
    return this.faq.topics.flatMap((topic): Topic[] => {
      const disagreements = topic.disagreements.flatMap((one) => this.disagreement(one, topic));
      const known = new Set(disagreements.map(({ id }) => id));
      const [verdict, ...others] = topic.statements;
      const head = this.statement(verdict, known);
      if (head === null) return [];
      const rest = others.flatMap((one) => this.statement(one, known) ?? []);
      const rows = topic.rows.flatMap((row) => this.row(row, known));
      return [{ ...topic, statements: [head, ...rest], rows, disagreements }];
    });
  }

  /** Only where what is said of it can be said too. */
  private disagreement(entry: DisagreementEntry, { statements }: Topic): DisagreementEntry[] {
    const said = statements.find(({ kind, disputed }) => kind === "disagreement" && disputed === entry.id);
    const sides = entry.sides.flatMap((side) => this.cell(side) ?? []);
    return said !== undefined && this.cell(said) !== null && sides.length > 1 ? [{ ...entry, sides }] : [];
  }

  private statement(statement: Statement, known: ReadonlySet<string>): Statement | null {
    const { kind, disputed } = statement;
    const isKnown = disputed !== null && known.has(disputed);
    const cell = kind === "disagreement" && !isKnown ? null : this.cell(statement);
    return cell === null ? null : { ...statement, ...cell, disputed: isKnown ? disputed : null };
  }

  private row({ aspect, cells: [left, right], disputed }: ComparisonRow, known: ReadonlySet<string>): ComparisonRow[] {
    const cells = [
      left === null ? null : this.cell(left),
      right === null ? null : this.cell(right),
    ] as const satisfies readonly (Cell | null)[];
    if (cells.every((cell) => cell === null)) return [];
    return [{ aspect, cells, disputed: disputed !== null && known.has(disputed) ? disputed : null }];
  }

  /** Null where any of its quotes stands in a hidden document. */
  private cell<T extends Cell>(cell: T): T | null {
    const quotes = cell.quotes.flatMap((quote): Quote[] => {
      const document = this.visibleIds.get(quote.document);
      return document === undefined ? [] : [{ ...quote, document }];
    });
    return quotes.length === cell.quotes.length && isAtLeastOne(quotes) ? { ...cell, quotes } : null;
  }
}

/** Whether a text holds no word that stands in a hidden document and in nothing that is visible. */
function notHidden({ documents, visible }: Parted, topics: readonly Topic[]): (text: string) => boolean {
  const files = new Set(visible.map(({ file }) => file));
  const open = new Set([...wordsOf(visible), ...topics.flatMap(textsOf).flatMap(tokenize)]);
  const own = wordsOf(documents.filter(({ file }) => !files.has(file)));
  const hidden = new Set(own.filter((word) => !open.has(word) && !isStopWord(word)));
  return (text) => !tokenize(text).some((word) => hidden.has(word));
}

/** Each word that documents hold, headings and names included. */
function wordsOf(documents: readonly Document[]): readonly string[] {
  const { words, documents: digests } = digestOf(documents);
  const used = new Set<number>();
  for (const { tokens } of digests) for (const token of tokens) if (!isMark(token)) used.add(token);
  return [...[...used].flatMap((token) => words[token] ?? []), ...documents.flatMap(({ id }) => tokenize(id))];
}

/** What is said to those who see a topic. */
const textsOf = ({ id, title, names, statements, rows, disagreements }: Topic): readonly string[] => [
  ...[id, title, ...names],
  ...statements.flatMap(({ text, examples }) => [text, ...examples.map(({ question }) => question)]),
  ...rows.flatMap(({ aspect, cells }) => [aspect, ...cells.flatMap((cell) => cell?.text ?? [])]),
  ...disagreements.flatMap(({ text, sides }) => [text, ...sides.map((side) => side.text)]),
];
