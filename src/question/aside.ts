// Tells what a message is that is meant for the bot but asks nothing of the documents itself.

import { tokenize } from "../text/analyzer.ts";
import asides from "../text/words/asides.json" with { type: "json" };
import { oneOf } from "../text/words.ts";
import { parseQuestion } from "./parse.ts";

/** It points at somebody else's question, thanks, or wants the bot to be quiet. */
export type Aside = "pointing" | "thanks" | "stop";

/** Nothing but signs that point up. */
const POINTS_UP = /^(?:[\s^?!.]|\p{Emoji_Modifier}|\uFE0F|↑|⬆|☝|👆)*$/u;
const SHOWS_SIGN = /\^|↑|⬆|☝|👆/u;
const POINTS_AT_OTHERS = new RegExp(
  `^(?:(?:${oneOf(asides.openings)} )*${oneOf(asides.verbs)} ${oneOf(asides.objects)}|${oneOf(asides.alone)})(?: ${oneOf(asides.endings)})*$`,
);
const STOP = new RegExp(`^(?:${oneOf(asides.openings)} )*${oneOf(asides.stop)}(?: ${oneOf(asides.endings)})*$`);
const WORDS_MAX = 12;

/** Null for a message that asks something, and for one that is empty. */
export function asideOf(message: string): Aside | null {
  if (SHOWS_SIGN.test(message) && POINTS_UP.test(message)) return "pointing";
  const words = tokenize(message);
  if (words.length === 0 || words.length > WORDS_MAX) return null;
  const said = words.join(" ");
  if (POINTS_AT_OTHERS.test(said)) return "pointing";
  if (STOP.test(said)) return "stop";
  return parseQuestion(message).smalltalk === "thanks" ? "thanks" : null;
}
