// Says what a Slack message shows besides its reply.

import type { Engine } from "../../src/engine.ts";
import type { Citation } from "../../src/reply.ts";
import { cautionOf, dateWords, updatesOf } from "../shared/age.ts";
import type { ChannelSettings } from "../shared/channels.ts";
import { type Frame, frameOf } from "../shared/names.ts";
import { type SourceAddresses, sourceAddress } from "../shared/source-address.ts";
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
  /** Where a citation can be read, and how old its document is. */
  readonly sourceOf: (citation: Citation) => Source;
  /** What is to be said with an answer from old documents; null where none is. */
  readonly cautionOf: (citations: readonly Citation[]) => string | null;
}

export interface Source {
  /** Of its lines, else of its page; null where neither has an address. */
  readonly address: string | null;
  /** When its document was last updated, where that says so. */
  readonly updated: string | null;
}

/** How a message is seen; whom to ask where that is another one than everywhere. */
export type Seen = Pick<View, "isPrivate" | "lead" | "receipt"> & Partial<Pick<View, "human">>;

export type Views = (asked: Asked, seen: Seen) => View;

/** Whom to ask may be the channel's own. */
export const seenAs = <S extends Partial<Seen>>(seen: S, { human }: ChannelSettings): S =>
  human === null ? seen : { ...seen, human };

/** What views are made of besides their engine. */
export interface Outlook {
  /** Id of the channel or user group that is offered on unknown; null for nobody. */
  readonly human: string | null;
  readonly addresses: SourceAddresses;
  /** The clock, in milliseconds since 1970: what is cited may have grown old. */
  readonly now: () => number;
  /** Whether somebody can be told when a question is answered; not by default. */
  readonly canTellLater?: boolean;
}

export function createViews(
  { corpus, offers }: Engine,
  { human, addresses, now, canTellLater = false }: Outlook,
): Views {
  const frame = frameOf(corpus, human);
  const updates = updatesOf(corpus);
  const sourceOf = (citation: Citation): Source => {
    const updated = updates.get(citation.document);
    return {
      address: sourceAddress(citation, corpus.hash, addresses),
      updated: updated === undefined ? null : `last updated ${dateWords(updated)}`,
    };
  };
  const caution = (citations: readonly Citation[]) => cautionOf(citations, updates, now(), (title) => title);
  return (asked, seen) => {
    const topics = asked.kind === "compare" ? offers.flatMap(({ comparison }) => comparison ?? []) : [];
    return { ...frame, asked, topics, sourceOf, cautionOf: caution, canTellLater, ...seen };
  };
}

/** A channel's link, or a user group's name. The latter notifies: only for messages that one person sees. */
export const humanMention = (human: string): string => (isGroup(human) ? `<!subteam^${human}>` : `<#${human}>`);

/** Whether an id is a user group's. */
export const isGroup = (human: string): boolean => human.startsWith("S");
