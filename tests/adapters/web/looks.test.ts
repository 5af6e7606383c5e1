// @module-tag slow

import { describe, expect, test } from "vitest";
import { loadDrawings } from "../../../adapters/cli/serve.ts";
import { drawDiscord } from "../../../adapters/web/discord-look.ts";
import { drawSlack } from "../../../adapters/web/slack-look.ts";
import { drawTerminal } from "../../../adapters/web/terminal-look.ts";
import { openEngine } from "../../../src/store/open.ts";
import { letters, marked, statementsOf } from "../../contracts/renderer.ts";
import { anyReply, HOSTILE, REPLIES } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { attribute, dangersIn, elementsIn, textOf } from "./html.ts";

const engine = await openEngine(folderWith(TOPICAL));
const { terminal, slack, discord } = await loadDrawings();

const LOOKS = {
  terminal: (reply: Parameters<typeof terminal>[0]) =>
    String(drawTerminal(terminal(reply, new Map(), 80), new Map([["documents/tea.md:11", "/documents/tea.md#L11"]]))),
  slack: (reply: Parameters<typeof terminal>[0]) => String(drawSlack(slack("Why?", reply, engine))),
  discord: (reply: Parameters<typeof terminal>[0]) => String(drawDiscord(discord(reply, engine))),
};

describe.each(Object.entries(LOOKS))("as %s shows it,", (name, draw) => {
  test.each(REPLIES)("%s", (said, reply) => {
    const html = draw(reply);
    expect(dangersIn(html)).toEqual([]);
    if (name === "terminal") {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes begin with one
      expect(textOf(html)).toBe(terminal(reply, new Map(), 80).replace(/\u001b\[\d+m/g, ""));
      return;
    }
    // What is longer than a platform's message is not in its payload.
    const seen = letters(textOf(html));
    if (!/at every bound/.test(said))
      for (const one of statementsOf(reply)) expect(seen).toContain(letters(marked(one)));
  });

  test("any reply, and nothing of it becomes a part of the page", () => {
    fc.assert(
      fc.property(anyReply(), (reply) => {
        expect(dangersIn(draw(reply))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test("a terminal's colours are classes, and its places lead to their pages", () => {
  const html = String(
    drawTerminal("\u001b[1mbold\u001b[22m \u001b[2mtea.md:3\u001b[22m tea.md:31", new Map([["tea.md:3", "/at"]])),
  );
  expect(html).toContain('<span class="bold">bold</span>');
  expect(html).toContain('<span class="dim"><a href="/at">tea.md:3</a></span>');
  expect(html).toContain(" tea.md:31");
});

describe("Slack's markup", () => {
  const drawn = (text: string): string =>
    String(drawSlack({ blocks: [{ type: "section", text: { type: "mrkdwn", text } }] }));

  test.each([
    ["*bold* and _slanted_ and ~gone~", "<strong>bold</strong> and <em>slanted</em> and <s>gone</s>"],
    ["2*3*4 and \u2060*\u2060not\u2060*\u2060", "2*3*4 and *not*"],
    ["`code *not bold*`", "<code>code *not bold*</code>"],
    ["&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"],
    ["<https://tea.example/a|Tea *page*>", ">Tea *page*</a>"],
    ["<javascript:alert(1)|press>", "<p>press</p>"],
    ["<#C0123456789>", '<span class="mention">#channel</span>'],
    ["&gt; quoted\n&gt; more\nafter", "<blockquote>quoted<br>more</blockquote><p>after</p>"],
    ["```\na < *b*\n```", '<pre tabindex="0">a &lt; *b*</pre>'],
    [":mag: *Not sure*", "🔍 <strong>Not sure</strong>"],
    ["one\ntwo", "<p>one<br>two</p>"],
  ])("%j", (text, html) => expect(drawn(text)).toContain(html));

  test.each(HOSTILE)("of %j brings nothing into the page", (text) => expect(dangersIn(drawn(text))).toEqual([]));

  test("rich text, tables, menus and pictures are drawn too, and what is unknown is left out", () => {
    const leaf = (text: string, style = {}) => ({ type: "text", text, style });
    const html = String(
      drawSlack({
        blocks: [
          {
            type: "rich_text",
            elements: [
              { type: "rich_text_section", elements: [leaf("plain "), leaf("strong", { bold: true })] },
              {
                type: "rich_text_list",
                style: "ordered",
                offset: 2,
                elements: [{ type: "rich_text_section", elements: [leaf("third")] }],
              },
              { type: "rich_text_preformatted", elements: [leaf("a\n  b")] },
              { type: "rich_text_section", elements: [{ type: "link", url: "javascript:alert(1)", text: "press" }] },
            ],
          },
          { type: "table", rows: [[{ type: "raw_text", text: "Head" }], [{ type: "raw_text", text: "<cell>" }]] },
          { type: "actions", elements: [{ type: "static_select", placeholder: { text: "Choose" } }] },
          { type: "tomorrow", text: "unseen" },
          null,
        ],
      }),
    );
    expect(dangersIn(html)).toEqual([]);
    expect(html).toContain("plain <strong>strong</strong>");
    expect(html).toContain('<ol class="depth-0" start="3"><li>third</li></ol>');
    expect(html).toContain("&lt;cell&gt;");
    expect(textOf(html)).toContain("Choose ▾");
    expect(textOf(html)).not.toContain("unseen");
    expect(elementsIn(html).filter(({ tagName }) => tagName === "a")).toEqual([]);
  });
});

describe("Discord's Markdown", () => {
  const drawn = (content: string): string =>
    String(drawDiscord({ components: [{ type: 17, accent_color: 0x2e8b57, components: [{ type: 10, content }] }] }));

  test.each([
    ["**bold** \\*not\\*", "<strong>bold</strong> *not*"],
    ["-# small \\[1\\]\n-# too", '<div class="small"><p>small [1]<br>too</p></div>'],
    ["### Title\ntext\nmore", '<p class="heading">Title</p><p>text<br>more</p>'],
    ["- one\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"],
    ["> - a", "<blockquote><ul>"],
    ["[page](https://tea.example/)", '<a href="https://tea.example/"'],
    ["[page](javascript:alert(1))", "<p>page</p>"],
    ["<#123456789012345678>", '<span class="mention">#channel</span>'],
    ["&amp; <b>", "&amp;amp; &lt;b&gt;"],
    ["```sh\n-# a\n```", '<pre tabindex="0">-# a</pre>'],
    ["    not code", "<p>not code</p>"],
  ])("%j", (content, html) => expect(drawn(content)).toContain(html));

  test.each(HOSTILE)("of %j brings nothing into the page", (text) => expect(dangersIn(drawn(text))).toEqual([]));

  test("the bar has the colour of the message", () => {
    const bar = elementsIn(drawn("text")).find(({ tagName }) => tagName === "rect");
    expect(bar === undefined ? null : attribute(bar, "fill")).toBe("#2e8b57");
    expect(String(drawDiscord({ components: [{ type: 17, accent_color: '"><script>' }] }))).not.toContain("script");
  });
});
