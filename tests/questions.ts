// Questions as people and their keyboards may send them: real ones, whole or mangled, and what is no question at all.

import type { Faq } from "../src/ingest/faq.ts";
import { fc } from "./fast-check.ts";

/** Every example question of the FAQ, in its order. */
export const questionsOf = (faq: Faq): string[] =>
  faq.topics.flatMap(({ statements }) =>
    statements.flatMap(({ examples }) => examples.map(({ question }) => question)),
  );

/** Any message: mostly mangled real questions, some several at once, some noise. */
export function messages(faq: Faq): fc.Arbitrary<string> {
  const real = fc.constantFrom(
    ...questionsOf(faq),
    ...faq.topics.flatMap(({ id, title, names }) => [id, title, ...names]),
    ...faq.outside.flatMap(({ examples }) => examples),
  );
  const mangled = fc
    .tuple(real, fc.array(mutation, { maxLength: 4 }))
    .map(([question, mutations]) => mutations.reduce((text, mutate) => mutate(text), question));
  const several = fc.array(mangled, { minLength: 2, maxLength: 5 }).map((list) => list.join(" "));
  return fc.oneof(
    { weight: 12, arbitrary: mangled },
    { weight: 2, arbitrary: several },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 200 }) },
  );
}

/** A thread: seldom longer than the ten questions that count. */
export const threads = (message: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<string[]>([]) },
    { weight: 3, arbitrary: fc.array(message, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(message, { minLength: 4, maxLength: 12 }) },
  );

type Mutation = (text: string) => string;

/** A place in a text as a share of its length. */
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const letter = fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz"));

const splice = (text: string, at: number, removed: number, inserted: string): string => {
  const characters = Array.from(text);
  characters.splice(Math.floor(at * characters.length), removed, ...Array.from(inserted));
  return characters.join("");
};

const swapAt = (text: string, at: number): string => {
  const characters = Array.from(text);
  const place = Math.floor(at * characters.length);
  const [left = "", right = ""] = characters.slice(place, place + 2);
  characters.splice(place, 2, right, left);
  return characters.join("");
};

const withWords = (text: string, change: (words: string[]) => readonly string[]): string =>
  change(text.split(" ")).join(" ");

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  share.map(
    (at): Mutation =>
      (text) =>
        splice(text, at, 1, ""),
  ),
  share.map(
    (at): Mutation =>
      (text) =>
        swapAt(text, at),
  ),
  fc.tuple(share, letter).map(
    ([at, typed]): Mutation =>
      (text) =>
        splice(text, at, 1, typed),
  ),
  fc.tuple(share, letter).map(
    ([at, typed]): Mutation =>
      (text) =>
        splice(text, at, 0, typed),
  ),
  share.map(
    (at): Mutation =>
      (text) =>
        withWords(text, (list) => list.toSpliced(Math.floor(at * list.length), 1)),
  ),
  share.map(
    (at): Mutation =>
      (text) =>
        withWords(text, (list) => list.toSpliced(Math.floor(at * list.length), 0, list[0] ?? "")),
  ),
  share.map(
    (at): Mutation =>
      (text) =>
        withWords(text, (list) => [...list.slice(Math.floor(at * list.length)), ...list]),
  ),
  share.map(
    (at): Mutation =>
      (text) =>
        text.slice(0, Math.floor(at * text.length)),
  ),
  fc.integer({ min: 2, max: 60 }).map(
    (times): Mutation =>
      (text) =>
        `${text} `.repeat(times),
  ),
  fc.constantFrom<Mutation>(
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.replace(/\p{P}/gu, ""),
    (text) => text.replaceAll(" ", ""),
    (text) => text.replaceAll(" ", " \t \n"),
    (text) => Array.from(text).reverse().join(""),
    (text) => text.normalize("NFD"),
    (text) => text.replace(/[aeo]/g, (vowel) => LOOKALIKES[vowel] ?? vowel),
    (text) => text.replace(/[!-~]/g, (ascii) => String.fromCodePoint((ascii.codePointAt(0) ?? 0) + 0xfee0)),
  ),
  fc.constantFrom(...AROUND()).map(
    ([before, after]): Mutation =>
      (text) =>
        `${before}${text}${after}`,
  ),
  fc.tuple(share, fc.constantFrom(...INSIDE())).map(
    ([at, inserted]): Mutation =>
      (text) =>
        splice(text, at, 0, inserted),
  ),
);

/** Cyrillic letters that look Latin. */
const LOOKALIKES: Readonly<Record<string, string>> = { a: "а", e: "е", o: "о" };

function AROUND(): readonly (readonly [string, string])[] {
  return [
    ["<@U024BE7LH> ", ""],
    ["<@!80351110224678912> <@&165511591545143296> ", " <#C024BE7LR|general>"],
    ["@footnote ", " @here"],
    ["*", "*"],
    ["_", "_"],
    ["`", "`"],
    ["```\n", "\n```"],
    ["> ", ""],
    ["- ", "\n- and more"],
    ["<b>", "</b>"],
    ["<script>alert(1)</script>", ""],
    ["<https://example.org/?q=1|", ">"],
    ["https://example.org/a?b=c ", ""],
    ["[", "](https://example.org)"],
    ["\u202e", "\u202c"],
    ["\u2067", "\u2069"],
    ["\ufeff", "\u200b"],
    ["hi ", " please"],
    ["Can you tell me ", ", thanks!"],
    ["", "?!?!?!"],
    ["", "......"],
    ["“", "”"],
    ["and ", ""],
    ["what about it, ", ""],
    ["We run forty servers and the boss is unhappy. ", " I really need to know."],
    ["", " {{constructor}} $(exit 1) <%= 1 %> %s %d"],
  ];
}

function INSIDE(): readonly string[] {
  return [
    "🐳",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    ":whale:",
    "<:docker:12345678>",
    "\u0000",
    "\u200d",
    "\u202e",
    "\u0301\u0302\u0303",
    "\ud800",
    "\n",
    " ",
    "'",
    '"',
    "?",
    " not ",
    " 12 GB ",
    " контейнер ",
    " 容器 ",
    " الحاوية ",
    " und wie ",
  ];
}

/** Empty in many ways, of other languages, far too long, or what trips programs. */
const ODD: readonly string[] = [
  "",
  " ",
  "\n\n\t",
  "?",
  "...",
  "🙂",
  "hi",
  "thanks!",
  "help",
  "it",
  "and VMs?",
  "why?",
  "which document says that?",
  "Wie schnell startet ein Container?",
  "コンテナはどのくらい速く起動しますか",
  "Насколько быстро запускается контейнер?",
  "كم يستغرق تشغيل الحاوية؟",
  "__proto__",
  "constructor",
  "toString valueOf hasOwnProperty",
  "null undefined NaN Infinity",
  "a".repeat(5000),
  "vm ".repeat(2000),
  "?".repeat(3000),
  "container, ".repeat(500),
  "How fast? ".repeat(300),
  "\ud83d".repeat(50),
  "e\u0301".repeat(700),
  "((((((((((".repeat(100),
  "<@".repeat(800),
  "*_~`".repeat(400),
  "'; DROP TABLE documents; --",
  "../../etc/passwd",
  "0".repeat(400),
  "1e309 -0 0x10 1,000.5 %",
];
