import { describe, expect, test } from "vitest";
import type { Block } from "../../../src/document.ts";
import { parseHtml } from "../../../src/ingest/formats/html.ts";
import { documentOf, withoutHeadings } from "../../documents.ts";
import { fc } from "../../fast-check.ts";
import { unmarked } from "../../unmarked.ts";

/** A block as kind, section, header and each sentence as `first-last: text`. */
const show = ({ kind, section, header, sentences }: Block): string =>
  `${kind} [${section}]${header === "" ? "" : ` {${header}}`} ${sentences.map(({ text, lines }) => `${lines.start}-${lines.end}: ${text}`).join(" / ")}`;

const blocksOf = (source: string): string[] => withoutHeadings(parseHtml(source, "tea.html").blocks).map(show);

interface Case {
  readonly source: string;
  readonly blocks: readonly string[];
}

const READ: Record<string, Case> = {
  "a paragraph is one block": { source: "<p>Tea.</p>\n", blocks: ["paragraph [] 1-1: Tea."] },
  "a sentence over two lines knows both": {
    source: "<html>\n<body>\n<p>Tea is\nhot. Ice\nis cold.</p>",
    blocks: ["paragraph [] 3-4: Tea is hot. / 4-5: Ice is cold."],
  },
  "a line that begins in upper case goes on": {
    source: "<p>We brew\nDarjeeling here.</p>",
    blocks: ["paragraph [] 1-2: We brew Darjeeling here."],
  },
  "inline markup is read away and parts no word": {
    source: '<p><b>T</b>ea is <em>very</em> <a href="/x">hot</a>, says <code>cup</code>.</p>',
    blocks: ["paragraph [] 1-1: Tea is very hot, says cup."],
  },
  "entities are decoded, and one for a line end is no line": {
    source: "<p>Tea &amp; milk&nbsp;are&#10;hot &ndash; mostly.</p>\n<p>Yes.</p>",
    blocks: ["paragraph [] 1-1: Tea & milk are hot – mostly.", "paragraph [] 2-2: Yes."],
  },
  "a break ends a line": {
    source: "<p>Tea<br>Ice\n<br/>Milk</p>",
    blocks: ["paragraph [] 1-1: Tea / 1-1: Ice / 2-2: Milk"],
  },
  "text without a paragraph is one": {
    source: "<div>Tea is hot.<div>Ice is cold.</div>Milk is white.</div>",
    blocks: ["paragraph [] 1-1: Tea is hot.", "paragraph [] 1-1: Ice is cold.", "paragraph [] 1-1: Milk is white."],
  },
  "headings make a path": {
    source:
      "<h1>A</h1>\n<h2>B <a class=headerlink href='#b'>¶</a></h2>\n<p>One.</p>\n<h3>C</h3><p>Two.</p>\n<h2>D</h2>\n<p>Three.</p>",
    blocks: ["paragraph [A › B] 3-3: One.", "paragraph [A › B › C] 4-4: Two.", "paragraph [A › D] 6-6: Three."],
  },
  "each item is a block that knows what introduces the list": {
    source: "<p>We serve:</p>\n<ul>\n<li>Tea\n<li>Ice\n  <ol><li>Large</li></ol>\n</ul>",
    blocks: [
      "paragraph [] 1-1: We serve:",
      "item [] {We serve:} 3-3: Tea",
      "item [] {We serve:} 4-4: Ice",
      "item [] {We serve:} 5-5: Large",
    ],
  },
  "a paragraph in an item is the item": {
    source: "<ul><li><p>Tea.</p>\n<p>Hot.</p></ul>",
    blocks: ["item [] 1-1: Tea.", "item [] 2-2: Hot."],
  },
  "each row of a table stands under its header": {
    source:
      "<table>\n<thead><tr><th>Cup</th><th>Size</th></tr></thead>\n<tr><td>Large</td>\n<td>1&nbsp;l</td></tr>\n<tr><th>Small</th><td></td><td>new</td></tr>\n</table>",
    blocks: ["row [] {Cup | Size} 3-4: Large | 1 l", "row [] {Cup | Size} 5-5: Small | new"],
  },
  "a first row in bold is a header, a later row of header cells a new one": {
    source:
      "<table><tr><td><b>A</b></td><td><strong>B</strong></td></tr>\n<tr><td>x</td><td>y</td></tr>\n<tr><th>C</th><th>D</th></tr>\n<tr><td>z</td><td>w</td></tr></table>",
    blocks: ["row [] {A | B} 2-2: x | y", "row [] {C | D} 4-4: z | w"],
  },
  "a table without a header has rows only": {
    source: "<table><tr><td>x</td><td>y</td></tr></table>",
    blocks: ["row [] 1-1: x | y"],
  },
  "a table that only places things is none": {
    source:
      "<table role=presentation><tr><td><p>Tea.</p></td>\n<td>Ice.</td></tr></table><table><tr><td><h2>A</h2>Milk.</td></tr></table>",
    blocks: ["paragraph [] 1-1: Tea.", "paragraph [] 2-2: Ice.", "paragraph [A] 2-2: Milk."],
  },
  "a short definition is a row, a longer one stands under its term": {
    source: "<dl>\n<dt>Tea</dt>\n<dd>A hot drink.</dd>\n<dt>Ice</dt>\n<dd>Frozen water. It floats.</dd>\n</dl>",
    blocks: ["row [] 2-3: Tea | A hot drink.", "item [] {Ice} 5-5: Frozen water. / 5-5: It floats."],
  },
  "preformatted text is code with the lines of its own": {
    source: "<pre>\nlet a;\n\nlet b;\n</pre>\n<pre><span class=comment>let c;</span></pre>",
    blocks: ["code [] 2-4: let a; let b;", "code [] 6-6: let c;"],
  },
  "an exponent is no further digit": {
    source: "<p>10<sup>3</sup> cups of H<sub>2</sub>O.</p>",
    blocks: ["paragraph [] 1-1: 10³ cups of H2O."],
  },
  "the number of a note is read away": {
    source: '<p>Tea is hot<sup><a href="#fn1">1</a></sup>.</p>',
    blocks: ["paragraph [] 1-1: Tea is hot."],
  },
  "lines may end in each way, mixed": {
    source: "<p>One.</p>\r\n<p>Two.</p>\r<p>Three.</p>\n<p>Four.</p>",
    blocks: ["paragraph [] 1-1: One.", "paragraph [] 2-2: Two.", "paragraph [] 3-3: Three.", "paragraph [] 4-4: Four."],
  },
  "what a table does not allow is read with its own lines": {
    source: "<p>Tea.</p>Milk.\n<table>\nIce.\n<tr><td>x</td><td>y</td></tr></table>",
    blocks: ["paragraph [] 1-1: Tea.", "paragraph [] 1-1: Milk. / 3-3: Ice.", "row [] 4-4: x | y"],
  },
  "a tag without effect that runs over lines moves none": {
    source: "<p>Tea</x\n\n>\nis hot.</p>\n<p>Yes.</p>",
    blocks: ["paragraph [] 1-4: Tea is hot.", "paragraph [] 5-5: Yes."],
  },
  "an empty page has no blocks": { source: "", blocks: [] },
};

