import { describe, expect, test } from "vitest";
import { readDialects } from "../../../src/ingest/formats/dialects.ts";
import { parseMarkdown } from "../../../src/ingest/formats/markdown.ts";
import { withoutHeadings } from "../../documents.ts";
import { fc } from "../../fast-check.ts";
import { allShown } from "./shown.ts";

interface Case {
  readonly source: string;
  readonly blocks: readonly string[];
}

const DOCUSAURUS: Record<string, Case> = {
  "imports are no text": {
    source: "import A from './a';\nimport {\n  B,\n} from '@b/c';\n\nTea.\n",
    blocks: ["paragraph [] 6-6: Tea."],
  },
  "exports beside imports are no text": {
    source: "import A from 'a'\n\nexport const B = () => {\n\n  return 1;\n};\n\nTea.\n",
    blocks: ["paragraph [] 8-8: Tea."],
  },
  "attributes that are computed are no text": {
    source:
      "<img src={require('./tea.png').default} alt=\"A pot of hot tea\" style={{ height: '6px' }} />\n\n<span style={{color: 'red'}}>Ice</span> is cold.\n",
    blocks: ["paragraph [] 3-3: Ice is cold."],
  },
  "a line of a shell that exports is text": {
    source: "export PATH=/tea\n",
    blocks: ["paragraph [] 1-1: export PATH=/tea"],
  },
  "a note knows its kind, its own title heads it": {
    source: ":::note\nTea.\n:::\n\n:::tip[Cups]\n\nIce.\n\n:::\n\nEnd.\n",
    blocks: ["paragraph [] !note 2-2: Tea.", "paragraph [Cups] !tip 7-7: Ice.", "paragraph [] 11-11: End."],
  },
  "notes stand in each other": {
    source: "::::warning Hot\nTea.\n:::info\nIce.\n:::\n::::\n",
    blocks: ["paragraph [Hot] !warning 2-2: Tea.", "paragraph [Hot] !info 4-4: Ice."],
  },
  "a heading in a note ends with it": {
    source: "## A\n\n:::note\n## B\nTea.\n:::\n\nIce.\n",
    blocks: ["paragraph [A › B] !note 5-5: Tea.", "paragraph [A] 8-8: Ice."],
  },
  "tabs head what they hold, however it is indented": {
    source:
      '<Tabs>\n  <TabItem value="mac" label="macOS">\n\n    Brew *tea*.\n\n  </TabItem>\n  <TabItem value="win">\n    Pour.\n  </TabItem>\n</Tabs>\n\nDrink.\n',
    blocks: [
      "paragraph [macOS] =macOS 4-4: Brew tea.",
      "paragraph [win] =win 8-8: Pour.",
      "paragraph [] 12-12: Drink.",
    ],
  },
  "a component says its text where it stands": {
    source: 'Press <Key mod="cmd" k="z" /> now.\n\n<Box color="red">Tea.</Box>\n',
    blocks: ["paragraph [] 1-1: Press cmd z now.", "paragraph [] 3-3: Tea."],
  },
  "of a component's attributes words are text, on their own lines": {
    source: '<Quote\n  src="/a.png"\n  size={3}\n  quote="Tea is hot."\n  name="Ada"\n/>\n',
    blocks: ["paragraph [] 4-4: Tea is hot. / 5-5: Ada"],
  },
  "a component that is not closed keeps no sign": {
    source: "Tea <Spin speed={2} /> is hot.\n",
    blocks: ["paragraph [] 1-1: Tea is hot."],
  },
  "names to fill in are text": {
    source: "Ask <your-name> at <HOST>.\n",
    blocks: ["paragraph [] 1-1: Ask <your-name> at <HOST>."],
  },
  "what folds open stands under its summary": {
    source: "<details>\n<summary>How *hot*?</summary>\n\nVery.\n\n</details>\n\nEnd.\n",
    blocks: ["paragraph [How hot?] ?How hot? 4-4: Very.", "paragraph [] 8-8: End."],
  },
  "anchors and comments are no text": {
    source: "## Tea {#tea}\n\nHot. {/* not yet */} Cold. <!-- never --> Warm.\n\n<!--\n\n:::note\n\n-->\n",
    blocks: ["paragraph [Tea] 3-3: Hot. / 3-3: Cold. / 3-3: Warm."],
  },
  "code is left as it is": {
    source: "```jsx\nimport A from 'a';\n<Tabs>\n:::note\n```\n\nUse `<Tabs>` and `{{ a }}`.\n",
    blocks: ["code [] 2-4: import A from 'a'; <Tabs> :::note", "paragraph [] 7-7: Use <Tabs> and {{ a }}."],
  },
};

