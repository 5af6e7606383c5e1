// Questions to how often the sentence that holds the answer comes first, of all sentences of all passages.

import { type Answerable, answerableOf, type Collection } from "./data.ts";
import type { SearchEngine } from "./engine.ts";
import { FTS5_STOPPED, LUNR, MINISEARCH_DEFAULT, ORAMA, WINK } from "./engines.ts";
import type { Values } from "./ledger.ts";
import { share } from "./metrics.ts";
import { documentsOf, speaker } from "./ours.ts";
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
        "holds a whole answer, by its place. The peers index every sentence, split as ours are, with its passage's title.",
      of: "engine",
      columns: [
        { key: "right", title: "right sentence first", print: asShare },
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
          const judged = judge(collection, asked, (question) => {
            const [best] = index.search(question, 1);
            return (best && spans[best.place]) ?? null;
          });
          index.close?.();
          return judged;
        });
    }
  },
};

function judge(
  collection: Collection,
  asked: readonly Answerable[],
  answer: (question: string) => Span | null,
): Values {
  const start = performance.now();
  const right = share(asked, (one) => {
    const span = answer(one.question);
    if (span === null || collection.passages[span.place]?.id !== one.passage) return false;
    return one.answers.some(({ text, start: from }) => from >= span.start && from + text.length <= span.end);
  });
  return { right, ms: (performance.now() - start) / asked.length, questions: asked.length };
}

/** Every sentence of a collection, with where it stands. */
export function sentencesOf({ passages }: Pick<Collection, "passages">): {
  spans: Span[];
  texts: { title: string; text: string }[];
} {
  const all = documentsOf(passages)
    .flatMap(({ title, blocks }) => blocks.map((block) => ({ title, block })))
    .flatMap(({ title, block }, place) =>
      block.sentences.map(({ text, lines }) => ({
        span: { place, start: lines.start - 1, end: lines.end },
        text: { title, text },
      })),
    );
  return { spans: all.map(({ span }) => span), texts: all.map(({ text }) => text) };
}
