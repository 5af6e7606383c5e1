// What a person reads in Discord, for every shape of reply.

import { describe, expect, test } from "vitest";
import { readPress } from "../../../adapters/discord/buttons.ts";
import { fenced, link, literal, prose } from "../../../adapters/discord/escape.ts";
import type { Card } from "../../../adapters/discord/layout.ts";
import { renderSourcesOf } from "../../../adapters/discord/pages.ts";
import type { Places } from "../../../adapters/discord/places.ts";
import { renderReply } from "../../../adapters/discord/render.ts";
import { createView, type View } from "../../../adapters/discord/view.ts";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { readHuman } from "../../../adapters/shared/settings.ts";
import { NO_ADDRESSES } from "../../../adapters/shared/source-address.ts";
import type { Citation, Reply } from "../../../src/reply.ts";
import { openEngine } from "../../../src/store/open.ts";
import { describeRenderer } from "../../contracts/renderer.ts";
import { anyText, FULL_ANSWER, FULL_COMPARISON, HOSTILE } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";
import { ANSWER, CLARIFY, COMPARISON, HELP, LEADS, UNKNOWN } from "../cli/replies.ts";
import { brokenLimits, buttonsOf, message, textsOf } from "./limits.ts";

/** A corpus that holds whatever is asked of it. */
const places: Places = {
  hash: "0123456789ab",
  nameQuote: ({ number }) => `${number}.zz.1`,
  nameSource: ({ number }) => `${number}.zz`,
  nameStatement: ({ text }) => (text.length % 1000).toString(36),
  nameExample: () => null,
  place: () => null,
  source: () => null,
  example: () => null,
};
const VIEW: View = {
  ...{ question: null, forPerson: null, isHidden: false, names: new Map(), places, human: null },
  ...{ addresses: NO_ADDRESSES, updates: new Map(), now: () => Date.parse("2026-03-01T00:00:00Z") },
};
const LONG = "Is a pot that was used for coffee any good for tea?";
const ADDRESSES = { sourceUrl: "https://git.example.org/{file}#L{start}-L{end}", publicUrl: null };
const draw = (reply: Reply, view: Partial<View> = {}): string =>
  textsOf(message.parse(renderReply(reply, { ...VIEW, ...view }))).join("\n\n");
const labels = (reply: Reply, view: Partial<View> = {}): string[] =>
  buttonsOf(message.parse(renderReply(reply, { ...VIEW, ...view }))).map(({ label }) => label);

/** Discord's Markdown read away: masked links by their text, escapes by what they escape, a code block as it stands. */
const read = (card: Card): string =>
  textsOf(message.parse(card))
    .join("\n")
    .split(/(^```[\w+#-]*\n[\s\S]*?\n```$)/m)
    .map((part) => (part.startsWith("```") ? part : readMarkdown(part)))
    .join("");

const readMarkdown = (markdown: string): string =>
  markdown.replace(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(https?:[^)]*\)/g, "$1").replace(/\\(.)/gsu, "$1");

const NAMES = ["1.zz", "2.zz", "3.zz"];
const citedIn = (reply: Reply): readonly Citation[] => ("citations" in reply ? reply.citations : []);
/** With the sources of a reply behind their names. */
function viewOf(reply: Reply): View {
  const source: Places["source"] = (_, number) => {
    const cited = citedIn(reply).find((one) => one.number === number);
    return cited === undefined ? null : { text: cited.quote, quoted: number, sources: [cited] };
  };
  return { ...VIEW, places: { ...places, source } };
}

describeRenderer<Card>({
  name: "Discord",
  readSources: (reply) => {
    const card = renderSourcesOf(NAMES.slice(0, citedIn(reply).length), viewOf(reply));
    return card === null ? "" : read(card);
  },
  render: (reply) => renderReply(reply, VIEW),
  brokenLimits,
  dangers: (card) => dangersOf(textsOf(message.parse(card)).join("\n")),
  read,
  hasMore: (card) => buttonsOf(message.parse(card)).some(({ label }) => /^More\b/.test(label)),
  look: ({ components: [{ accent_color }] }) => String(accent_color),
});

