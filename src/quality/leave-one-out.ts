// Measures how well topics answer example questions that they were not taught.

import type { Engine } from "../engine.ts";
import type { Faq, Statement } from "../ingest/faq.ts";
import type { Reply } from "../reply.ts";
import type { Compiled } from "../store/snapshot.ts";
import { teach } from "./teach.ts";

export interface LeaveOneOutReport {
  readonly asked: number;
  /** Share of the questions answered from their own topic; 1 where none was asked. */
  readonly rightShare: number;
  /** Share answered from another topic by a statement that rests on a quote of the right one. */
  readonly sameQuotesShare: number;
  /** Share answered from another topic whose statement rests on none of the same quotes. */
  readonly wrongShare: number;
  /** Share left without an answer: unknown, or asked back. */
  readonly unansweredShare: number;
  /** The wrongly answered, in the order of the FAQ. */
  readonly confusions: readonly { readonly question: string; readonly expected: string; readonly given: string }[];
  /** The unanswered, in the order of the FAQ. */
  readonly unanswered: readonly { readonly question: string; readonly expected: string }[];
}

/** Called after each fold. */
export type OnProgress = (done: number, total: number) => void;

/** Every question is held out once, with a twentieth of the others. */
const FOLDS = 20;

/**
 * Asks every example question of an engine that was trained without it. Training anew for each of thousands of
 * questions would take hours, so each is held out with a twentieth of the others: first those at places 0, 20, 40 …
 * of the FAQ, then those at 1, 21, 41 …; the same on every machine. The vocabulary is counted without them as well.
 */
export async function leaveOneOut(compiled: Compiled, onProgress?: OnProgress): Promise<LeaveOneOutReport> {
  const { faq } = compiled.corpus;
  const examples = faq.topics.flatMap(({ id, statements }) =>
    statements.flatMap((statement) =>
      statement.examples.map(({ question }): Example => ({ question, topic: id, statement })),
    ),
  );
  const results: Result[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const places = [...examples.keys()].filter((place) => place % FOLDS === fold);
    if (places.length === 0) break;
    const heldOut = places.flatMap((place) => examples[place] ?? []);
    const engine = await engineWithout(new Set(heldOut.map(({ question }) => question)), compiled);
    for (const [at, example] of heldOut.entries())
      results.push({ place: places[at] ?? 0, example, ...outcomeOf(example, await engine.answer(example.question)) });
    onProgress?.(fold + 1, Math.min(FOLDS, examples.length));
  }
  results.sort((a, b) => a.place - b.place);
  const confusions = results.flatMap(({ kind, example, given }) =>
    kind === "wrong" ? [{ question: example.question, expected: example.topic, given }] : [],
  );
  const unanswered = results
    .filter(({ kind }) => kind === "unanswered")
    .map(({ example }) => ({ question: example.question, expected: example.topic }));
  const share = (count: number): number => (results.length === 0 ? 0 : count / results.length);
  return {
    asked: results.length,
    rightShare: results.length === 0 ? 1 : share(results.filter(({ kind }) => kind === "right").length),
    sameQuotesShare: share(results.filter(({ kind }) => kind === "same-quotes").length),
    wrongShare: share(confusions.length),
    unansweredShare: share(unanswered.length),
    confusions,
    unanswered,
  };
}

interface Example {
  readonly question: string;
  readonly topic: string;
  readonly statement: Statement;
}

type Outcome =
  | { readonly kind: "right" | "same-quotes" | "wrong"; readonly given: string }
  | { readonly kind: "unanswered"; readonly given: null };
type Result = { readonly place: number; readonly example: Example } & Outcome;

/** The engine of a corpus whose FAQ was never taught these questions: nothing of them is left in its model. */
export async function engineWithout(heldOut: ReadonlySet<string>, { corpus, model }: Compiled): Promise<Engine> {
  const faq = faqWithout(heldOut, corpus.faq);
  return teach(faq, { corpus, model }, heldOut);
}

function faqWithout(heldOut: ReadonlySet<string>, faq: Faq): Faq {
  const without = (statement: Statement): Statement => ({
    ...statement,
    examples: statement.examples.filter(({ question }) => !heldOut.has(question)),
  });
  const topics = faq.topics.map((topic) => {
    const [verdict, ...others] = topic.statements;
    return { ...topic, statements: [without(verdict), ...others.map(without)] as const };
  });
  const outside = faq.outside.map(({ title, examples }) => ({
    title,
    examples: examples.filter((question) => !heldOut.has(question)),
  }));
  return { ...faq, topics, outside };
}

function outcomeOf({ topic, statement }: Example, reply: Reply): Outcome {
  if ((reply.kind !== "answer" && reply.kind !== "comparison") || reply.topic === null)
    return { kind: "unanswered", given: null };
  if (reply.topic === topic) return { kind: "right", given: topic };
  const headed = reply.citations.filter(({ number }) => reply.verdict?.citations.includes(number));
  const isShared = headed.some((citation) =>
    statement.quotes.some((quote) => quote.document === citation.document && quote.text === citation.quote),
  );
  return { kind: isShared ? "same-quotes" : "wrong", given: reply.topic };
}
