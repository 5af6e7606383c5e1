// What a message of Slack's consists of, and what it shows besides its reply.

import type { Corpus } from "../../src/ingest/library.ts";
import { type Names, namesOf } from "../shared/names.ts";
import type { Asked } from "./buttons.ts";
import type { Block } from "./layout.ts";

/** The part of `chat.postMessage`'s arguments, and of a response's, that a reply decides. */
export interface Message {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: Block[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** What a message is to show besides the reply. */
export interface View {
  readonly asked: Asked;
  readonly names: Names;
  /** Titles that can be compared, the closest first, offered where `/compare` names none. */
  readonly topics: readonly string[];
  /** Id of the channel or user group that is offered on unknown. */
  readonly human: string | null;
  /** Whether only one person sees it: then it can be shared. */
  readonly isPrivate: boolean;
  /** One line above the reply where the question itself is not on the screen, e.g. "Ada asked: …". */
  readonly lead: string | null;
}

/** What all messages about a corpus show alike. */
export const frameOf = (corpus: Corpus, human: string | null): Pick<View, "names" | "human"> => ({
  names: namesOf(corpus),
  human,
});
