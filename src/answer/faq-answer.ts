// Composes the reply of a topic: verdict first, then support, the sources' disagreement, citations and what to ask
// next.

import type { Document, Grounded } from "../document.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Cell, ComparisonRow, Faq, Statement, Topic } from "../ingest/faq.ts";
import type { Section } from "../ingest/sections.ts";
import type { SideBySide } from "../ingest/tables.ts";
import {
  type Answer,
  type CitedStatement,
  type Comparison,
  type Disagreement,
  FAQ_SUPPORT_MAX,
  NEAREST_MAX,
  ROWS_MAX,
  SUGGESTIONS_MAX,
  type Unknown,
} from "../reply.ts";
import type { StatementScore } from "../topics/matcher.ts";
import { Citations } from "./citations.ts";

export type ComposedBody = Answer | Comparison;

export interface Composer {
  /** An answer headed by a statement of the FAQ; its topic's other statements support it, as far as they fit. */
  answer(best: StatementScore, ranked: readonly StatementScore[]): Answer;
  /** The topic's two sides; its answer where it has none. */
  compare(topic: Topic): ComposedBody;
  /** What a section opens with. */
  section(section: Section): Answer;
  /** Two columns or two rows of a table. */
  table(table: SideBySide): Comparison;
  nearest(evidence: readonly Evidence[]): Unknown["nearest"];
}

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const COMPOSING = Object.freeze({
  /** A comparison gives up its verdict when fewer rows would fit beside it. Taste. */
  rowsWithVerdictMin: 2,
  /** A statement supports when it is at least this likely against the verdict, on the log scale. */
  supportWithin: 7,
});

export const createComposer = (documents: readonly Document[], faq: Faq): Composer => new FaqComposer(documents, faq);

class FaqComposer implements Composer {
  private readonly byId: ReadonlyMap<string, Document>;

  constructor(
    documents: readonly Document[],
    private readonly faq: Faq,
  ) {
    this.byId = new Map(documents.map((document) => [document.id, document]));
  }

  answer(best: StatementScore, ranked: readonly StatementScore[]): Answer {
    const { topic, statement } = best;
    const citations = new Citations(this.byId);
    const sides = disputeOf(topic, statement.disputed);
    const verdict = citations.must(statement, sides);
    const support: CitedStatement[] = [];
    const said = [statement, ...sides];
    const fitting = ranked.filter(
      (entry) =>
        entry.topic === topic &&
        entry.statement !== statement &&
        entry.statement.kind !== "disagreement" &&
        (entry.statement.disputed === null || entry.statement.disputed === statement.disputed) &&
        entry.features.subjects > 0,
    );
    // A general answer is supported in the order of its topic, a special one by what is nearest to the question.
    const candidates =
      statement.kind === "verdict"
        ? [...fitting].sort((a, b) => topic.statements.indexOf(a.statement) - topic.statements.indexOf(b.statement))
        : fitting.filter((entry) => entry.score > best.score - COMPOSING.supportWithin);
    for (const { statement: other } of candidates) {
      if (support.length === FAQ_SUPPORT_MAX) break;
      if (said.some((statement) => repeats(statement, other))) continue;
      const statement = citations.cite(other, sides);
      if (statement === null) continue;
      support.push(statement);
      said.push(other);
    }
    const disagreement = showDispute(topic, statement.disputed, citations);
    return {
      kind: "answer",
      topic: topic.id,
      verdict,
      support,
      passage: null,
      disagreement,
      citations: citations.list,
      suggestions: nextOf(topic, statement),
    };
  }