const MKDOCS: Record<string, Case> = {
  "a note holds what is indented": {
    source: '!!! warning "Hot"\n    Tea.\n\n    - Ice\n\nEnd.\n',
    blocks: ["paragraph [Hot] !warning 2-2: Tea.", "item [Hot] !warning * 4-4: Ice", "paragraph [] 6-6: End."],
  },
  "what folds open and notes beside the text are notes": {
    source: "??? question\n    Tea.\n\n!!! note inline end\n    Ice.\n",
    blocks: ["paragraph [] !question 2-2: Tea.", "paragraph [] !note 5-5: Ice."],
  },
  "a note in a note, with code": {
    source: "!!! tip\n    Tea.\n\n    !!! danger\n        ```sh\n        pour\n        ```\n",
    blocks: ["paragraph [] !tip 2-2: Tea.", "code [] !danger 6-6: pour"],
  },
  "tabs head what they hold": {
    source: '=== "Linux"\n\n    1. Pour.\n\n=== "macOS"\n\n    Brew.\n\nEnd.\n',
    blocks: ["item [Linux] =Linux *1 3-3: Pour.", "paragraph [macOS] =macOS 7-7: Brew.", "paragraph [] 9-9: End."],
  },
  "tabs stand in items": {
    source: '1. Tea.\n\n    === "Linux"\n\n        Pour.\n\n2. Ice.\n',
    blocks: ["item [] *1 1-1: Tea.", "item [Linux] =Linux *1+ 5-5: Pour.", "item [] *2 7-7: Ice."],
  },
  "a macro is a gap in its sentence, and nothing on its own": {
    source: "Tea at {{ cups.hot }} is hot.\n\n{% include 'a.md' %}\n\n{{ tea }}\n\nAsk {% include 'b' %}.\n",
    blocks: ["paragraph [] 1-1: Tea at … is hot.", "paragraph [] 7-7: Ask …."],
  },
  "raw text is text": {
    source: "{% raw %}\nUse {{ tea }}.\n{% endraw %}\n",
    blocks: ["paragraph [] 2-2: Use {{ tea }}."],
  },
  "attribute lists, keys, icons, snippets and contents are read away": {
    source:
      '[TOC]\n\n[Tea](a){ .md-button target="_blank" } is :material-tea: ==hot==.\n{: .x }\n\nPress ++ctrl+alt+t++.\n\n--8<-- "a.md"\n',
    blocks: ["paragraph [] 3-3: Tea is hot.", "paragraph [] 6-6: Press ctrl+alt+t."],
  },
  "terms are defined": {
    source: "Tea\n:   A drink.\n\nIce\n:   Cold. Hard.\n",
    blocks: ["row [] :Tea 1-2: Tea | A drink.", "item [] :Ice 5-5: Cold. / 5-5: Hard."],
  },
};