describe("blocks and their lines", () => {
  test.each(Object.entries(READ))("%s", (_, { source, blocks }) => {
    expect(blocksOf(source)).toEqual(blocks);
  });
});

const TEA = "<h1>Tea</h1>\n<p>Tea is hot and green.</p>";
const OUTSIDE: Record<string, string> = {
  "a navigation": "<nav><ul><li>Home</li></ul></nav>",
  "the page's header and footer": "<header>Acme company</header><footer>Made by us.</footer>",
  "an aside": "<aside>Buy our cups.</aside>",
  "scripts and styles": "<script>alert('Tea.')</script><style>p { color: red }</style><noscript>Turn it on.</noscript>",
  "a template": "<template><p>Row.</p></template>",
  "forms and what stands in them":
    "<form><label>Name it.</label><input></form><button>Send it.</button><select><option>One.</select>",
  "a dialog": "<dialog open>Are you sure.</dialog>",
  "drawings and frames": "<svg><text>Drawn.</text></svg><iframe>None.</iframe>",
  "what is hidden": "<p hidden>Gone.</p><p aria-hidden=true>Icon.</p><p style='color: red; display: none'>Unseen.</p>",
  "what only a screen reader says": "<p class=sr-only>Heard.</p><span class=visually-hidden>Said too.</span>",
  "comments of readers": "<section id=comments><h2>3 Comments</h2><div class=comment><p>Nice.</p></div></section>",
  "a cookie banner": "<div class='cookie-consent js-bar'>We like biscuits.</div>",
  breadcrumbs: "<ol class=breadcrumb><li>Home</li><li>Drinks</li></ol>",
  "related pages": "<div class=related-posts><p>All about ice.</p></div>",
  "what asks to share it": "<div class=social-share>Tell your friends.</div>",
  "an advert": "<div id=ad-banner>Buy now.</div><div class=ads>Buy more.</div>",
  "a menu by its role": "<div role=navigation>Drinks</div><div role=complementary>Offers.</div>",
  "a side bar by its class": "<div class=left-sidebar><p>Offers of the day.</p></div>",
  "a table of contents": "<ul><li><a href='#a'>Tea leaves</a></li><li><a href='#b'>Water</a></li></ul>",
  "a link that stands alone": "<p><a href=/ice>Ice cream</a></p>",
  "what is mostly links": "<div><a href=/a>Tea</a> or <a href=/b>Ice</a>, <a href=/c>Milk</a></div>",
};

