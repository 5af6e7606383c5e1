// A corpus's topics to a list of what it can be asked.

import type { Topic } from "../../src/faq.ts";
import type { Corpus } from "../../src/library.ts";
import { clean } from "../clean.ts";
import { count } from "../wording.ts";
import { type CorpusOptions, open } from "./corpus.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";
import { PROSE_WIDTH_MAX, print, printJson, type View, viewOf } from "./terminal.ts";

export async function topics(options: CorpusOptions): Promise<void> {
  const { corpus } = await open(options);
  options.json ? printJson(topicsOf(corpus)) : print(renderTopics(corpus, viewOf()));
}

const topicsOf = ({ hash, faq }: Corpus): unknown => ({
  corpus: hash,
  topics: faq.topics.map((topic) => ({
    id: topic.id,
    title: topic.title,
    names: topic.names,
    example: exampleOf(topic),
    isComparison: topic.rows.length > 0,
  })),
});

const exampleOf = ({ title, points }: Topic): string => points[0].asked[0]?.question ?? title;

export function renderTopics({ faq, documents }: Corpus, view: View): string {
  const ink = inkOf(view.colour);
  const width = Math.min(view.width, PROSE_WIDTH_MAX);
  if (faq.topics.length === 0) {
    const text = `This corpus has no topics: ask in your own words, and sentences of its ${count(documents.length, "document")} are quoted.`;
    return fold(text, width).join("\n");
  }
  const list = (heading: string, shown: readonly Topic[]): string[] =>
    shown.length === 0
      ? []
      : [
          ...fold(ink.heading(heading), width),
          ...shown.flatMap((topic) => [
            ...hang("  ", `${ink.strong(clean(topic.title))}  ${ink.muted(topic.id)}`, width),
            ...hang("    ", clean(exampleOf(topic)), width),
          ]),
        ];
  const compared = faq.topics.filter(({ rows }) => rows.length > 0);
  const others = faq.topics.filter(({ rows }) => rows.length === 0);
  return stack([
    list(`${count(compared.length, "topic")} to ask about or to compare`, compared),
    list(`${count(others.length, "topic")} to ask about`, others),
  ]);
}
