// Renders what a button shows of a reply already given: what did not fit its message, and what its sources say.

import type { Reply } from "../../src/reply.ts";
import { type Asked, markOf, type Shown } from "./buttons.ts";
import { actions, type Block, type Message, messageOf, paginate, sections, within } from "./layout.ts";
import { moreButton, pagesOf, sourceLine } from "./render.ts";
import type { View } from "./view.ts";

/** What of a reply didn't fit its message, from page 1 on. */
export const renderRest = (reply: Reply, view: View, page: number): Message =>
  pageOf(pagesOf(reply, view), page, "rest", { asked: view.asked, mark: markOf(reply) });

/** What the sources of a reply say, word for word. */
export function renderQuotes(reply: Reply, asked: Asked, page: number): Message {
  const shown = { asked, mark: markOf(reply) };
  const citations = "citations" in reply ? reply.citations : [];
  const lines = citations.flatMap((citation) => [`*${sourceLine(citation)}*`, `> ${within(citation.quote)}`]);
  const pages = paginate(sections(lines), actions(moreButton("quotes", page + 1, shown)));
  return pageOf(pages, page, "quotes", shown);
}

function pageOf(pages: readonly Block[][], page: number, what: "quotes" | "rest", shown: Shown): Message {
  const more = page + 1 < pages.length ? moreButton(what, page + 1, shown) : [];
  const blocks = pages[page] ?? [];
  const shownBlocks = blocks.length > 0 ? blocks : sections(["There is nothing more to show."]);
  return messageOf([...shownBlocks, ...actions(more)], shownBlocks);
}
