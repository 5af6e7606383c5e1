// Every reply as a Slack message: within all limits, nobody notified, nothing lost.

import { expect, test } from "vitest";
import { readSlackSettings } from "../../../adapters/shared/settings.ts";
import { askedOf, readButton } from "../../../adapters/slack/buttons.ts";
import { renderHome } from "../../../adapters/slack/home.ts";
import type { Message } from "../../../adapters/slack/layout.ts";
import { renderRest, renderSources } from "../../../adapters/slack/pages.ts";
import { bodyOf } from "../../../adapters/slack/preview.ts";
import { renderReply } from "../../../adapters/slack/render.ts";
import type { View } from "../../../adapters/slack/view.ts";
import type { Part, Passage, Reply } from "../../../src/reply.ts";
import { describeRenderer, letters, marked, statementsOf } from "../../contracts/renderer.ts";
import { anyReply, FULL_ANSWER, FULL_COMPARISON, HOSTILE, repliesOf } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";
import { ANSWER, CLARIFY, COMPARISON, cite, LEADS, QUOTED, STEPS, UNKNOWN } from "../cli/replies.ts";
import { brokenLimits, dangers, everywhere, seen } from "./limits.ts";
import { engine } from "./running.ts";

const VIEW: View = {
  asked: askedOf("How is green tea brewed?"),
  names: new Map(),
  topics: [],
  human: "C0HUMAN",
  isPrivate: false,
  lead: null,
  sourceOf: ({ url }) => ({ address: url, updated: null }),
  cautionOf: () => null,
};
const LONGEST: View = {
  ...VIEW,
  asked: askedOf("&".repeat(5000), ["<".repeat(900)]),
  isPrivate: true,
  lead: "&".repeat(3000),
};

const urlsOf = (reply: Reply): string[] =>
  ("citations" in reply ? reply.citations : []).flatMap(({ url }) =>
    url !== null && URL.canParse(url) ? [new URL(url).href] : [],
  );
const idsOf = (message: Message): unknown[] => everywhere(message).map(({ action_id }) => action_id);

describeRenderer<{ reply: Reply; message: Message }>({
  name: "Slack",
  render: (reply) => ({ reply, message: renderReply(reply, VIEW) }),
  brokenLimits: ({ message }) => brokenLimits(message),
  dangers: ({ reply, message }) => dangers(message, urlsOf(reply)),
  read: ({ message }) => seen(message),
  readSources: (reply) => seen(renderSources(reply, VIEW, 0)),
  hasMore: ({ message }) => idsOf(message).includes("show:rest"),
  look: ({ message }) => JSON.stringify(message.blocks[0]).slice(0, 80),
});

test("every reply about the built-in corpus, shown to one person with its question", { tags: ["slow"] }, async () => {
  for (const [asked, reply] of await repliesOf(engine)) {
    const view = { ...VIEW, asked: askedOf(asked), isPrivate: true, lead: `You asked: ${asked} <!here>` };
    const message = renderReply(reply, view);
    expect([...brokenLimits(message), ...dangers(message, urlsOf(reply))]).toEqual([]);
  }
});

test("what doesn't fit is on further pages, each within the limits, and nothing is lost", () => {
  const check = (reply: Reply): void => {
    let message = renderReply(reply, LONGEST);
    let all = seen(message);
    for (let page = 1; idsOf(message).includes("show:rest"); page++) {
      expect(brokenLimits(message)).toEqual([]);
      message = renderRest(reply, LONGEST, page);
      all += seen(message);
    }
    expect(brokenLimits(message)).toEqual([]);
    for (const said of statementsOf(reply)) expect(letters(all)).toContain(letters(marked(said)));
  };
  check(FULL_ANSWER);
  fc.assert(fc.property(anyReply(), check), { numRuns: 100 });
});

test("the quotes are shown word for word, within the limits, with nothing that pings", () => {
  const check = (reply: Reply): void => {
    let all = "";
    for (let page = 0; ; page++) {
      const message = renderSources(reply, LONGEST, page);
      expect([...brokenLimits(message), ...dangers(message, urlsOf(reply))]).toEqual([]);
      all += seen(message);
      if (!idsOf(message).includes("show:quotes")) break;
    }
    for (const { quote } of "citations" in reply ? reply.citations : []) expect(letters(all)).toContain(letters(quote));
  };
  fc.assert(fc.property(anyReply(), check), { numRuns: 100 });
});