/** Marks that neither the renderer set nor an escape disarms. */
function dangersOf(markdown: string): string[] {
  const bare = markdown
    .replace(/^```[\w+#-]*\n[\s\S]*?\n```$/gm, "")
    .replace(/(?<!\\)`[^`\n]+`/g, "")
    .replace(/(?<!\\)<https?:\/\/[\w.~%!$&'()+,;=:@/?#-]+>/gi, "")
    .replace(/(?<!\\)\[(?:\\.|[^[\]\\])*\]\(https?:\/\/[^\s()<>]*\)/g, "")
    .replace(/\\[^0-9A-Za-z\s]/gu, "");
  const patterns = [
    /<[@#!:/t]/,
    /\u200B/,
    /\]\(/,
    /https?:\/\//,
    /[~`|_]/,
    /\[/,
    /[\p{Bidi_Control}\p{Zl}\p{Zp}]/u,
    /[^\P{Cc}\n]/u,
  ];
  return patterns.filter((pattern) => pattern.test(bare)).map((pattern) => `${pattern} in ${JSON.stringify(bare)}`);
}

test("an answer shows verdict, support, disagreement and sources, in this order", () => {
  expect(draw({ ...ANSWER, suggestions: [] } as Reply)).toBe(
    `**Green tea is brewed with water that has cooled down a little after boiling.** \\[1\\]\\[[2](https://tea.example/green)\\]

- Two minutes are enough, and a longer time draws out bitterness that no sugar covers. \\[3\\]
- Leaves can be used again. \\[[2](https://tea.example/green)\\]

⚖️ **The sources differ on:** How hot the water should be
> - Eighty degrees are right for every green tea. \\[1\\]
> - Sixty degrees are right for fine ones. \\[3\\]`,
  );
});

test("a citation is a link to its line, where somebody says where that can be read", () => {
  expect(draw({ ...ANSWER, disagreement: null } as Reply, { addresses: ADDRESSES })).toContain(
    "cooled down a little after boiling.** \\[[1](https://git.example.org/documents/tea.md#L11-L11)\\]\\[[2](https://git.example.org/documents/tea.md#L20-L22)\\]",
  );
  expect(draw(ANSWER)).toContain("\\[1\\]\\[[2](https://tea.example/green)\\]");
});

test("what is cited and old is said to be, below what it says", () => {
  const updates = new Map([["tea", "2021-03-14"]]);
  expect(draw({ ...ANSWER, disagreement: null } as Reply, { updates })).toMatch(
    /-# Check that it still holds: “All about tea” was last updated 14 March 2021, over 4 years ago\.$/,
  );
  expect(draw(ANSWER, { updates, now: () => Date.parse("2022-01-01") })).not.toContain("last updated");
});

test("the page of sources has each quote with where it stands, when that was updated, and a link to its line", () => {
  const card = renderSourcesOf(["1.zz"], {
    ...viewOf(ANSWER),
    addresses: ADDRESSES,
    updates: new Map([["tea", "2021-03-14"]]),
  });
  expect(textsOf(message.parse(card))).toEqual([
    `> \\[1\\] “${citedIn(ANSWER)[0]?.quote}”
-# [All about tea](https://git.example.org/documents/tea.md#L11-L11) › Brewing › Green tea · documents/tea.md, line 11 · last updated 14 March 2021`,
  ]);
});

test("where no button can name the sources they stand below the reply", () => {
  const unnamed = { ...places, nameSource: () => null };
  expect(draw({ ...ANSWER, disagreement: null } as Reply, { places: unnamed })).toMatch(
    /\*\*Sources\*\*\n-# \\\[1\\\] All about tea › Brewing › Green tea · line 11\n/,
  );
});

test("a comparison is a paragraph an aspect and a line a side", () => {
  expect(draw(COMPARISON)).toContain(
    `**Origin**
🟦 **Green tea** — *the documents do not say*
🟧 **Black tea** — Assam and Ceylon, in most blends that are sold as breakfast tea \\[2\\]`,
  );
});

