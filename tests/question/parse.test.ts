import { describe, expect, test } from "vitest";
import { cleanMessage, parseQuestion, QUESTION_LENGTH_MAX } from "../../src/question/parse.ts";
import { fc } from "../fast-check.ts";

const CLEANED: Record<string, { message: string; text: string }> = {
  "a mention in plain text": { message: "@footnote what is Docker?", text: "what is Docker?" },
  "a link": { message: "see https://a.b/c?d=e#f what is Docker?", text: "see what is Docker?" },
  "a link in angle brackets": { message: "what is <https://docker.com>", text: "what is" },
  emoji: { message: "🐳 what is 🇩🇪 Docker 👨‍👩‍👧 👍🏽?", text: "what is Docker?" },
  "a digit in a box stays a digit": { message: "1️⃣ Docker", text: "1 Docker" },
  "a code fence": { message: "why ```docker run\n-it``` so slow?", text: "why so slow?" },
  "a code fence that is not closed": { message: "why so slow? ```docker run", text: "why so slow?" },
  "code in a line stays": { message: "what does `docker run` do?", text: "what does docker run do?" },
  "bold and italics": { message: "*what* is **Docker** _now_ ~old~", text: "what is Docker now old" },
  "a quotation's and a list's marks": { message: "> what is\n- Docker", text: "what is Docker" },
  "bidirectional characters": { message: "\u202Ewhat is\u202C \u2066Docker\u2069\u200F?", text: "what is Docker?" },
  "control characters": { message: "what\u0000 is\u0007 Docker\u001B?", text: "what is Docker?" },
  "a hyphen that does not show splits no word": { message: "what is a con\u00ADtainer", text: "what is a container" },
  "a trade mark is no part of a name": { message: "Docker™ or VMware®", text: "Docker or VMware" },
  "wide letters": { message: "ｗｈａｔ ｉｓ Ｄｏｃｋｅｒ", text: "what is Docker" },
  "white space": { message: "  what\n\n is \t Docker  ", text: "what is Docker" },
  "half of a character": { message: "what is \uD83D Docker", text: "what is Docker" },
  "less than and greater than stay": { message: "is 3 < 5 > 2", text: "is 3 < 5 > 2" },
};

describe("cleaned", () => {
  test.each(Object.entries(CLEANED))("%s", (_, { message, text }) => {
    expect(cleanMessage(message)).toEqual({ text, wasCut: false });
  });
});

const words = (count: number): string => Array.from({ length: count }, (_, at) => `w${at}`).join(" ");
const CUT: Record<string, { message: string; length: number; wasCut: boolean }> = {
  "a message of the very length is read whole": { message: "x".repeat(1000), length: 1000, wasCut: false },
  "one character more is cut": { message: "x".repeat(1001), length: 1000, wasCut: true },
  "a very long message is cut": { message: "x".repeat(1_000_000), length: 1000, wasCut: true },
  "characters outside the basic plane count as one": { message: "𝒳".repeat(1000), length: 1000, wasCut: false },
  "a message of 64 terms is read whole": { message: words(64), length: words(64).length, wasCut: false },
  "what comes after the 64th term is cut": { message: words(100), length: words(64).length, wasCut: true },
};

describe("bounded", () => {
  test.each(Object.entries(CUT))("%s", (_, { message, length, wasCut }) => {
    const cleaned = cleanMessage(message);
    expect(cleaned.wasCut).toBe(wasCut);
    expect(cleaned.text).toHaveLength(length);
    expect(parseQuestion(message).wasCut).toBe(wasCut);
  });
});

const ASKS: Record<string, { message: string; asks: readonly string[]; background: string }> = {
  "one question": { message: "What is Docker?", asks: ["What is Docker?"], background: "" },
  "a story before a colon": {
    message: "I have to tell the board on Monday: which one is safer, Docker or KVM?",
    asks: ["which one is safer, Docker or KVM?"],
    background: "I have to tell the board on Monday:",
  },
  "what a question is about before a colon": {
    message: "Containers compared to virtual machines: which is safer?",
    asks: ["Containers compared to virtual machines: which is safer?"],
    background: "",
  },
  "several questions": {
    message: "What is Docker? Is it fast?",
    asks: ["What is Docker?", "Is it fast?"],
    background: "",
  },
  "what stands around a question": {
    message: "We run KVM. Is Docker faster? It should be cheap.",
    asks: ["Is Docker faster?"],
    background: "We run KVM. It should be cheap.",
  },
  "no question mark at all": { message: "docker startup time", asks: ["docker startup time"], background: "" },
  "a wish to know": {
    message: "We run KVM. I'm not sure whether Docker is faster.",
    asks: ["I'm not sure whether Docker is faster."],
    background: "We run KVM.",
  },
  "vs. ends no sentence": {
    message: "Docker vs. KVM: which is faster?",
    asks: ["Docker vs. KVM: which is faster?"],
    background: "",
  },
  "e.g. ends no sentence": {
    message: "Are containers, e.g. Docker, safe?",
    asks: ["Are containers, e.g. Docker, safe?"],
    background: "",
  },
  "a decimal point ends no sentence": { message: "Does it take 1.5 s?", asks: ["Does it take 1.5 s?"], background: "" },
  "marks alone ask nothing": { message: "??? !!!", asks: ["??? !!!"], background: "" },
  nothing: { message: "", asks: [], background: "" },
};

describe("split into what is asked and what stands around it", () => {
  test.each(Object.entries(ASKS))("%s", (_, { message, asks, background }) => {
    expect(parseQuestion(message)).toMatchObject({ asks, background });
  });
});

describe("whatever is typed", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "hi",
      "please",
      "thanks",
      "```",
      "@ada",
      "<",
      ">",
      "|",
      ":",
      "?",
      ". ",
      "\n",
      " ",
      "and ",
      "https://",
      "🐳",
      "\u202E",
      "*",
      "what is ",
    ),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  const message = fc.array(piece, { maxLength: 60 }).map((list) => list.join(""));

  test("nothing throws, and what is left is bounded, folded and free of what does not show", () => {
    fc.assert(
      fc.property(message, (typed) => {
        const { text, asks } = parseQuestion(typed);
        const { text: clean } = cleanMessage(typed);
        expect(Array.from(clean).length).toBeLessThanOrEqual(QUESTION_LENGTH_MAX);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|^\s|\s$|\s\s/u);
        expect(asks.length > 0).toBe(text !== "");
      }),
    );
  });

  test("the same is read twice", () => {
    fc.assert(
      fc.property(message, (typed) => {
        expect(parseQuestion(typed)).toEqual(parseQuestion(typed));
      }),
    );
  });

  const HOSTILE = [
    "please ",
    "hi ",
    ", ",
    "thanks, ",
    "and ",
    "`",
    "<@",
    "<https:",
    "ok ",
    "?",
    "great thanks ",
    "( ",
    ":a",
  ];
  test.each(HOSTILE)("a thousand of %j take no time", (run) => {
    const start = performance.now();
    parseQuestion(`${run.repeat(1000)}x`);
    parseQuestion(`x${run.repeat(1000)}`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
