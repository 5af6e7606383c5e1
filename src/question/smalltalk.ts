// Takes greetings and politeness off a message, and tells what is nothing else.

import { isStopWord, tokenize } from "../text/analyzer.ts";
import bot from "../text/words/bot-words.json" with { type: "json" };
import help from "../text/words/help-phrases.json" with { type: "json" };
import politeness from "../text/words/politeness.json" with { type: "json" };
import smalltalk from "../text/words/smalltalk.json" with { type: "json" };
import { CONNECTIVES, oneOf, oneOfPhrases, QUESTION_WORDS } from "../text/words.ts";

/** Nothing is asked: a greeting, thanks, or a wish for help with the bot itself. */
export type Smalltalk = "greeting" | "thanks" | "help";

/** Signs and white space between what is polite and what is asked. */
const GAP = String.raw`[\s,.:;–—-]`;
const ANY_GAP = String.raw`[\s,.!?:;–—-]`;

const GREETING = new RegExp(
  `^(?:(?:${politeness.drawnOut.map((word) => `${word}+`).join("|")}|${oneOfPhrases(politeness.greetings)})` +
    `(?: ${oneOf(politeness.addressees)})*)${String.raw`(?=$|[\s,.!?:;–—]|-\s)`}${ANY_GAP}*`,
  "i",
);
const POLITE_START = new RegExp(
  `^(?:${[
    `${oneOfPhrases(politeness.openings)}(?=${ANY_GAP})${ANY_GAP}*`,
    `${oneOfPhrases(politeness.requests)} (?:${oneOfPhrases(politeness.requesters)}${GAP}+)?`,
    `${oneOfPhrases(politeness.wishes)} `,
    String.raw`(?:${oneOf(politeness.urgings)}[\s,]+)*${oneOfPhrases(politeness.orders)}${GAP}+`,
  ].join("|")})`,
  "i",
);
const POLITE_END = new RegExp(String.raw`${ANY_GAP}*(?:\b${oneOfPhrases(politeness.closings)}\b${ANY_GAP}*)+$`, "i");
const LEANING = new RegExp(String.raw`^${oneOf(CONNECTIVES)}\b`, "i");

/** Takes greetings and politeness off both ends, again and again until nothing more comes off. */
export function stripPoliteness(text: string): string {
  let before: string;
  let rest = text;
  do {
    before = rest;
    rest = rest.replace(GREETING, "").trim();
    const opened = rest.replace(POLITE_START, "").trim();
    // "and VMs?" keeps its "and": it tells that the question leans on the one before.
    if (opened !== "" && !LEANING.test(rest)) rest = opened;
    const closed = rest.replace(POLITE_END, (end) => (end.includes("?") ? "?" : "")).trim();
    rest = closed === "?" ? "" : closed;
  } while (rest !== before);
  return rest;
}

const INDIRECT = new RegExp(String.raw`\b${oneOfPhrases(politeness.indirect)}\b`, "i");

/** Whether a sentence asks: by its mark, or by saying that it wants to know. */
export const isAsking = (sentence: string): boolean => /\?/.test(sentence) || INDIRECT.test(sentence);

const REMARKS = oneOf(smalltalk.remarks);
const THANKS = new RegExp(String.raw`^(?:${REMARKS}[\s,.!]*)*${oneOf(smalltalk.thanks)}\b`, "i");
const PRAISE = new RegExp(
  String.raw`^(?:${oneOf([...smalltalk.remarks, ...smalltalk.partings, ...smalltalk.replies])}[\s,.!]*)+$`,
  "i",
);
const PLEASANTRY = new RegExp(
  String.raw`^${oneOfPhrases(smalltalk.pleasantries)}(?: ${oneOf(smalltalk.afterPleasantries)})*[\s?!.]*$`,
  "i",
);
/** One of them, or several: "who are you and what can you do?" */
const HELP_PHRASE = oneOfPhrases(help.words);
const HELP = new RegExp(
  String.raw`^(?:${oneOf([...CONNECTIVES, "hey"])}[\s,]+)*${HELP_PHRASE}` +
    String.raw`(?:[\s,;?!.]+(?:(?:and|or|please|pls|plz)[\s,]+)?${HELP_PHRASE})*[\s?!.]*$`,
  "i",
);
const THANKS_WORDS_MAX = 8;

const ADDRESSES: ReadonlySet<string> = new Set(bot.addresses);
const ABILITIES = new RegExp(String.raw`\b${oneOf(bot.abilities)}\b`);
const OF_THE_BOT: ReadonlySet<string> = new Set([
  ...bot.addresses,
  ...bot.abilities,
  ...bot.fillers,
  ...smalltalk.remarks.flatMap(tokenize),
]);
const POINTS_ELSEWHERE: ReadonlySet<string> = new Set(bot.pointing);
const ABOUT_THE_BOT_WORDS_MAX = 16;

/** "whats this bot for", "ok what else u got": nothing is named but the bot and what it may be able to do. */
function isAboutTheBot(words: readonly string[]): boolean {
  const isNamed = words.some((word) => ADDRESSES.has(word));
  if (!isNamed || words.length > ABOUT_THE_BOT_WORDS_MAX || !ABILITIES.test(words.join(" "))) return false;
  const endsOpen = QUESTION_WORDS.includes(words.at(-1) ?? "");
  return !endsOpen && words.every((word, at) => isOfTheBot(word, words[at + 1] ?? ""));
}

const isOfTheBot = (word: string, next: string): boolean =>
  word === "this" ? ADDRESSES.has(next) : OF_THE_BOT.has(word) || (isStopWord(word) && !POINTS_ELSEWHERE.has(word));

/**
 * What a message is that asks nothing; null for one that asks.
 * @param clean the message as it was cleaned
 * @param bare the same without greetings and politeness
 */
export function smalltalkOf(clean: string, bare: string): Smalltalk | null {
  if (HELP.test(bare) || isAboutTheBot(tokenize(bare))) return "help";
  if (THANKS.test(clean) && (bare === "" || !isAsking(bare)) && tokenize(bare).length <= THANKS_WORDS_MAX)
    return "thanks";
  const isGreeting = clean !== "" && (bare === "" || PRAISE.test(bare) || PLEASANTRY.test(bare));
  return isGreeting ? "greeting" : null;
}
