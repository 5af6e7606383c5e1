// Where a question was asked to the earlier questions it may lean on, and to the key its own answer is remembered by.

import type { Threads } from "../shared/memory.ts";

/** Where something was asked, and what it was asked in reply to. */
export interface Spot {
  readonly guild: string | null;
  readonly channel: string;
  /** A thread or a direct message: all of it is one conversation. */
  readonly isConversation: boolean;
  /** The bot's message that was replied to, or whose button was pressed. */
  readonly replyTo: string | null;
  /** Seen by the asker only: it must leave no trace in what others ask after it. */
  readonly isHidden: boolean;
}

/** The questions before this one, oldest first. */
export async function recall(threads: Threads, spot: Spot): Promise<readonly string[]> {
  if (isShared(spot)) return threads.recall(channelKey(spot));
  return spot.replyTo === null ? [] : threads.recall(messageKey(spot, spot.replyTo));
}

/**
 * Remembers a question for those who ask after it: in the thread, or else for replies to the message that answered it,
 * so that two who reply to one message don't get in each other's way.
 * @param answered the bot's message; null where Discord did not tell it
 */
export async function remember(
  threads: Threads,
  spot: Spot,
  after: readonly string[],
  question: string,
  answered: string | null,
): Promise<void> {
  if (isShared(spot)) return threads.remember(channelKey(spot), question);
  if (answered === null) return;
  for (const one of [...after, question]) await threads.remember(messageKey(spot, answered), one);
}

const isShared = ({ isConversation, isHidden }: Spot): boolean => isConversation && !isHidden;
const channelKey = ({ guild, channel }: Spot): string => `discord:${guild ?? "dm"}:${channel}`;
const messageKey = (spot: Spot, message: string): string => `${channelKey(spot)}:${message}`;
