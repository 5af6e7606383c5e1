// Indexes the statements of a FAQ: what each states, what it is asked, and how.

import type { Faq, Statement, Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import { type AnswerType, answerTypeOf } from "../question/answer-type.ts";
import { type Bm25Index, indexTexts } from "../retrieval/bm25.ts";
import { pack, type StringList } from "../structures/string-list.ts";
import { analyze, type Lexicon, queryTerms, tokenize } from "../text/analyzer.ts";
import type { TrainingExample } from "./training-examples.ts";

/** What is computed of the statements once: plain data that can be saved. */
export interface StatementIndex {
  /** Terms of each statement's statement, quotes and their sections. */
  readonly ofStatements: Bm25Index;
  /** All words of its statement (twice), quotes and known questions. */
  readonly withQuestions: Bm25Index;
  /** In the order of the FAQ. */
  readonly statements: readonly IndexedStatement[];
}

export interface IndexedStatement {
  /** The words of `covered`, each once. */
  readonly words: StringList;
  /** Subjects it speaks of. */
  readonly about: readonly string[];
  readonly types: readonly AnswerType[];
  /** Places of its questions, and for a verdict the topic's names, among the remembered examples. */
  readonly examples: readonly number[];
}

export interface PreparedStatement extends Omit<IndexedStatement, "about"> {
  readonly topic: Topic;
  readonly statement: Statement;
  readonly about: ReadonlySet<string>;
}

/** Indexes every statement of a FAQ with the examples that lead to it. */
export function indexStatements(
  faq: Faq,
  examples: readonly TrainingExample[],
  lexicon: Lexicon,
  subjects: SubjectFinder,
): StatementIndex {
  const places = placesByStatement(examples);
  const statements = faq.topics.flatMap((topic) => topic.statements);
  const askedOf = (statement: Statement): string[] =>
    (places.get(statement.id) ?? []).map((at) => examples[at]?.text ?? "");
  const stated = statements.map(({ text, quotes }) =>
    queryTerms([text, ...quotes.flatMap((quote) => [quote.text, quote.section])].join(" . "), lexicon),
  );
  const covered = statements.map((statement) => {
    const said = [statement.text, statement.text, ...statement.quotes.map(({ text }) => text), ...askedOf(statement)];
    return analyze(said.join(" . "), lexicon).map(({ term }) => term);
  });
  return {
    ofStatements: indexTexts(stated),
    withQuestions: indexTexts(covered),
    statements: statements.map((statement, at) => {
      const mentioned =
        statement.about.length > 0 ? [] : subjects.mentions(statement.text).map(({ subject }) => subject);
      return {
        words: pack(new Set(covered[at])),
        about: [...new Set([...statement.about, ...mentioned])],
        types: [...new Set(askedOf(statement).map((question) => answerTypeOf(tokenize(question))))],
        examples: places.get(statement.id) ?? [],
      };
    }),
  };
}

/** The statements of a FAQ with what the index holds of them. */
export function prepareStatements(faq: Faq, statementIndex: StatementIndex): PreparedStatement[] {
  const statements = faq.topics.flatMap((topic) => topic.statements.map((statement) => ({ topic, statement })));
  return statements.flatMap(({ topic, statement }, at): PreparedStatement[] => {
    const known = statementIndex.statements[at];
    return known === undefined ? [] : [{ topic, statement, ...known, about: new Set(known.about) }];
  });
}

function placesByStatement(examples: readonly TrainingExample[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, { statement }] of examples.entries()) {
    if (statement === null) continue;
    const list = places.get(statement);
    if (list) list.push(at);
    else places.set(statement, [at]);
  }
  return places;
}
