// Says what a Slack message shows besides its reply.

import type { Engine } from "../../src/engine.ts";
import { type Frame, frameOf } from "../shared/names.ts";
import type { Asked } from "./buttons.ts";

/** What a message is to show besides the reply; `human` is the id of a channel or user group. */
export interface View extends Frame {
  readonly asked: Asked;
  /** Titles that can be compared, offered where `/compare` names none. */
  readonly topics: readonly string[];
  /** Whether only one person sees it: then it can be shared. */
  readonly isPrivate: boolean;
  /** One line above the reply where the question itself is not on the screen, e.g. "Ada asked: …". */
  readonly lead: string | null;
  /** What names the reply in its buttons; left out where people's words on it can't be kept. */
  readonly receipt?: string;
  /** Whether somebody can be told when the question is answered. */
  readonly canTellLater?: boolean;
}

/** What a view shows besides the corpus's own. */
export type Seen = Pick<View, "isPrivate" | "lead" | "receipt">;

export type Views = (asked: Asked, seen: Seen) => View;

/** @param human id of the channel or user group that is offered on unknown */
export function createViews(engine: Engine, human: string | null, canTellLater = false): Views {
  const frame = frameOf(engine.corpus, human);
  return (asked, seen) => {
    const topics = asked.kind === "compare" ? engine.offers.flatMap(({ comparison }) => comparison ?? []) : [];
    return { ...frame, asked, topics, canTellLater, ...seen };
  };
}

/** A channel's link, or a user group's name. The latter notifies: only for messages that one person sees. */
export const humanMention = (human: string): string => (isGroup(human) ? `<!subteam^${human}>` : `<#${human}>`);

/** Whether an id is a user group's. */
export const isGroup = (human: string): boolean => human.startsWith("S");