const HUGO: Record<string, Case> = {
  "tabs of shortcodes": {
    source:
      '{{< tabs >}}\n{{< tab name="Linux" >}}\n\n1. Pour.\n\n{{< /tab >}}\n{{% tab "macOS" %}}\nBrew.\n{{% /tab %}}\n{{< /tabs >}}\n',
    blocks: ["item [Linux] =Linux *1 4-4: Pour.", "paragraph [macOS] =macOS 8-8: Brew."],
  },
  "what a shortcode is given to say is text": {
    source:
      'Since {{< release-date date="2024-05-06" >}}.\n\n{{< figure src="a.png" width="30" >}}\n\n{{< button text="Get tea" url="/tea" >}}\n',
    blocks: ["paragraph [] 1-1: Since 2024-05-06.", "paragraph [] 5-5: Get tea"],
  },
  "a shortcode with a title heads what it holds": {
    source: '{{< accordion title="Why hot?" >}}\n\nTea.\n\n{{< /accordion >}}\n',
    blocks: ["paragraph [Why hot?] ?Why hot? 3-3: Tea."],
  },
  "notes of shortcodes and of Liquid": {
    source: '{{< note >}}\nTea.\n{{< /note >}}\n\n{% hint style="warning" %}\nIce.\n{% endhint %}\n',
    blocks: ["paragraph [] !note 2-2: Tea.", "paragraph [] !warning 6-6: Ice."],
  },
  "highlighted code is code": {
    source: "{% highlight sh %}\npour\n{% endhighlight %}\n\n{{< highlight js >}}\nlet a;\n{{< /highlight >}}\n",
    blocks: ["code [] 2-2: pour", "code [] 6-6: let a;"],
  },
};

const GITHUB: Record<string, Case> = {
  "an alert is a note": {
    source: "> [!IMPORTANT]\n> Tea is\n> hot.\n\nEnd.\n",
    blocks: ["paragraph [] !important 2-3: Tea is hot.", "paragraph [] 5-5: End."],
  },
  checklists: {
    source: "- [x] Tea\n- [ ] Ice\n",
    blocks: ["item [] * [x] 1-1: Tea", "item [] * [ ] 2-2: Ice"],
  },
  "footnotes are read where they stand, their marks nowhere": {
    source: "Tea[^1] is hot[^none].\n\n[^1]: From a pot.\n",
    blocks: ["paragraph [] 1-1: Tea is hot.", "paragraph [] 3-3: From a pot."],
  },
  "headings without a space, or with an odd one": {
    source: "#Tea\n\nHot.\n\n##\u00a0Ice\n\nCold.\n\n#channel is text.\n",
    blocks: [
      "paragraph [Tea] 3-3: Hot.",
      "paragraph [Tea › Ice] 7-7: Cold.",
      "paragraph [Tea › Ice] 9-9: #channel is text.",
    ],
  },
  "deleted text and links to pages of a wiki": {
    source: "Tea is ~~cold~~ hot, see [[Green tea]] and [[pot|the pot]].\n",
    blocks: ["paragraph [] 1-1: Tea is cold hot, see Green tea and the pot."],
  },
  "items that name what stands elsewhere are items, links within the site are furniture": {
    source: "- [Kettle 1.2](https://kettle.example/1.2)\n- [Pot 3](https://pot.example/3)\n\n- [Home](a.md)\n",
    blocks: ["item [] * 1-1: Kettle 1.2", "item [] * 2-2: Pot 3", "furniture [] * 4-4: Home"],
  },
};

const FORMULAS: Record<string, Case> = {
  "a formula in a line is code, sums of money are text": {
    source: "Take $n^2$ cups for $5 or $6, as $HOME/$USER says.\n",
    blocks: ["paragraph [] 1-1: Take n^2 cups for $5 or $6, as $HOME/$USER says."],
  },
  "a formula on lines of its own is a block of code": {
    source: "It holds:\n\n$$\na * b * c\n= d\n$$\n\nTea.\n\n$$ is money.\n",
    blocks: [
      "paragraph [] 1-1: It holds:",
      "code [] <It holds: 4-5: a * b * c = d",
      "paragraph [] 8-8: Tea.",
      "paragraph [] 10-10: $$ is money.",
    ],
  },
};

