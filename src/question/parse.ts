// A chat message to a Question: cleaned, bounded, split into what it asks, and typed.

import { isStopWord, tokenize } from "../text/analyzer.ts";
import { squeeze } from "../text/sentences.ts";

export const QUESTION_LENGTH_MAX = 1000;
const QUESTION_TERMS_MAX = 64;

export interface Question {
  /** Cleaned text without greetings and politeness. */
  readonly text: string;
  /** What is asked, in order: each sentence that asks; the whole text where none does. */
  readonly asks: readonly string[];
  /** What stands around them. */
  readonly background: string;
  readonly wasCut: boolean;
  readonly isEnglish: boolean;
  /** Nothing is asked: a greeting, thanks, or a wish for help with the bot itself. */
  readonly smalltalk: "greeting" | "thanks" | "help" | null;
}

/** Cleans and splits a message. Never throws, whatever is in it. */
export function parseQuestion(message: string): Question {
  const { text: lines, wasCut } = cleanLines(message);
  const clean = squeeze(lines);
  const bare = stripPoliteness(lines);
  const sentences = splitAsks(bare);
  const asking = sentences.filter(isAsking);
  const asks = asking.length > 0 ? asking : bare === "" ? [] : [squeeze(bare)];
  const background = asking.length > 0 ? sentences.filter((sentence) => !asking.includes(sentence)).join(" ") : "";
  return {
    text: squeeze(bare),
    asks,
    background,
    wasCut,
    isEnglish: isEnglish(clean),
    smalltalk: smalltalkOf(clean, squeeze(bare)),
  };
}

