// Names the threads of memory that a question may lean on and is added to, by where it was asked.

import type { Keys } from "../shared/desk.ts";

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

/** What begins all keys of a server; of a conversation outside of servers where it is null. */
export const workspaceOf = (guild: string | null): string => `discord:${guild ?? "dm"}:`;

/**
 * In a thread, all of it. Else the message that is replied to; the answer begins a thread of its own, so that two who
 * reply to one message don't get in each other's way.
 */
export function keysOf({ guild, channel, isConversation, replyTo, isHidden }: Spot): Keys {
  const whole = `${workspaceOf(guild)}${channel}`;
  if (isConversation && !isHidden) return { recalls: whole, remembers: [whole], begins: null };
  const below = (message: string): string => `${whole}:${message}`;
  return { recalls: replyTo === null ? null : below(replyTo), remembers: [], begins: below };
}