  compare(topic: Topic): ComposedBody {
    const [first] = topic.statements;
    const names = this.faq.subjects.map(({ name }) => name);
    const [left, right] = names;
    if (topic.rows.length === 0 || left === undefined || right === undefined) {
      const entries = topic.statements.map(
        (statement): StatementScore => ({ topic, statement, score: 0, probability: 1, features: NO_FEATURES }),
      );
      return this.answer({ topic, statement: first, score: 0, probability: 1, features: NO_FEATURES }, entries);
    }
    const disputed = first.disputed ?? topic.rows.find((row) => row.disputed !== null)?.disputed ?? null;
    const sides = disputeOf(topic, disputed);
    const headed = this.fitRows(topic, disputed, [first, ...sides]);
    const fewest = Math.min(COMPOSING.rowsWithVerdictMin, topic.rows.length);
    const shown = headed.length >= fewest ? headed : this.fitRows(topic, disputed, sides);
    const citations = new Citations(this.byId);
    const verdict = shown === headed ? citations.cite(first, sides) : null;
    const cite = (cell: Cell | null): CitedStatement | null => (cell === null ? null : citations.cite(cell, sides));
    const rows = shown.map(({ aspect, cells }) => ({ aspect, cells: [cite(cells[0]), cite(cells[1])] as const }));
    const disagreement = showDispute(topic, disputed, citations);
    return {
      kind: "comparison",
      topic: topic.id,
      title: topic.title,
      verdict,
      sides: [left, right],
      rows,
      disagreement,
      citations: citations.list,
      suggestions: nextOf(topic, first),
    };
  }

  /** The rows that fit beside these texts, from the first: a topic's rows that separate the sides most come first. */
  private fitRows(topic: Topic, disputed: string | null, beside: readonly Grounded[]): ComparisonRow[] {
    const fitting: ComparisonRow[] = [];
    for (const row of topic.rows) {
      // What the sources dispute is not shown without their dispute.
      if (row.disputed !== null && row.disputed !== disputed) continue;
      const cells = [...fitting, row].flatMap((one) => one.cells.filter((cell) => cell !== null));
      if (fitting.length < ROWS_MAX && new Citations(this.byId).haveRoomFor([...beside, ...cells])) fitting.push(row);
    }
    return fitting;
  }

  section({ opening: [first, ...rest] }: Section): Answer {
    const citations = new Citations(this.byId);
    const verdict = citations.must(first);
    const support = rest.flatMap((grounded) => citations.cite(grounded) ?? []);
    const said = { verdict, support, citations: citations.list };
    return { kind: "answer", topic: null, ...said, passage: null, disagreement: null, suggestions: [] };
  }

  table({ sides, rows }: SideBySide): Comparison {
    const citations = new Citations(this.byId);
    const cite = (cell: Grounded | null): CitedStatement | null => (cell === null ? null : citations.cite(cell));
    const shown = rows.slice(0, ROWS_MAX).map(({ aspect, cells: [left, right] }) => ({
      aspect,
      cells: [cite(left), cite(right)] as const,
    }));
    const [first, second] = shown;
    const aspect = first !== undefined && second === undefined ? `${first.aspect}: ` : "";
    return {
      kind: "comparison",
      topic: null,
      title: `${aspect}${sides[0]} and ${sides[1]}`,
      verdict: null,
      sides,
      rows: shown,
      disagreement: null,
      citations: citations.list,
      suggestions: [],
    };
  }

  nearest(evidence: readonly Evidence[]): Unknown["nearest"] {
    const sections = new Map<string, Unknown["nearest"][number]>();
    for (const { passage } of evidence) {
      const section = passage.block.section;
      const key = `${passage.document.id}\0${section}`;
      if (!sections.has(key))
        sections.set(key, { title: passage.document.title, document: passage.document.id, section });
    }
    return [...sections.values()].slice(0, NEAREST_MAX);
  }
}

const NO_FEATURES = {
  similarity: 0,
  nearDuplicate: 0,
  topicMargin: 0,
  bm25Statement: 0,
  bm25Questions: 0,
  subjects: 0.5,
  type: 0,
  verdict: 0,
};

const disputeOf = (topic: Topic, id: string | null): readonly Cell[] =>
  topic.disagreements.find((entry) => entry.id === id)?.sides ?? [];

function showDispute(topic: Topic, id: string | null, citations: Citations): Disagreement | null {
  const entry = topic.disagreements.find((one) => one.id === id);
  if (entry === undefined) return null;
  return { text: entry.text, sides: entry.sides.map((side) => citations.must(side)) };
}

/** Whether the second statement rests on nothing but what the first has said. */
const repeats = (said: Grounded, other: Grounded): boolean =>
  other.quotes.every((quote) =>
    said.quotes.some((shown) => shown.document === quote.document && shown.text === quote.text),
  );

function nextOf(topic: Topic, statement: Statement): string[] {
  const own = new Set(statement.examples.map(({ question }) => question));
  return topic.next.filter((question) => !own.has(question)).slice(0, SUGGESTIONS_MAX);
}