describe("left out around the text of a page", () => {
  test.each(Object.entries(OUTSIDE))("%s", (_, around) => {
    const own = ["paragraph [Tea] 2-2: Tea is hot and green."];
    expect(blocksOf(`${around}<div>${TEA}</div>`)).toEqual(own);
    expect(blocksOf(`${TEA}${around}`)).toEqual(own);
  });
});

const INSIDE: Record<string, Case> = {
  "only the main element is read, where there is one": {
    source: `<div><p>Welcome to Acme.</p></div><main>${TEA}</main><div><p>Bye.</p></div>`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "or what has its role": {
    source: `<p>Welcome.</p><div role=main>${TEA}</div>`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "an empty main element is no reason to read nothing": {
    source: `<main></main>${TEA}`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "articles are read where they hold most of what is said": {
    source: `<p>Welcome to Acme.</p><article>${TEA}</article>`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "articles that are mere teasers are not all of the page": {
    source: `<div>${TEA}<p>It comes from China and India.</p></div><article>Ice.</article>`,
    blocks: [
      "paragraph [Tea] 2-2: Tea is hot and green.",
      "paragraph [Tea] 2-2: It comes from China and India.",
      "paragraph [Tea] 2-2: Ice.",
    ],
  },
  "a form around the whole page hides nothing": {
    source: `<form class=sidebar-layout>${TEA}</form>`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "a body that is named for what stands beside the text is read": {
    source: `<body class='has-sidebar comments-open'>${TEA}`,
    blocks: ["paragraph [Tea] 2-2: Tea is hot and green."],
  },
  "a section is not judged by an id that is its heading's": {
    source: "<section id=cookie-consent><h2>Cookie consent</h2><p>We ask each guest.</p></section>",
    blocks: ["paragraph [Cookie consent] 1-1: We ask each guest."],
  },
  "the header of an article is part of it": {
    source: "<article><header><h1>Tea</h1><p>Tea is old.</p></header><p>Tea is hot.</p></article>",
    blocks: ["paragraph [Tea] 1-1: Tea is old.", "paragraph [Tea] 1-1: Tea is hot."],
  },
  "a note in the margin that is a callout is read": {
    source: "<main><aside class='callout warning'>Tea is hot.</aside></main>",
    blocks: ["paragraph [] 1-1: Tea is hot."],
  },
  "items that are links are read in the main element": {
    source: "<main><ul><li><a href=/a>Green tea</a></li><li><a href=/b>Black tea</a></li><li>Mate</li></ul></main>",
    blocks: ["item [] 1-1: Green tea", "item [] 1-1: Black tea", "item [] 1-1: Mate"],
  },
  "a sentence that is a link is one": {
    source: "<p><a href=/tea>Tea is hot.</a></p>",
    blocks: ["paragraph [] 1-1: Tea is hot."],
  },
};

describe("read although it looks like the site's", () => {
  test.each(Object.entries(INSIDE))("%s", (_, { source, blocks }) => {
    expect(blocksOf(source)).toEqual(blocks);
  });
});

const TITLES: Record<string, { source: string; title: string; sections: readonly string[] }> = {
  "<title> is it": { source: `<title> Hot\n drinks </title>${TEA}`, title: "Hot drinks", sections: ["Tea"] },
  "else the first heading": { source: TEA, title: "Tea", sections: [""] },
  "else the file's name": { source: "<p>Hot.</p>", title: "page", sections: [""] },
  "an empty one is none": { source: `<title> </title>${TEA}`, title: "Tea", sections: [""] },
  "one that names the site as well is not said twice": {
    source: `<title>Tea – Acme</title>${TEA}<h2>Ice</h2><p>Cold.</p>`,
    title: "Tea – Acme",
    sections: ["", "Ice"],
  },
};

describe("a page's title", () => {
  test.each(Object.entries(TITLES))("%s", async (_, { source, title, sections }) => {
    const document = await documentOf("page.html", source);
    expect(document).toMatchObject({ id: "page", title, origin: "page.html", url: null });
    expect(withoutHeadings(document.blocks).map(({ section }) => section)).toEqual(sections);
  });
});

/** Each piece begins a line of a page; no tag is cut off, since a tag that never ends hides what follows from `unmarked`. */
const PIECES = fc.constantFrom(
  "<p>Tea is hot.",
  "It is <b>green</b> &amp; good.</p>",
  "<h2>A heading</h2>",
  "<ul><li>one item",
  "<li>another &ndash; <i>item</i></ul>",
  "<table><tr><td>cell</td><td>next",
  "</td></tr></table>",
  "loose words",
  "<pre>",
  "code here</pre>",
  "<a href='x'>a link</a> and more",
  "<div class=x\nid=y>",
  "</div></p></ul>",
  "<!-- a comment\n-->",
  "<dl><dt>term<dd>meaning",
  "<br>",
  "",
);

test("each sentence says what its lines say, however the page is cut into lines", () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 14 }), fc.constantFrom("\n", "\r\n", "\r"), (pieces, end) => {
      const lines = pieces.join("\n").split("\n");
      for (const { sentences } of parseHtml(lines.join(end), "tea.html").blocks)
        for (const { text, lines: range } of sentences) {
          expect(range.start).toBeGreaterThanOrEqual(1);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(lines.length);
          const said = unmarked(lines.slice(range.start - 1, range.end).join("\n"), "tea.html");
          for (const word of text.match(/[A-Za-z]+/g) ?? []) expect(said.replaceAll(" ", "")).toContain(word);
        }
    }),
  );
});

