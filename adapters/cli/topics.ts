// Lists what a corpus can be asked.

import type { Offer } from "../../src/answer/offers.ts";
import type { Engine } from "../../src/engine.ts";
import { type CorpusOptions, open } from "../shared/corpus.ts";
import { clean } from "../shared/one-line.ts";
import { PROSE_WIDTH_MAX, print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";

export async function topics(options: CorpusOptions): Promise<void> {
  const engine = await open(options);
  options.json ? printJson(topicsOf(engine)) : print(renderTopics(engine, viewOf()));
}

const topicsOf = ({ corpus: { hash, faq }, offers }: Engine): unknown => ({
  corpus: hash,
  topics: offers.map(({ id, title, question, comparison }) => ({
    id,
    title,
    names: faq.topics.find((topic) => topic.id === id)?.names ?? [],
    example: question,
    isComparison: comparison !== null,
  })),
});

/** More headings are not listed: a long folder has thousands. */
const HEADINGS_MAX = 40;

export function renderTopics({ corpus: { faq, documents }, offers }: Engine, view: View): string {
  const ink = inkOf(view.colour);
  const width = Math.min(view.width, PROSE_WIDTH_MAX);
  const topicIds = new Set(faq.topics.map(({ id }) => id));
  const ofTopics = offers.filter(({ id }) => topicIds.has(id));
  const ofPages = offers.filter(({ id }) => !topicIds.has(id));
  const list = (heading: string, shown: readonly Offer[]): string[] =>
    shown.length === 0
      ? []
      : [
          ...fold(ink.heading(heading), width),
          ...shown.flatMap(({ id, title, question }) => [
            ...hang("  ", `${ink.strong(clean(title))}  ${ink.muted(clean(id.replace(/#.*/, "")))}`, width),
            ...(question === title ? [] : hang("    ", clean(question), width)),
          ]),
        ];
  const compared = ofTopics.filter(({ comparison }) => comparison !== null);
  const others = ofTopics.filter(({ comparison }) => comparison === null);
  const tables = ofPages.filter(({ comparison }) => comparison !== null);
  const headings = ofPages.filter(({ comparison }) => comparison === null);
  const more = headings.length - HEADINGS_MAX;
  return stack([
    list(`${count(compared.length, "topic")} to ask about or to compare`, compared),
    list(`${count(others.length, "topic")} to ask about`, others),
    list(`${count(tables.length, "table")} to compare`, tables),
    list(
      `${count(headings.length, "heading")} of ${count(documents.length, "document")} to ask about`,
      headings.slice(0, HEADINGS_MAX),
    ),
    more > 0 ? [`… and ${count(more, "heading")} more: --json lists them all`] : [],
    offers.length === 0 ? fold("Nothing here has a heading: ask in your own words.", width) : [],
  ]);
}
