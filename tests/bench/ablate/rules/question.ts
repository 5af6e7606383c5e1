// The hand-made rules that read a question: follow-ups, focus, expected answers, language.

import { declared, piece } from "../edits.ts";
import { NEVER, type Rule } from "../rule.ts";

export const QUESTION_RULES: readonly Rule[] = [
  {
    name: "follow-up rewriting",
    does: "a question that leans on the one before it is completed from it",
    groups: [],
    acts: "in threads",
    off: [declared("rewriteFollowUp", "() => null")],
  },
  {
    name: "carriedOn",
    does: "of a thread only the subject goes on where its topic knows no word of the question",
    groups: ["fifteen", "bought", "leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("carriedOn", "(turn) => turn")],
  },
  {
    name: "fragment",
    does: "“and on Windows?” is the earlier question asked of another name",
    groups: ["fifteen", "handbook", "leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("fragmentOf", "() => null")],
  },
  {
    name: "fragment in place",
    does: "a fragment takes the place of the name that stands in the same way",
    groups: [],
    partOf: "fragment",
    acts: "in threads",
    off: [declared("continued", "(earlier, fragment) => earlier + ' ' + fragment")],
  },
  {
    name: "openings",
    does: "“and …”, “what about …” lean on the thread even where they say something of their own",
    groups: ["leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("OPENING", NEVER)],
  },
  {
    name: "pointing words",
    does: "“it”, “those”, “the second one” point at something that is not named",
    groups: [],
    off: [declared("POINTING", NEVER)],
  },
  {
    name: "light words",
    does: "“idea”, “take”, “better” say nothing on their own",
    groups: [],
    off: [declared("LIGHT", "new Set()")],
  },
  {
    name: "conjunction off",
    does: "“and is it free?” loses its “and” once it stands alone",
    groups: ["leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("withoutConjunction", "(ask) => ask")],
  },
  {
    name: "pronoun filled in",
    does: "the thing of the earlier question stands in for a pronoun",
    groups: ["leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("substitute", "(ask) => ask")],
  },
  {
    name: "subject replaced",
    does: "“and VMs?” is the earlier question with its subject exchanged, not added",
    groups: ["leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("replaceSubject", "(earlier, mention) => earlier + ' ' + mention.surface")],
  },
  {
    name: "source asked",
    does: "“what is the source?” asks the earlier question again",
    groups: ["leaning"],
    partOf: "follow-up rewriting",
    acts: "in threads",
    off: [declared("ASKS_SOURCE", NEVER)],
  },
  {
    name: "fronted topic",
    does: "“docker: how does it start?” is “how does docker start?”",
    groups: ["nine", "fifteen"],
    off: [declared("withoutFrontedTopic", "(ask) => ask")],
  },
  {
    name: "article of a front",
    does: "a common noun in front is read with its article",
    groups: [],
    partOf: "fronted topic",
    off: [declared("ARTICLE_OR_NAME", "/^/u")],
  },
  {
    name: "focus",
    does: "what a question asks for is read off its shape; a sentence must name it",
    groups: [],
    off: [declared("focusOf", "() => []")],
  },
  ...focusShapes(),
  {
    name: "nameless nouns",
    does: "“way”, “reason”, “limit” and a hundred more name nothing that a sentence must hold",
    groups: [],
    partOf: "focus",
    off: [declared("NAMELESS", "new Set()")],
  },
  {
    name: "participles in focus",
    does: "“the limit set” asks for a limit: what is done is no noun",
    groups: [],
    partOf: "focus",
    off: [declared("DONE", NEVER)],
  },
  {
    name: "cue",
    does: "whether a sentence holds the kind of thing that is sought: a price, a day, a reason",
    groups: [],
    off: [declared("holdsAnswerType", "() => 0.5")],
  },
  {
    name: "numbers that count nothing",
    does: "dates, versions and “the one” are no number that is sought",
    groups: [],
    partOf: "cue",
    off: [declared("COUNTS_NOTHING", NEVER)],
  },
  {
    name: "cue beyond the question",
    does: "what the question says itself is not what it seeks, unless it is said twice",
    groups: [],
    partOf: "cue",
    off: [piece("if (!asked.has(told) || repeated.has(told)) return 1;", "return 1;")],
  },
  {
    name: "thing for its word",
    does: "a price stands for the word “cost” of the question",
    groups: [],
    off: [declared("wordsNaming", "() => new Set()")],
  },
  {
    name: "cue names the focus",
    does: "a city needs no word “city”: what holds the kind of thing holds its name",
    groups: [],
    off: [declared("isNamedByCue", "() => false")],
  },
  {
    name: "language",
    does: "a question in another language is told apart by function words",
    groups: [],
    off: [declared("isEnglish", "() => true")],
  },
  {
    name: "unmistakable words",
    does: "one word like “pourquoi” tells another language",
    groups: [],
    partOf: "language",
    off: [declared("UNMISTAKABLE", "new Set()")],
  },
  {
    name: "politeness",
    does: "greetings and “could you please tell me” are taken off a question",
    groups: [],
    off: [declared("stripPoliteness", "(text) => text")],
  },
  {
    name: "about the bot",
    does: "what names nothing but the bot and what it may be able to do gets help",
    groups: [],
    partOf: "smalltalk",
    off: [declared("isAboutTheBot", "() => false")],
  },
  {
    name: "smalltalk",
    does: "thanks, praise and wishes for help get help",
    groups: [],
    off: [declared("smalltalkOf", "() => null")],
  },
  {
    name: "sentences of a message",
    does: "what stands around the sentences that ask is background",
    groups: [],
    off: [declared("splitAsks", "(text) => [text]")],
  },
];

/** The shapes of which each tells what a question asks for, tried from the first. */
function focusShapes(): Rule[] {
  const shapes: readonly (readonly [name: string, does: string, pattern: string])[] = [
    [
      "how much is the",
      "the thing whose price is asked must be named",
      "/ how much (?:is|are|was|were|s) (?:a|an|the|one|my|our|your) /",
    ],
    ["how many", "the things that are counted must be named", "/ how (?:many|much) /"],
    [
      "what is the",
      "the noun after “what is the” must be named",
      "/ what(?:s| is| are| was| were)? (?:the|our|your|my|its|their) /",
    ],
    ["which noun", "the noun after “which” must be named", "/ (?:what|which) /"],
    [
      "is there",
      "the thing of “is there a” must be named",
      "/ (?:is|are|was|were) there (?:(?:a|an|any|some|the|no|still) )*/",
    ],
    [
      "do you have",
      "the thing of “do you offer” must be named",
      "/(?<! (?:how|why|when|where|what|which|who)) (?:do|does|did|can|could|will|would) (?:(?!to )[\\p{L}\\p{N}]+ ){1,7}?(?:(?:have|offer|support|include|provide) (?:(?:a|an|any|some|the) )*|get (?:a|an|any|some) )/u",
    ],
    [
      "is it included",
      "the thing of “is … included” must be named",
      "/^ (?:is|are) (?:(?:the|a|an) )?((?:[\\p{L}\\p{N}]+ ){1,2}?)(?:included|provided|available|offered|supported) /u",
    ],
  ];
  return shapes.map(([name, does, pattern]) => ({
    name: `focus: ${name}`,
    does,
    groups: ["focus shapes"],
    partOf: "focus",
    off: [piece(pattern, NEVER)],
  }));
}
