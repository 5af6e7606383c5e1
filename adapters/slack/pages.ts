// Renders what a button shows of a reply already given: what did not fit its message, and what its sources say.

import type { Citation, Reply } from "../../src/reply.ts";
import { markOf, type Shown } from "./buttons.ts";
import { actions, type Block, type Message, messageOf, paginate, sections } from "./layout.ts";
import { moreButton, pagesOf, placeOf, whereOf } from "./render.ts";
import { labelled, line, prose, quoted, richText, words } from "./rich-text.ts";
import type { View } from "./view.ts";

/** What of a reply didn't fit its message, from page 1 on. */
export const renderRest = (reply: Reply, view: View, page: number): Message =>
  pageOf(pagesOf(reply, view), page, "rest", { asked: view.asked, mark: markOf(reply) });

/** Where a reply stands: each citation with its place, its age and what its lines say, word for word. */
export function renderSources(reply: Reply, view: View, page: number): Message {
  const shown = { asked: view.asked, mark: markOf(reply) };
  const citations = "citations" in reply ? reply.citations : [];
  const blocks = citations.map((citation) => sourceBlock(citation, view));
  const pages = paginate(blocks, actions(moreButton("quotes", page + 1, shown)));
  return pageOf(pages, page, "quotes", shown);
}

function sourceBlock(citation: Citation, { sourceOf }: View): Block {
  const { number, title, section, lines, page, quote } = citation;
  const { address, updated } = sourceOf(citation);
  const where = [whereOf({ lines, page }), ...(updated === null ? [] : [updated])];
  return richText([
    line([
      ...words(`[${number}] `),
      ...labelled(address, placeOf(title, section), true),
      ...words(`, ${where.join(" · ")}`),
    ]),
    quoted(prose(quote)),
  ]);
}

function pageOf(pages: readonly Block[][], page: number, what: "quotes" | "rest", shown: Shown): Message {
  const more = page + 1 < pages.length ? moreButton(what, page + 1, shown) : [];
  const blocks = pages[page] ?? [];
  const shownBlocks = blocks.length > 0 ? blocks : sections(["There is nothing more to show."]);
  return messageOf([...shownBlocks, ...actions(more)], shownBlocks);
}