const HTML: Record<string, Case> = {
  "a table with Markdown in its cells": {
    source:
      "<table>\n<tr><th>Day</th><th>Tea</th></tr>\n\n<tr><td>**Monday**</td><td>`green`, see [pot](a)</td></tr>\n<tr>\n<td>\n\nTuesday\n\n</td><td>Black</td></tr>\n</table>\n\nEnd.\n",
    blocks: ["row [] 4-4: Monday | green, see pot", "row [] 8-10: Tuesday | Black", "paragraph [] 13-13: End."],
  },
  "what holds Markdown": {
    source: '<div class="x" markdown="1">\n\n**Tea.**\n\n</div>\n\n<p align="center">\n  Ice is *cold*.\n</p>\n',
    blocks: ["paragraph [] 3-3: Tea.", "paragraph [] 8-8: Ice is cold."],
  },
  "elements in a sentence": {
    source: 'Press <kbd>Esc</kbd>,<br/>then <span style="color:red">wait</span> 10<sup>2</sup> s.\n',
    blocks: ["paragraph [] 1-1: Press Esc, then wait 102 s."],
  },
  "lists of HTML": {
    source: "<ol>\n<li>Pour.</li>\n<li>Drink *slowly*.</li>\n</ol>\n",
    blocks: ["item [] *1 2-2: Pour.", "item [] *2 3-3: Drink slowly."],
  },
  "scripts, styles and frames": {
    source:
      "<style>\n.a {}\n\n.b {}\n</style>\n\n<script>\nlet a;\n\nlet b;\n</script>\n\n<iframe src='a'>\n</iframe>\n\nTea.\n",
    blocks: ["paragraph [] 16-16: Tea."],
  },
};

const ALL = {
  formulas: FORMULAS,
  Docusaurus: DOCUSAURUS,
  MkDocs: MKDOCS,
  "Hugo and Jekyll": HUGO,
  GitHub: GITHUB,
  "HTML in Markdown": HTML,
};

describe.each(Object.entries(ALL))("%s", (_, cases) => {
  test.each(Object.entries(cases))("%s", (_name, { source, blocks }) => {
    expect(allShown(withoutHeadings(parseMarkdown(source).blocks))).toEqual(blocks);
  });
});

test("in MDX expressions are no text, in Markdown braces are", () => {
  const source = 'Tea {hot.now} is {"green"}.\n';
  const said = (file: string) => parseMarkdown(source, file).blocks[0]?.sentences[0]?.text;
  expect(said("tea.mdx")).toBe("Tea is green.");
  expect(said("tea.md")).toBe("Tea {hot.now} is green.");
});

test("the label of a tab is a heading that can be quoted", () => {
  const [heading] = parseMarkdown('=== "Linux"\n\n    Pour.\n').blocks;
  expect(heading).toMatchObject({
    kind: "heading",
    section: "Linux",
    tab: "Linux",
    sentences: [{ text: "Linux", lines: { start: 1, end: 1 } }],
  });
});

const PIECES = fc.constantFrom(
  "Tea is hot.",
  "",
  ":::note",
  ":::",
  '!!! tip "A"',
  "    Ice.",
  '=== "B"',
  "<Tabs>",
  '<TabItem label="C">',
  "</TabItem>",
  "</Tabs>",
  "<details>",
  "<summary>D</summary>",
  "</details>",
  "<table>",
  "</table>",
  '{{< tab name="E" >}}',
  "{{< /tab >}}",
  "{% raw %}",
  "{{ x }}",
  "```",
  "- item `<b>`",
  "> [!NOTE]",
  "> said",
  "<!--",
  "-->",
  "import A from 'a'",
  '<Key k="z"',
  "/>",
);

test("no line is lost or added, and what is read stands at its lines, however marks are mixed", () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 25 }), fc.boolean(), (lines, isMdx) => {
      const source = lines.join("\n");
      expect(readDialects(source, isMdx).text.split("\n")).toHaveLength(source.split("\n").length);
      for (const { sentences } of parseMarkdown(source).blocks)
        for (const { text, lines: range } of sentences) {
          const there = lines.slice(range.start - 1, range.end).join(" ");
          for (const word of text.match(/[A-Za-z]+/g) ?? []) expect(there).toContain(word);
        }
    }),
    { numRuns: 300 },
  );
});
