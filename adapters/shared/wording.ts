// Holds the words that adapters put around a reply or say in its place; none holds text of a question or a document.

import type { Reply } from "../../src/reply.ts";

/** An empty cell of a comparison. */
export const NOT_SAID = "the documents do not say";

/** What the sides of a disagreement stand below, before its point. */
export const SOURCES_DIFFER = "The sources differ on:";

/** What suggestions stand below. */
export const SUGGESTIONS_LEAD: Record<Exclude<Reply["kind"], "clarify">, string> = {
  answer: "Ask next",
  comparison: "Ask next",
  leads: "You can ask",
  unknown: "You can ask",
  help: "For example",
};

/** "1 document", "5 documents". */
export const count = (number: number, noun: string): string =>
  `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

const CHANNELS_NAMED = 20;

/** What a bot says to one person where it gives no reply. */
export const NOTICE = {
  failed: "Something went wrong on my side. Please ask again in a minute.",
  noText: "That message has no text that I can read.",
  limited: (retryAfterMs: number): string =>
    `That was a lot of questions in a minute. Please ask again in ${count(Math.max(1, Math.ceil(retryAfterMs / 1000)), "second")}.`,
  /** @param channels ids, which Slack and Discord link alike */
  elsewhere: (channels: readonly string[]): string => {
    const named = channels.slice(0, CHANNELS_NAMED).map((id) => `<#${id}>`);
    return `I answer in ${named.join(", ")}. Please ask there.`;
  },
  /** @param human mark-up of whom to ask instead */
  voted: (value: "up" | "down", human: string | null): string =>
    value === "up"
      ? "Thanks, noted."
      : ["Thanks, noted. Sorry that it did not help.", ...(human === null ? [] : [NOTICE.person(human)])].join(" "),
  voteNotKept: "I can't keep votes just now, so yours is not counted. Please vote again later.",
  hushed: "I'll be silent here for a day, unless I'm mentioned.",
  person: (human: string): string => `A person can help: ${human}`,
};
