// Holds the words that adapters put around a reply or say in its place; none holds text of a question or a document.

import type { Reply } from "../../src/reply.ts";
import type { VoteReason } from "./memory.ts";

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
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;

/** What a vote against a reply can say was wrong with it. */
export const REASONS: Readonly<Record<VoteReason, string>> = {
  wrong: "Wrong",
  incomplete: "Incomplete",
  "out-of-date": "Out of date",
  "not-asked": "Not what I asked",
};

/** The same within a sentence. */
export const saidOf = (reason: VoteReason): string => REASONS[reason].replace(/^./, (first) => first.toLowerCase());

/** Buttons by which people say that a reply did not help, and want to hear of a better one. */
export const FEEDBACK = { hear: "Tell me when it is answered", none: "None of these" };

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
  whatWasWrong: "What was wrong with it?",
  explained: (reason: VoteReason): string => `Thanks, noted: ${saidOf(reason)}.`,
  meantNone: "Noted: none of these. Please ask again in other words.",
  hearing: "I will tell you once that is answered.",
  notHeard: "I don't keep that question any more. Please ask it again.",
  notKept: "I can't keep anything just now. Please try again later.",
  /** @param person mark-up that notifies whoever waited for it */
  answeredNow: (person: string): string => `${person} This is answered now.`,
  voteNotKept: "I can't keep votes just now, so yours is not counted. Please vote again later.",
  hushed: "I'll be silent here for a day, unless I'm mentioned.",
  person: (human: string): string => `A person can help: ${human}`,
};
