// Shows a message in a window: opened from the Home tab, renewed or stacked upon from a button in it.

import type { types, webApi } from "@slack/bolt";
import type { Calls } from "./calls.ts";
import { EXPIRED, failureOf } from "./failure.ts";
import { type Block, listed, type Message } from "./layout.ts";
import { VIEW_BLOCKS_MAX } from "./limits.ts";
import type { Place } from "./outgoing.ts";
import { type Inline, words } from "./rich-text.ts";

export interface WindowOptions {
  /** What Slack lets a window open with, for three seconds. */
  readonly trigger: string;
  /** The window that holds the button; null where there is none yet. */
  readonly window: string | null;
  /** Where it is said when the three seconds are over. */
  readonly otherwise: Place;
}

const TITLE = "Footnote";

/** A window's place: a reply takes the place of the one before, what is said besides is stacked upon it. */
export function inWindow(client: webApi.WebClient, calls: Calls, { trigger, window, otherwise }: WindowOptions): Place {
  const show = async (message: Message, isStacked: boolean): Promise<void> => {
    const view = viewOf(message);
    const send = (): Promise<unknown> => {
      if (window === null) return client.views.open({ trigger_id: trigger, view });
      if (isStacked) return client.views.push({ trigger_id: trigger, view });
      return client.views.update({ view_id: window, view });
    };
    try {
      await calls.make(send);
    } catch (error) {
      const { code } = failureOf(error);
      // Three windows stand upon each other at most.
      if (code === "push_limit_reached" && window !== null) return show(message, false);
      if (!EXPIRED.has(code) && code !== "not_found") throw error;
      await otherwise.post(message);
    }
  };
  return { post: (message) => show(message, false), whisper: (message) => show(message, true) };
}

/** What windows can't hold is left out (votes) or written out (tables). https://docs.slack.dev/surfaces/modals/ */
export const viewOf = ({ blocks }: Message): types.ModalView => ({
  type: "modal",
  title: { type: "plain_text", text: TITLE, emoji: false },
  close: { type: "plain_text", text: "Close", emoji: false },
  blocks: blocks.flatMap(forWindow).slice(0, VIEW_BLOCKS_MAX),
});

function forWindow(block: Block): Block[] {
  if (block.type === "context_actions") return [];
  if (block.type !== "table" && block.type !== "data_table") return [block];
  const [head = [], ...rows] = block.rows.map((row) => row.map(partsOf));
  return listed(
    rows.map(([first = [], ...cells]) => ({
      ...{ number: null, depth: 0 },
      parts: [
        ...first,
        ...cells.flatMap((cell, at) => [
          ...words(at === 0 ? " – " : "; "),
          ...(head[at + 1] ?? []),
          ...words(": "),
          ...cell,
        ]),
      ],
    })),
  );
}

type Cell = Extract<Block, { type: "table" }>["rows"][number][number];

const partsOf = (cell: Cell): Inline[] => {
  if (cell.type === "raw_text") return words(cell.text);
  if (cell.type !== "rich_text") return [];
  return cell.elements.flatMap((element) =>
    element.type === "rich_text_section"
      ? element.elements.filter((part) => part.type === "text" || part.type === "link")
      : [],
  );
};