/** Signs that are part of no word: trade marks, soft hyphens, zero-width and bidirectional characters. */
const INVISIBLE = /[™®©℠\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** Removes what is not language: mentions, links, emoji, code fences, control and bidirectional characters. */
export function cleanMessage(message: string): { text: string; wasCut: boolean } {
  const { text, wasCut } = cleanLines(message);
  return { text: squeeze(text), wasCut };
}

/** The same with its line ends, which part what is asked. */
function cleanLines(message: string): { text: string; wasCut: boolean } {
  const readable = message
    .slice(0, QUESTION_LENGTH_MAX * 4)
    .replace(INVISIBLE, "")
    .normalize("NFKC");
  const characters = Array.from(readable);
  const wasCut = characters.length > QUESTION_LENGTH_MAX || message.length > QUESTION_LENGTH_MAX * 4;
  const text = characters
    .slice(0, QUESTION_LENGTH_MAX)
    .join("")
    .replace(/```[\s\S]*?(```|$)/g, " ")
    .replace(/<(?:@[!&]?|#|!|\/|t:\d)[^<>]*>/g, " ")
    .replace(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, " $1 ")
    .replace(/<?\b(?:https?:\/\/|www\.|mailto:)[^\s<>]+>?/g, " ")
    .replace(/<a?:\w+:\d+>|(?<!\w):(?:[a-z][\w+-]*|[+-]1|100):(?::skin-tone-\d:)?(?!\w)/g, " ")
    .replace(/(^|\s)@[\w.-]+/g, "$1")
    .replace(/[^\P{Cc}\n]|[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, " ")
    .replace(/(?<=^|\s)[:;=]-?[()DPp/|](?=\s|$)/g, " ")
    .replace(/\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\uFE0F\u20E3]/gu, " ")
    .replace(/^\s*(?:[>*•-]\s+)+/gm, "")
    .replace(/[*_~`]+/g, " ");
  const joined = text.replace(/[^\S\n]+/g, " ").replace(/ (?=[?!.,;:](?:\s|$))/g, "");
  return cutTerms(joined.trim(), wasCut);
}

/** Whether it opens with a question word or an auxiliary. */
export const asksOutright = (ask: string): boolean => ASKS_OUTRIGHT.test(ask);
const ASKS_OUTRIGHT =
  /^\W*(?:what|which|who|whose|how|why|when|where|is|are|do|does|did|can|could|will|would|should|must|has|have)(?:['’]?s)?\b/i;

/** The question without the "…, right?" that makes it one. */
export const withoutTag = (ask: string): string => ask.replace(/[\s,;–—-]*\b(?:right|correct|true)\s*\?*\s*$/i, "");

const NEGATION =
  /\b(?:not|no|never|cannot|cant|dont|doesnt|didnt|isnt|arent|wont|wouldnt|shouldnt|couldnt|without|impossible|hardly|unable)\b/g;

/** Whether the text is negated an odd number of times. */
export const isNegated = (text: string): boolean => (tokenize(text).join(" ").match(NEGATION)?.length ?? 0) % 2 === 1;

const GREETING =
  /^(?:(?:hi+|hello+|hey+|heya+|hiya+|yo+|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|evening)(?: (?:there|all|everyone|everybody|folks|team|guys|people|bot|footnote|again))*)(?=$|[\s,.!?:;–—]|-\s)[\s,.!?:;–—-]*/i;
const POLITE_START =
  /^(?:(?:and|so|ok|okay|well|um|hmm|sorry|excuse me|quick (?:one|question)|question|one question|just (?:a )?(?:quick )?question|please|pls|a question for you|dumb question|noob question)(?=[\s,.!?:;–—-])[\s,.!?:;–—-]*|(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody)(?: please| kindly| maybe| quickly)* (?:tell|explain to|explain|say to|say|remind|help) (?:(?:me|us)(?: understand)?(?: please)?[\s,.:;–—-]+)?|(?:does|do) (?:anyone|anybody|someone|you|u|y'?all)(?: here| happen to)* know(?: if| whether)? |(?:i (?:was|am|'?m) |i'?m |just )?(?:wondering|curious)(?: if| whether|,)? |(?:(?:please|so|ok|well)[\s,]+)*(?:tell|explain to|remind) (?:me|us)(?: please)?[\s,.:;–—-]+|i(?: would|'?d)? (?:want|like|need) to know(?: if| whether)? |any idea(?: if| whether)? |do you think (?:that )?)/i;
const POLITE_END =
  /[\s,.!?;:–—-]*(?:\b(?:please|pls|plz|thanks(?: (?:a lot|so much|in advance|everyone|all))?|thank you(?: (?:so|very) much)?|thx|ty|cheers|tia|anyone|anybody|folks|guys|y'?all|much appreciated)\b[\s,.!?;:–—-]*)+$/i;

/** Takes greetings and politeness off both ends, again and again until nothing more comes off. */
function stripPoliteness(text: string): string {
  let before: string;
  let rest = text;
  do {
    before = rest;
    rest = rest.replace(GREETING, "").trim();
    const opened = rest.replace(POLITE_START, "").trim();
    // "and VMs?" keeps its "and": it tells that the question leans on the one before.
    if (opened !== "" && !/^(?:and|so|ok|okay|well)\b/i.test(rest)) rest = opened;
    const closed = rest.replace(POLITE_END, (end) => (end.includes("?") ? "?" : "")).trim();
    rest = closed === "?" ? "" : closed;
  } while (rest !== before);
  return rest;
}

/** White space after a full stop that ends no abbreviation, after the colon of somebody's story, and line ends. */
const SENTENCE_ENDS =
  /(?<=[.!?…])(?<!\b(?:vs|etc|approx|resp|e\.g|i\.e)\.)\s+|(?<=\b(?:i|we|my|our|me|us)\b[^.!?:]{8,200}:)\s+(?=(?:what|which|who|how|why|when|where|is|are|do|does|did|can|could|should|would|will)\b[^:]*\?)|\n+/i;

function splitAsks(text: string): string[] {
  return text
    .split(SENTENCE_ENDS)
    .map(squeeze)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

const isAsking = (sentence: string): boolean =>
  /\?/.test(sentence) ||
  /\b(?:want to know|need to know|wonder(?:ing)?|not sure (?:if|whether|which))\b/i.test(sentence);

const THANKS =
  /^(?:(?:ok|okay|great|cool|nice|perfect|super|awesome|got it|alright|wow)[\s,.!]*)*(?:thanks|thank you|thx|ty|cheers|much appreciated|appreciated)\b/i;
const PRAISE =
  /^(?:(?:ok|okay|great|cool|nice|perfect|super|awesome|got it|alright|good bot|well done|lol|haha|bye|goodbye|see you|never mind|nvm|yes|no|yep|nope|sure)[\s,.!]*)+$/i;
const HELP_ASKS = [
  "help(?: me)?",
  "what (?:can|do) you do(?: for (?:me|us))?",
  "what can (?:i|we) ask(?: you)?(?: about)?",
  "what (?:kinds?|sorts?|types?) of (?:questions?|things?) (?:can|may|could|should) (?:i|we) ask(?: you)?(?: about)?",
  "what (?:questions?|things?|topics) (?:can|may|could|do) (?:i|we|you) (?:ask|answer|cover|know)(?: you)?(?: about)?",
  "how (?:do|can|should) (?:i|we) ask(?: you)?(?: (?:something|anything|a question|questions))?",
  "how (?:do|does) (?:you|the bot|this bot) work",
  "how (?:do|can) (?:i|we) use (?:you|it|this|the bot|this bot)",
  "(?:who|what) are you",
  "what is this bot",
  "what(?:'?s| is) your name",
  "what do you know(?: about)?",
  "commands?",
  "usage",
  "menu",
  "start",
  "(?:how|what) can you help(?: (?:me|us))?(?: with)?",
  "what are you for",
  "are you (?:a bot|human|there|real)",
  "(?:show|list)(?: me)? (?:the |your |all )?(?:topics|commands)",
].join("|");
/** One of them, or several: "who are you and what can you do?" */
const HELP = new RegExp(
  String.raw`^(?:(?:so|and|ok|okay|well|hey)[\s,]+)*(?:${HELP_ASKS})(?:[\s,;?!.]+(?:(?:and|or|please|pls|plz)[\s,]+)?(?:${HELP_ASKS}))*[\s?!.]*$`,
  "i",
);

function smalltalkOf(clean: string, bare: string): Question["smalltalk"] {
  if (HELP.test(bare)) return "help";
  if (THANKS.test(clean) && (bare === "" || !isAsking(bare)) && tokenize(bare).length <= 8) return "thanks";
  if (clean !== "" && (bare === "" || PRAISE.test(bare))) return "greeting";
  if (
    /^(?:how are you|how(?:'?s| is) it going|what(?:'?s| is) up|how do you do|sup|nice to meet you)(?: (?:today|doing|doing today|bot))*[\s?!.]*$/i.test(
      bare,
    )
  )
    return "greeting";
  return null;
}

/** Function words that mark a language and are no English words. */
const OTHER_FUNCTION_WORDS = new Set(
  (
    "der das ist sind ein eine einen einem nicht und oder wie wird werden kann ich wir auf mit von fur zu zum zur auch noch sich uber warum welche welcher wann wo " +
    "le la les est sont une des du pas que qui dans sur avec pour comment pourquoi quand quel quelle quels je nous vous il elle ou et ce cette combien peut puis aux " +
    "el los las es son un una del al que como por para con cuando donde cual cuales cuanto cuanta puede puedo porque mas muy esta este sin " +
    "il lo gli e di che non sono perche quando quale quanto puo posso nel della delle degli piu tra fra cosa uno " +
    "as um uma dos das nao com quais qual quanto pode posso mais muito voce " +
    "het een niet zijn wat hoe waarom wanneer welke kan ik wij met voor naar ook van dit dat " +
    "jest czy jak co nie sa i w na z do dlaczego kiedy ktory ile moze " +
    "ar och att det som ar inte hur varfor kan med pa till vad en ett jag vi nar"
  )
    .split(" ")
    .filter((word) => word.length > 1),
);
/** Words of other languages that one finds in no English question. */
const UNMISTAKABLE = new Set(
  "ist sind nicht wie warum welche welcher wieviel ein eine einen kann pourquoi quelle quelles combien quel cual cuales cuanto como porque perche quale quanto jest czy dlaczego waarom hoeveel zijn hvad hvordan varfor".split(
    " ",
  ),
);
const ENGLISH_FUNCTION_WORDS = new Set(
  (
    "the a an is are was were be been do does did can could will would should has have had of in on at to for from with without by about and or but if than then that this " +
    "these those it its they them their what which who when where why how i my me we our you your not no there any some so as into out up each every between vs"
  ).split(" "),
);

/** Judged by script and function words: a misspelt or short English question is still English. */
export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return true;
  if ((text.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters * 0.7) return false;
  const tokens = tokenize(text.replace(/['’]/g, " "));
  const english = tokens.filter((token) => ENGLISH_FUNCTION_WORDS.has(token)).length;
  const other = tokens.filter((token) => OTHER_FUNCTION_WORDS.has(token) && !ENGLISH_FUNCTION_WORDS.has(token)).length;
  const unmistakable = tokens.filter((token) => UNMISTAKABLE.has(token)).length;
  return (other < 2 || other <= english) && (unmistakable === 0 || unmistakable < english);
}

function cutTerms(text: string, wasCut: boolean): { text: string; wasCut: boolean } {
  const runs = text.split(" ");
  let count = 0;
  for (const [at, run] of runs.entries()) {
    count += tokenize(run).filter((token) => !isStopWord(token)).length;
    if (count > QUESTION_TERMS_MAX) return { text: runs.slice(0, at).join(" "), wasCut: true };
  }
  return { text, wasCut };
}
