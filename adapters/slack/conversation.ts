// Names the threads of memory that a question may lean on and is added to, by where it was asked.

import type { Keys } from "../shared/desk.ts";

/** Seen by one person only, so it leaves nothing behind that another one's question could lean on. */
export const PRIVATE: Keys = { recalls: null, remembers: [], begins: null };

/** What begins all keys of a workspace. */
export const workspaceOf = (team: string): string => `${team}:`;

/** A message's name, which its answer carries. */
export const messageId = (team: string, channel: string, ts: string): string =>
  `${workspaceOf(team)}message:${channel}:${ts}`;

/** Key of a thread's memory. */
export const threadKey = (team: string, channel: string, root: string): string =>
  `${workspaceOf(team)}${channel}:${root}`;

/**
 * What is asked in public. In a direct conversation people also go on at its top, so there it is a thread of its own.
 * @param thread stamp of the thread it is asked in; null at the top
 * @param root stamp of the message whose thread the answer is in
 */
export function keysOf(team: string, channel: string, thread: string | null, root: string): Keys {
  const own = threadKey(team, channel, root);
  if (!channel.startsWith("D")) return { recalls: own, remembers: [own], begins: null };
  const whole = threadKey(team, channel, "top");
  return { recalls: thread === null ? whole : own, remembers: [own, whole], begins: null };
}
