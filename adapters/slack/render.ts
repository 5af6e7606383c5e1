// A Reply to the one message that shows it in Slack: the verdict first, then what supports it, then where it stands.

import type { Reply } from "../../src/reply.ts";
import { readingLine } from "../shared/reading-line.ts";
import { SUGGESTIONS_LEAD } from "../shared/wording.ts";
import { bodyOf } from "./body.ts";
import { type Asked, BUTTON, markOf, type Pressed, pressable, type Shown, writeButton } from "./buttons.ts";
import { sourceLine } from "./cite.ts";
import { fallback } from "./fallback.ts";
import { isGroup } from "./human.ts";
import { actions, BLANK, type Block, type Button, button, contexts, paginate, sections, within } from "./layout.ts";
import type { Message, View } from "./view.ts";

/** The reply within all of Slack's limits; what doesn't fit is behind a button. */
export function renderReply(reply: Reply, view: View): Message {
  const { lead, asked } = view;
  const shown = { asked, mark: markOf(reply) };
  const [first = [], ...rest] = pagesOf(reply, view);
  const above = lead === null ? [] : leadBlocks(lead);
  const tools = actions([...(rest.length > 0 ? moreButton("rest", 1, shown) : []), ...toolsOf(reply, shown, view)]);
  const next = [...readingBlocks(reply, view), ...suggestionsOf(reply)];
  return messageOf([...above, ...first, ...tools, ...next, ...votes(reply)], [...above, ...first, ...next]);
}

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

/**
 * Slack refuses a message without text or blocks, so an empty one is a dash.
 * @param spoken those that the text stands in for
 */
const messageOf = (blocks: Block[], spoken: readonly Block[] = blocks): Message => ({
  text: fallback(spoken).trim() || BLANK,
  blocks: blocks.length > 0 ? blocks : sections([BLANK]),
  unfurl_links: false,
  unfurl_media: false,
});

/** One sentence of our own as a message; it may hold our own markup. */
export const say = (text: string): Message => messageOf(sections([text]));

/** The body in pages that leave room for all that may stand around it, so that the same reply always parts alike. */
function pagesOf(reply: Reply, view: View): Block[][] {
  const shown = { asked: view.asked, mark: markOf(reply) };
  const tools = [...moreButton("rest", 1, shown), ...toolsOf(reply, shown, { ...view, isPrivate: true })];
  const above = leadBlocks("x".repeat(LEAD_LENGTH_MAX));
  const below = [...actions(tools), ...readingBlocks(reply, view), ...suggestionsOf(reply), ...votes(reply)];
  return paginate(bodyOf(reply, view), [...above, ...below]);
}

const leadBlocks = (lead: string): Block[] => contexts([within(lead, LEAD_LENGTH_MAX)]);
const LEAD_LENGTH_MAX = 500;
/** Of a word that was corrected, or a topic that was carried over. */
const READ_LENGTH_MAX = 120;

const readingBlocks = (reply: Reply, { names }: View): Block[] =>
  contexts([readingLine(reply, names, (text) => within(text, READ_LENGTH_MAX))]);

function suggestionsOf(reply: Reply): Block[] {
  if (reply.kind === "clarify" || reply.suggestions.length === 0) return [];
  const buttons = reply.suggestions.flatMap((question, at) =>
    pressable(at, question, { kind: "ask", question, after: [] }, `Ask: ${question}`),
  );
  return buttons.length === 0 ? [] : [...contexts([SUGGESTIONS_LEAD[reply.kind]]), ...actions(buttons)];
}

function toolsOf(reply: Reply, shown: Shown, { human, isPrivate }: View): Button[] {
  const states = reply.kind === "answer" || reply.kind === "comparison";
  const ids: [id: string, text: string, pressed: Pressed, label: string][] = [];
  if (reply.kind === "unknown" && human !== null && isGroup(human))
    ids.push([BUTTON.human, "Ask a person", { kind: "human" }, "Show how to reach a person"]);
  if (isPrivate && states)
    ids.push([BUTTON.share, "Share in channel", { kind: "share", of: shown }, "Share this reply with everybody here"]);
  const buttons = ids.flatMap(([id, text, pressed, label]) => {
    const value = writeButton(pressed);
    return value === null ? [] : [button(`${id}:0`, text, value, label)];
  });
  return [...(states && reply.citations.length > 0 ? moreButton("quotes", 0, shown) : []), ...buttons];
}

function moreButton(what: "quotes" | "rest", page: number, shown: Shown): Button[] {
  const value = writeButton({ kind: "show", what, page, of: shown });
  const text = what === "rest" ? "Show the rest" : page === 0 ? "Show the quotes" : "More quotes";
  return value === null ? [] : [button(`${BUTTON.show}:${what}`, text, value)];
}

function pageOf(pages: readonly Block[][], page: number, what: "quotes" | "rest", shown: Shown): Message {
  const more = page + 1 < pages.length ? moreButton(what, page + 1, shown) : [];
  const blocks = pages[page] ?? [];
  const shownBlocks = blocks.length > 0 ? blocks : sections(["There is nothing more to show."]);
  return messageOf([...shownBlocks, ...actions(more)], shownBlocks);
}

function votes(reply: Reply): Block[] {
  if (reply.kind === "clarify" || reply.kind === "help") return [];
  const vote = (value: "up" | "down") =>
    writeButton({ kind: "vote", value, topic: reply.reading.topic?.slice(0, 100) ?? null });
  const [up, down] = [vote("up"), vote("down")];
  if (up === null || down === null) return [];
  const face = (text: string) => ({ type: "plain_text" as const, text, emoji: false });
  return [
    {
      type: "context_actions",
      elements: [
        {
          type: "feedback_buttons",
          action_id: `${BUTTON.vote}:0`,
          positive_button: { text: face("Helpful"), value: up, accessibility_label: "This reply was helpful" },
          negative_button: {
            text: face("Not helpful"),
            value: down,
            accessibility_label: "This reply was not helpful",
          },
        },
      ],
    },
  ];
}