test("nothing that is typed makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
      parseHtml(source, "tea.html");
    }),
  );
});

describe("what answers", () => {
  const first = (source: string): Block | undefined => withoutHeadings(parseHtml(source, "tea.html").blocks)[0];

  test("what folds open stands under its summary", () => {
    expect(first("<details><summary>How hot?</summary><p>Very.</p></details>")).toMatchObject({
      section: "How hot?",
      question: "How hot?",
      sentences: [{ text: "Very." }],
    });
  });

  test("a note knows its kind", () => {
    expect(first('<div class="admonition warning"><p>Hot.</p></div>')).toMatchObject({ note: "warning" });
    expect(first('<div class="alert alert-info"><p>Hot.</p></div>')).toMatchObject({ note: "info" });
  });

  test("an item knows its number, code its language and lines", () => {
    expect(first('<ol start="3"><li>Pour.</li></ol>')).toMatchObject({ item: { depth: 0, number: 3 } });
    expect(first('<pre><code class="language-sh">pour\n  tea\n</code></pre>')).toMatchObject({
      code: { language: "sh", text: "pour\n  tea" },
      sentences: [{ text: "pour tea", lines: { start: 1, end: 2 } }],
    });
  });

  test("inline code stands between backticks in what is shown", () => {
    expect(first("<p>Use <code>pour</code> now.</p>")?.sentences[0]?.coded).toBe("Use `pour` now.");
  });

  test("cells that reach over rows and columns keep the others in theirs", () => {
    const source =
      '<table><caption>Cups</caption><tr><th>Cup<th>Tea<th>Ice</tr><tr><td rowspan="2">big<td colspan="2">hot</tr><tr><td>red<td>blue</tr></table>';
    const rows = parseHtml(source, "tea.html").blocks.flatMap(({ row }) => row ?? []);
    expect(rows).toMatchObject([
      { cells: ["big", "hot", ""], header: ["Cup", "Tea", "Ice"], head: null, caption: { text: "Cups" } },
      { cells: ["", "red", "blue"], head: "big" },
    ]);
  });

  test.each([
    ["a first row without numbers heads columns of numbers", ["Cup", "Litres"], "Cup | Litres"],
    ["a first row with a number heads nothing", ["Cup 1", "2"], ""],
  ])("%s", (_, cells, header) => {
    const rows = [cells, ["big", "2"], ["small", "1"]];
    const source = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}`).join("")}</tr>`).join("")}</table>`;
    expect(parseHtml(source, "tea.html").blocks.at(-1)?.header).toBe(header);
  });
});
