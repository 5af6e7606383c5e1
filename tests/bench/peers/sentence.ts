// Questions to how often the sentence that holds the answer comes first, of all sentences of all passages.

import { STATEMENT_LENGTH_MAX } from "../../../src/reply.ts";
import { inTurn } from "../frame/suite.ts";
import { type Answerable, answerableOf, type Collection } from "./data.ts";
import type { SearchEngine } from "./engine.ts";
import { FTS5_STOPPED, LUNR, MINISEARCH_DEFAULT, ORAMA, WINK } from "./engines.ts";
import { grouped } from "./grouped.ts";
import type { Values } from "./ledger.ts";
import { share } from "./metrics.ts";
import { sentencesIn, speaker } from "./ours.ts";
import { asCount, asMs, asShare, type Context, type Part, upTo } from "./part.ts";

const QUICK_QUESTIONS = 60;
const OURS = "Footnote";
const OVER_SENTENCES: readonly SearchEngine[] = [MINISEARCH_DEFAULT, ORAMA, LUNR, WINK, FTS5_STOPPED];

/** A sentence by the passage it stands in and its characters there. */
interface Span {
  readonly place: number;
  readonly start: number;
  readonly end: number;
}

export const sentence: Part = {
  name: "sentence",
  title: "Answer sentence",
  tables: [
    {
      id: "sentence",
      title: "The right sentence first",
      about:
        "Each answerable question is asked of all passages. Right is a sentence of the passage it was written on that " +
        "holds a whole answer, by its place. The peers index every sentence, split as ours are, with its passage's title. “Of those that fit”: of the questions whose answer stands in a sentence " +
        "of at most 300 characters; Footnote quotes no longer ones.",
      of: "engine",
      columns: [
        { key: "right", title: "right sentence first", print: asShare, better: "high" },
        { key: "rightShort", title: "of those that fit", print: asShare },
        { key: "ms", title: "mean ms", print: asMs },
        { key: "questions", title: "questions", print: asCount },
      ],
    },
  ],
  async measure({ data, isQuick, ledger }: Context) {
    for (const collection of data.collections) {
      const asked = upTo(answerableOf(collection), isQuick, QUICK_QUESTIONS);
      if (asked.length === 0) continue;
      const place = { table: "sentence", group: collection.name };
      await ledger.measure({ ...place, row: OURS }, async () => {
        const speak = await speaker(collection.passages);
        return judge(collection, asked, speak);
      });
      for (const engine of OVER_SENTENCES)
        await ledger.measure({ ...place, row: `${engine.name}, over sentences` }, async () => {
          const { spans, texts } = sentencesOf(collection);
          const index = await engine.build(texts, ":memory:");
          const judged = await judge(collection, asked, async (question) => {
            const [best] = await index.search(question, 1);
            return (best && spans[best.place]) ?? null;
          });
          index.close?.();
          return judged;
        });
    }
  },
};

async function judge(
  collection: Collection,
  asked: readonly Answerable[],
  answer: (question: string) => Promise<Span | null>,
): Promise<Values> {
  const start = performance.now();
  const spans = await inTurn(asked, ({ question }) => answer(question));
  const ms = (performance.now() - start) / asked.length;
  const isRight = (one: Answerable, span: Span | null | undefined): boolean =>
    span != null && collection.passages[span.place]?.id === one.passage && holds(span, one);
  const judged = asked.map((one, at) => ({ one, isRight: isRight(one, spans[at]) }));
  const all = sentencesOf(collection).spans.filter(({ start: from, end }) => end - from <= STATEMENT_LENGTH_MAX);
  const short = grouped(all, ({ place }) => collection.passages[place]?.id ?? "");
  const fitting = judged.filter(({ one }) => short.get(one.passage)?.some((span) => holds(span, one)));
  return {
    right: share(judged, (one) => one.isRight),
    rightShort: share(fitting, (one) => one.isRight),
    ms,
    questions: asked.length,
  };
}

const holds = (span: Span, { answers }: Answerable): boolean =>
  answers.some(({ text, start }) => start >= span.start && start + text.length <= span.end);

/** Every sentence of a collection, with where it stands. */
export function sentencesOf({ passages }: Pick<Collection, "passages">): {
  spans: Span[];
  texts: { title: string; text: string }[];
} {
  const all = passages.flatMap(({ title, text: whole }, place) =>
    sentencesIn(whole).map(({ text, start, end }) => ({ span: { place, start, end }, text: { title, text } })),
  );
  return { spans: all.map(({ span }) => span), texts: all.map(({ text }) => text) };
}