test("the Home tab is within the limits and names every document", () => {
  const settings = readSlackSettings({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: "x",
    FOOTNOTE_LOG_QUESTIONS: "on",
  });
  const { blocks } = renderHome(engine, settings);
  const home = { text: "home", blocks };
  expect(brokenLimits(home)).toEqual([]);
  for (const { title } of engine.corpus.documents) expect(letters(seen(home))).toContain(letters(title));
  expect(seen(home)).toContain("has chosen to log what is asked");
});

test("the Home tab says of when a document is, where it says so itself", () => {
  const settings = readSlackSettings({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "x" });
  const [first, ...others] = engine.corpus.documents;
  const documents = first === undefined ? [] : [{ ...first, retrieved: "2026-02-03" }, ...others];
  const home = seen(renderHome({ offers: engine.offers, corpus: { ...engine.corpus, documents } }, settings));
  expect(home.match(/as of 2026-02-03/g)).toHaveLength(1);
});

test("`ask --as slack` prints a channel and a message within the limits", async () => {
  const body = bodyOf("Is Docker secure?", await engine.answer("Is Docker secure?"), engine);
  expect(body.channel).toMatch(/^C/);
  expect([...brokenLimits(body), ...dangers(body)]).toEqual([]);
});

test("a comparison is a table with a caption, and says where the documents are silent", () => {
  const { blocks } = renderReply(COMPARISON, VIEW);
  const grid = blocks.find(({ type }) => type === "data_table");
  expect(grid).toMatchObject({ caption: "Brewing time", page_size: 2 });
  expect(JSON.stringify(grid)).toContain("the documents do not say");
});

test("a comparison too long for a table is written out", () => {
  const statement = { text: "&".repeat(300), citations: [1] as const };
  const rows = Array.from({ length: 40 }, (_, at) => ({
    aspect: `Aspect ${at}`,
    cells: [statement, statement] as const,
  }));
  const message = renderReply({ ...COMPARISON, rows }, VIEW);
  expect(JSON.stringify(message)).not.toContain("data_table");
  expect(brokenLimits(message)).toEqual([]);
});

test("the fallback text says verdict, support, disagreement and sources", () => {
  const { text } = renderReply(ANSWER, VIEW);
  for (const part of ["Green tea is brewed", "Two minutes are enough", "The sources differ on", "*Sources*", "[1]"])
    expect(text).toContain(part);
});

test.each([
  [
    "the nearest sections and a person",
    renderReply(UNKNOWN, VIEW),
    ["Nearest sections", "<#C0HUMAN>", "Which water is best?"],
  ],
  ["the rows of a table", renderReply(COMPARISON, VIEW), ["• Origin – Green tea: the documents do not say"]],
  ["what can be chosen", renderReply(CLARIFY, VIEW), ["options" in CLARIFY ? (CLARIFY.options[0]?.label ?? "") : ""]],
  ["what was asked", renderReply(ANSWER, { ...VIEW, lead: "You asked: how" }), ["You asked: how"]],
  ["both sides", renderReply(ANSWER, VIEW), ["The sources differ on", "Eighty degrees", "Sixty degrees"]],
  ["the quotes", renderSources(ANSWER, VIEW, 0), "citations" in ANSWER ? [ANSWER.citations[0]?.quote ?? ""] : []],
])("the fallback text says %s", (_, { text }, parts) => {
  for (const part of parts) expect(text).toContain(part);
});

test("the fallback text of a long reply ends with a line, within its bytes", () => {
  for (const reply of [FULL_ANSWER, FULL_COMPARISON]) {
    const { text } = renderReply(reply, VIEW);
    expect(text).toMatch(/\n…$/);
    expect(Buffer.byteLength(text)).toBeGreaterThan(2500);
  }
});

