// Every reply as a Slack message: within all limits, nobody notified, nothing lost.

import { expect, test } from "vitest";
import { readSlackSettings } from "../../../adapters/shared/settings.ts";
import { askedOf } from "../../../adapters/slack/buttons.ts";
import { renderHome } from "../../../adapters/slack/home.ts";
import type { Message } from "../../../adapters/slack/layout.ts";
import { renderQuotes, renderRest } from "../../../adapters/slack/pages.ts";
import { bodyOf } from "../../../adapters/slack/preview.ts";
import { renderReply } from "../../../adapters/slack/render.ts";
import type { View } from "../../../adapters/slack/view.ts";
import type { Reply } from "../../../src/reply.ts";
import { describeRenderer, letters, marked, statementsOf } from "../../contracts/renderer.ts";
import { anyReply, FULL_ANSWER, FULL_COMPARISON, HOSTILE, repliesOf } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";
import { ANSWER, CLARIFY, COMPARISON, cite, UNKNOWN } from "../cli/replies.ts";
import { brokenLimits, dangers, everywhere, seen } from "./limits.ts";
import { engine } from "./running.ts";

const VIEW: View = {
  asked: askedOf("How is green tea brewed?"),
  names: new Map(),
  topics: [],
  human: "C0HUMAN",
  isPrivate: false,
  lead: null,
};
const LONGEST: View = {
  ...VIEW,
  asked: askedOf("&".repeat(5000), ["<".repeat(900)]),
  isPrivate: true,
  lead: "&".repeat(3000),
};

const urlsOf = (reply: Reply): string[] =>
  ("citations" in reply ? reply.citations : []).flatMap(({ url }) =>
    url !== null && URL.canParse(url)
      ? [new URL(url).href.replaceAll("&", "&amp;").replace(/[<>|]/g, encodeURIComponent)]
      : [],
  );
const idsOf = (message: Message): unknown[] => everywhere(message).map(({ action_id }) => action_id);

describeRenderer<{ reply: Reply; message: Message }>({
  name: "Slack",
  render: (reply) => ({ reply, message: renderReply(reply, VIEW) }),
  brokenLimits: ({ message }) => brokenLimits(message),
  dangers: ({ reply, message }) => dangers(message, urlsOf(reply)),
  read: ({ message }) => seen(message),
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
      const message = renderQuotes(reply, LONGEST.asked, page);
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
  ["the nearest sections and a person", renderReply(UNKNOWN, VIEW), ["Nearest sections", "<#C0HUMAN>", "You can ask"]],
  ["the rows of a table", renderReply(COMPARISON, VIEW), ["• Origin – Green tea: the documents do not say"]],
  ["what can be chosen", renderReply(CLARIFY, VIEW), ["options" in CLARIFY ? (CLARIFY.options[0]?.label ?? "") : ""]],
  ["what was asked", renderReply(ANSWER, { ...VIEW, lead: "You asked: how" }), ["You asked: how"]],
  ["both sides", renderReply(ANSWER, VIEW), ["The sources differ on", "Eighty degrees", "Sixty degrees"]],
  ["the quotes", renderQuotes(ANSWER, VIEW.asked, 0), "citations" in ANSWER ? [ANSWER.citations[0]?.quote ?? ""] : []],
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

test("a document's title is said once among the sources, and a section where it changes", () => {
  const places = [
    { section: "Taste", start: 3 },
    { section: "Taste", start: 5 },
    { section: "Price", start: 9 },
  ];
  const citations = [
    ...places.map(({ section, start }, at) => cite(at + 1, { section, lines: { start, end: start } })),
    cite(4, { document: "black", title: "Black tea", section: "", lines: { start: 1, end: 2 } }),
  ];
  expect(seen(renderReply({ ...COMPARISON, citations } as Reply, VIEW))).toContain(
    "[1] All about tea › Taste, line 3 · [2] line 5 · [3] Price, line 9\n[4] Black tea, lines 1–2",
  );
});

test("a source with an address is a link; one whose address no browser opens is not", () => {
  expect(JSON.stringify(renderReply(ANSWER, VIEW))).toContain("<https://tea.example/green|All about tea>");
  const urls = ["javascript:alert(1)", "https://a.example/|<!here>"];
  const risky: Reply = { ...COMPARISON, citations: urls.map((url, at) => cite(at + 1, { url })) };
  expect(dangers(renderReply(risky, VIEW), urlsOf(risky))).toEqual([]);
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
