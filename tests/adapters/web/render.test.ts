import { expect, test } from "vitest";
import { renderReply, type View } from "../../../adapters/web/render.ts";
import type { Reply } from "../../../src/reply.ts";
import { describeRenderer } from "../../contracts/renderer.ts";
import { ANSWER, CLARIFY, COMPARISON, QUOTED } from "../cli/replies.ts";
import { attribute, dangersIn, elementsIn, textOf } from "./html.ts";

const VIEW: View = {
  names: new Map(),
  source: ({ file, lines }) => `/at?${new URLSearchParams({ file })}#L${lines.start}`,
  ask: (question) => `/?${new URLSearchParams({ q: question })}`,
  isFramed: false,
};
const render = (reply: Reply, view: View = VIEW): string => String(renderReply(reply, view));

describeRenderer({
  name: "web",
  render: (reply) => render(reply),
  brokenLimits: () => [],
  dangers: dangersIn,
  read: textOf,
  hasMore: () => false,
  look: (payload) => /class="(reply [\w-]+)"/.exec(payload)?.[1] ?? "",
});

const linksIn = (html: string): (string | null)[] =>
  elementsIn(html)
    .filter(({ tagName }) => tagName === "a")
    .map((one) => attribute(one, "href"));

test("each mark leads to the line that it cites, and says so to who can't see it", () => {
  const marks = elementsIn(render(ANSWER)).filter((one) => attribute(one, "class") === "mark");
  expect(marks.map((one) => [attribute(one, "href"), attribute(one, "aria-label")])).toContainEqual([
    "/at?file=documents%2Ftea.md#L11",
    "Source 1: All about tea, line 11",
  ]);
  expect(marks.map((one) => attribute(one, "href"))).toContain("/at?file=documents%2Ftea.md#L20");
});

test("what can be asked next, and what is meant, are links that ask it", () => {
  expect(linksIn(render(ANSWER))).toContain("/?q=Which+water+is+best%3F");
  expect(linksIn(render(CLARIFY))).toEqual(["/?q=How+is+green+tea+brewed%3F", "/?q=Black+tea"]);
});

test("a passage keeps its steps, and its inline code is code", () => {
  const html = render(QUOTED);
  expect(html).toContain("<code>pour --slowly</code>");
  expect(textOf(html)).toMatch(/1\.Boil the water[\s\S]*2\.Pour it over the leaves/);
  expect(textOf(html)).toContain("… more stands there");
});

test("a comparison is a table whose headers are marked as such", () => {
  const headers = elementsIn(render(COMPARISON)).filter(({ tagName }) => tagName === "th");
  expect(headers.map((one) => attribute(one, "scope"))).toEqual(["col", "col", "col", "row", "row"]);
});

test("in a frame, sources open beside the page that holds it", () => {
  const targets = elementsIn(render(ANSWER, { ...VIEW, isFramed: true }))
    .filter((one) => attribute(one, "class") === "mark")
    .map((one) => attribute(one, "target"));
  expect(new Set(targets)).toEqual(new Set(["_blank"]));
});