test("the sources are one button with their count and titles, and two suggestions stand beside it", () => {
  const citations = [cite(1), cite(2), cite(3, { document: "black", title: "Black tea" })];
  const suggestions = ["Which tea is best?", "Why is water boiled?", "Who sells tea?"];
  const { blocks } = renderReply({ ...COMPARISON, citations, suggestions } as Reply, VIEW);
  const rows = blocks.filter(({ type }) => type === "actions");
  expect(rows).toHaveLength(1);
  const faces = everywhere(rows).flatMap(({ text, type }) => (type === "plain_text" ? [text] : []));
  expect(faces).toEqual(["2 sources: All about tea, Black tea", ...suggestions.slice(0, 2)]);
  expect(blocks.map(({ type }) => type)).not.toContain("divider");
});

test("every mark leads to its lines where these have an address, and a source is a link where it has one", () => {
  const linked: View = {
    ...VIEW,
    sourceOf: ({ lines }) => ({
      address: `https://git.example/tea.md#L${lines.start}`,
      updated: "last updated 1 March 2020",
    }),
    cautionOf: () => "Check it: “*All* about <!here> tea” is old.",
  };
  const marks = everywhere(renderReply(ANSWER, linked).blocks).filter(({ type }) => type === "link");
  expect(marks.length).toBeGreaterThan(4);
  for (const { url, text } of marks)
    expect([url, text]).toEqual([
      expect.stringMatching(/^https:\/\/git\.example\/tea\.md#L\d+$/),
      expect.stringMatching(/^\[\d\]$/),
    ]);
  expect(seen(renderReply(ANSWER, linked))).toContain("Check it: “*All* about <!here> tea” is old.");
  expect(seen(renderSources(ANSWER, linked, 0))).toContain("last updated 1 March 2020");
  const urls = ["javascript:alert(1)", "https://a.example/|<!here>", "https://user:word@a.example/"];
  const risky: Reply = { ...COMPARISON, citations: urls.map((url, at) => cite(at + 1, { url })) };
  expect(dangers(renderReply(risky, VIEW), urlsOf(risky))).toEqual([]);
  expect(dangers(renderSources(risky, VIEW, 0), urlsOf(risky))).toEqual([]);
});

/** A quoted answer whose passage has these parts. */
const quotedWith = (parts: readonly Part[]): Reply => ({ ...QUOTED, passage: { ...STEPS, cut: false, parts } });
const item = (number: number | null, depth: number, text: string): Part => ({
  ...{ kind: "item", number, depth, text, marked: false },
});
const richIn = (reply: Reply) =>
  renderReply(reply, VIEW).blocks.flatMap((block) => (block.type === "rich_text" ? block.elements : []));

test("steps are Slack's own lists: numbered as in the document, also after what stands between them", () => {
  const parts = [
    item(3, 0, "Boil it."),
    item(null, 1, "Not too long."),
    item(4, 0, "Pour it."),
    item(5, 0, "Drink it."),
  ];
  expect(richIn(quotedWith(parts))).toMatchObject([
    { type: "rich_text_section" },
    { type: "rich_text_list", style: "ordered", indent: 0, offset: 2, elements: [{}] },
    { type: "rich_text_list", style: "bullet", indent: 1 },
    { type: "rich_text_list", style: "ordered", indent: 0, offset: 3, elements: [{}, {}] },
  ]);
});

test("code is Slack's own: blocks preformatted, inline code as such, and nothing in either is escaped", () => {
  const text = "npm i @types/widget && echo '<b>' `date`";
  const parts: readonly Part[] = [
    { kind: "text", text: "Run `npm i @types/widget` or ask team@tea.example, *not* @here.", marked: false },
    { kind: "code", language: "sh", text },
  ];
  const rich = richIn(quotedWith(parts));
  expect(rich).toContainEqual({ type: "rich_text_preformatted", elements: [{ type: "text", text }] });
  expect(rich).toContainEqual({
    type: "rich_text_section",
    elements: [
      { type: "text", text: "Run " },
      { type: "text", text: "npm i @types/widget", style: { code: true } },
      { type: "text", text: " or ask team@tea.example, *not* @here." },
    ],
  });
  expect(JSON.stringify(rich)).not.toMatch(/[\u200B-\u200D\u2060]/);
});

test.each([
  ["See https://tea.example/a_b?c=d&e.", "https://tea.example/a_b?c=d&e"],
  ["(see https://tea.example/a)", "https://tea.example/a"],
  ["https://tea.example/a_(b) is it", "https://tea.example/a_(b)"],
])("the address in %j is a link that reads as it is written", (text, url) => {
  const rich = richIn(quotedWith([{ kind: "text", text, marked: false }]));
  expect(everywhere(rich).filter(({ type }) => type === "link")).toEqual([{ type: "link", url, text: url }]);
  expect(
    everywhere(rich)
      .map((one) => one.text ?? "")
      .join(""),
  ).toContain(text);
});

test.each([
  "https://tea:word@bank.example/",
  "javascript:alert(1)",
  "https://bаnk.example/",
  "http://xn--bnk-5cd.example/",
  "https://",
])("%j in a document is no link", (text) => {
  expect(JSON.stringify(richIn(quotedWith([{ kind: "text", text, marked: false }])))).not.toContain('"link"');
});

test("a document's table is Slack's own, and the second one of a message stands in columns", () => {
  const row = (header: boolean, ...cells: string[]): Part => ({ kind: "row", cells, header, marked: false });
  const parts = [row(true, "Tea", "Time"), row(false, "Green", "`2` min"), row(false, "Black", "4 min")];
  const [, table] = renderReply(quotedWith(parts), VIEW).blocks;
  expect(table).toMatchObject({
    type: "table",
    rows: [
      [{ text: "Tea" }, { text: "Time" }],
      [{}, {}],
      [{}, {}],
    ],
  });
  const passage: Passage = { ...STEPS, kind: "table", parts };
  const leads: Reply = { ...LEADS, passages: [passage, passage] };
  const types = renderReply(leads, VIEW).blocks.map(({ type }) => type);
  expect(types.filter((type) => type === "table")).toHaveLength(1);
  expect(JSON.stringify(renderReply(leads, VIEW))).toContain("Green  2 min");
});

test("what `/compare` offers where no topic is meant is one menu, which tells its choice", () => {
  const topics = Array.from({ length: 130 }, (_, at) => `Topic ${at} ${"x".repeat(at === 7 ? 200 : 0)}`);
  const message = renderReply(CLARIFY, { ...VIEW, asked: { kind: "compare", topic: "" }, topics });
  expect(brokenLimits(message)).toEqual([]);
  const menus = everywhere(message.blocks).filter(({ type }) => type === "static_select");
  expect(menus).toHaveLength(1);
  expect(readButton("topic", "Topic 3 ")).toEqual({ kind: "ask", asked: { kind: "compare", topic: "Topic 3 " } });
});

test("a person is offered on unknown only: a channel by its link, a user group behind a button", () => {
  expect(JSON.stringify(renderReply(UNKNOWN, VIEW))).toContain("<#C0HUMAN>");
  const grouped = renderReply(UNKNOWN, { ...VIEW, human: "S0GROUP" });
  expect(JSON.stringify(grouped)).not.toContain("S0GROUP");
  expect(idsOf(grouped)).toContain("human:0");
  expect(JSON.stringify(renderReply(ANSWER, VIEW))).not.toContain("C0HUMAN");
});

test("only a private reply can be shared, and only one that states something", () => {
  expect(idsOf(renderReply(ANSWER, { ...VIEW, isPrivate: true }))).toContain("share:0");
  expect(idsOf(renderReply(ANSWER, VIEW))).not.toContain("share:0");
  expect(idsOf(renderReply(UNKNOWN, { ...VIEW, isPrivate: true }))).not.toContain("share:0");
});

test.each(HOSTILE)("a question like %j above its reply pings nobody", (question) => {
  const view = { ...VIEW, asked: askedOf(question, [question]), isPrivate: true, lead: `Ada asked: ${question}` };
  expect([...brokenLimits(renderReply(UNKNOWN, view)), ...dangers(renderReply(UNKNOWN, view))]).toEqual([]);
});