test("an unknown opens with its being none and offers a person", () => {
  expect(draw(UNKNOWN, { human: "<#123456789012345678>" })).toBe(
    `**No answer.** The documents do not answer that. They do not mention “kettle”.

**Nearest sections**
- All about tea › Brewing
- All about tea

A person can help: <#123456789012345678>

-# You can ask`,
  );
});

test.each([
  ["300000000000000009", "<#300000000000000009>"],
  ["<#300000000000000009>", "<#300000000000000009>"],
  ["@700000000000000002", "<@&700000000000000002>"],
  ["<@&700000000000000002>", "<@&700000000000000002>"],
])("whom to ask instead, set as %s, is shown as %s", async (set, shown) => {
  const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  const human = readHuman("discord", { DISCORD_HUMAN: set });
  expect(draw(UNKNOWN, createView(engine, { human, addresses: NO_ADDRESSES, now: () => 0 }))).toContain(
    `A person can help: ${shown}`,
  );
});

test("a question back has a button for each option", () => {
  expect(draw(CLARIFY)).toBe(
    "**Which of these do you mean?**\n\n1. **Green tea** — How is green tea brewed?\n2. **Black tea**",
  );
  expect(labels(CLARIFY)).toEqual(["Green tea", "Black tea"]);
});

test("help is what it says and what to ask", () => {
  expect(draw(HELP)).toBe("Ask me a question.\n\n-# For example");
  expect(labels(HELP)).toEqual(["Which water is best?"]);
});

test("an answer has its first two suggestions, then one button for its sources that counts and names them, and the votes", () => {
  expect(labels({ ...ANSWER, suggestions: ["Which water is best?", LONG, "Which cup?"] } as Reply)).toEqual([
    ...["Which water is best?", "Is a pot that was used for coffee…"],
    ...["1 source: All about tea", "👍", "👎"],
  ]);
});

test("what answered nothing offers to tell of an answer, hidden or not, and hidden also to be shown to all", () => {
  const kept = { receipt: "0123456789ab", canTellLater: true };
  const [hear, all] = ["Tell me when it is answered", "Show to all"];
  const leads = labels(LEADS, kept).slice(-3);
  expect(leads).toEqual(["👍", "👎", hear]);
  expect(labels(LEADS, { ...kept, isHidden: true }).slice(-4)).toEqual([...leads, all]);
  expect(labels(UNKNOWN, kept).at(-1)).toBe(hear);
  expect(labels(UNKNOWN, { ...kept, isHidden: true }).slice(-2)).toEqual([hear, all]);
  expect(labels(CLARIFY, { ...kept, isHidden: true })).toEqual(["Green tea", "Black tea", "None of these", all]);
  expect(labels(ANSWER, { ...kept, isHidden: true })).not.toContain(hear);
});

test("a reply in whose buttons five stand in a row already keeps them all in rows that Discord takes", () => {
  const kept = { receipt: "0123456789ab", canTellLater: true, isHidden: true };
  for (const reply of [FULL_ANSWER, FULL_COMPARISON]) {
    expect(brokenLimits(renderReply(reply, { ...VIEW, ...kept }))).toEqual([]);
    expect(labels(reply, kept).slice(-3)).toEqual(["👍", "👎", "Show to all"]);
  }
});

test("what a shortened suggestion asks when it is pressed is the whole question", () => {
  const wire = message.parse(renderReply({ ...HELP, suggestions: [LONG] } as Reply, VIEW));
  const [button] = buttonsOf(wire);
  expect(readPress(button?.custom_id ?? "")).toEqual({ kind: "ask", question: LONG });
});

test("no label of a suggestion or of the sources is longer than a phone shows", () => {
  for (const reply of [FULL_ANSWER, FULL_COMPARISON])
    for (const label of labels(reply)) expect(label.length).toBeLessThanOrEqual(38);
});

test("how the question was read comes before the reply to it", () => {
  const reading = { ...UNKNOWN.reading, corrected: [{ from: "ketle", to: "kettle" }] };
  expect(draw({ ...UNKNOWN, reading }, { question: "is a ketle needed" })).toMatch(
    /^-# “is a ketle needed”\n-# Read “ketle” as “kettle”\n\n\*\*No answer/,
  );
});

test("the question is shown where Discord would not show it", () => {
  expect(draw(HELP, { question: "hi *there* @everyone" })).toMatch(/^-# “hi \\\*there\\\* @everyone”\n/);
});

test("a full comparison is cut between sentences, and a button has the rest; a full answer fits", () => {
  expect(draw(FULL_COMPARISON)).toContain("loss. …");
  expect(labels(FULL_COMPARISON)).toContain("More");
  expect(labels(FULL_ANSWER)).not.toContain("More");
});

test("an empty question leaves no empty line and no button", () => {
  const bare = { ...HELP, suggestions: ["", " \u202E "] } as Reply;
  expect(draw(bare)).toBe("Ask me a question.");
  expect(labels(bare)).toEqual([]);
});

test("a reply of which nothing can be seen is still a message", () => {
  const unseen = { ...HELP, text: "\u202E\u200B", suggestions: [] };
  expect(draw(unseen)).toBe("–");
  expect(brokenLimits(renderReply(unseen, VIEW))).toEqual([]);
});

describe("literal text", () => {
  test.each([
    ["# a", "\\# a"],
    ["- a", "\\- a"],
    ["-# a", "-\\# a"],
    ["1. a", "1\\. a"],
    ["1.5 times", "1.5 times"],
    ["-5 degrees", "-5 degrees"],
    ["<@1> <t:1:R>", "\\<@1\\> \\<t:1:R\\>"],
    ["ada@example.org @types/widget", "ada@example.org @types/widget"],
    ["[a](https://b)", "\\[a\\](https\\://b)"],
    ["a\n> b\u2028c", "a \\> b c"],
    ["\u202Eevil\u0007", "evil"],
    ["👩‍👩‍👧‍👦 \ud83d", "👩‍👩‍👧‍👦"],
  ])("%j is %j", (text, escaped) => expect(literal(text)).toBe(escaped));

  test("leaves nothing that marks up, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(dangersOf(literal(text))).toEqual([]);
        expect(dangersOf(prose(text))).toEqual([]);
      }),
    );
    for (const text of HOSTILE) expect(literal(text)).not.toMatch(/\n/);
  });
});

describe("a document's words", () => {
  test.each([
    ["Run `npm i @types/widget` as _root_", "Run `npm i @types/widget` as \\_root\\_"],
    ["`a``b` and ` ", "\\`a\\``b` and \\`"],
    ["See https://a.example/b_c(d)?e=f#g.", "See <https://a.example/b_c(d)?e=f#g>."],
    ["(see https://a.example/b)", "(see <https://a.example/b>)"],
    ["https://user:pass@a.example", "https\\://user:pass@a.example"],
    ["https://a.example/*b*", "https\\://a.example/\\*b\\*"],
    ["[x](https://a.example)", "\\[x\\](<https://a.example>)"],
    ["ftp://a.example javascript://b", "ftp\\://a.example javascript\\://b"],
    ["1. `a`", "1\\. `a`"],
  ])("%j are %j", (text, drawn) => expect(prose(text)).toBe(drawn));

  test("in code stand as they are: only a line that would end the block stands outside of it", () => {
    expect(fenced(["a @b", "```js", "c `d`"], "md")).toEqual([
      "```md",
      "a @b",
      "```",
      "\\`\\`\\`js",
      "```md",
      "c `d`",
      "```",
    ]);
    expect(fenced(["", " "], null)).toEqual([]);
  });
});

test.each([
  ["https://a.example/b", "[T](https://a.example/b)"],
  ["https://a.example/b_(c)", "[T](https://a.example/b%5F%28c%29)"],
  ["javascript:alert(1)", "T"],
  ["https://user:pass@a.example", "T"],
  ["nowhere", "T"],
  [null, "T"],
])("a link to %s is %s", (url, shown) => expect(link("T", url)).toBe(shown));

test("every button that is drawn can be read", () => {
  for (const reply of [ANSWER, COMPARISON, UNKNOWN, CLARIFY, HELP, FULL_ANSWER, FULL_COMPARISON])
    for (const { custom_id } of buttonsOf(message.parse(renderReply(reply, VIEW))))
      expect(readPress(custom_id)).not.toBeNull();
});
