// What answers a question, in each kind that can say it: the same structure whatever the markup.

import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/ingest/formats/read-document.ts";

const PAGES: Record<string, string> = {
  "tea.md": `---
lastUpdated: 2024-05-06
---
# Tea

Do this:

1. Boil
   1. water
2. Pour

Run this:

\`\`\`sh
pour --hot
\`\`\`

## Is it hot?

It is.

| Cup | Price |
| --- | --- |
| \`big\` | 3 |
`,
  "tea.html": `<title>Tea</title><main><h1>Tea</h1>
<p>Last updated: 2024-05-06</p>
<p>Do this:</p>
<ol><li>Boil<ol><li>water</li></ol></li><li>Pour</li></ol>
<p>Run this:</p>
<pre><code class="language-sh">pour --hot</code></pre>
<h2>Is it hot?</h2>
<p>It is.</p>
<table><tr><th>Cup</th><th>Price</th></tr><tr><td><code>big</code></td><td>3</td></tr></table>
</main>`,
  "tea.rst": `Tea
===

:Date: 2024-05-06

Do this:

1. Boil

   1. water

2. Pour

Run this:

.. code-block:: sh

   pour --hot

Is it hot?
----------

It is.

=======  =====
Cup      Price
=======  =====
\`\`big\`\`  3
=======  =====
`,
  "tea.adoc": `= Tea
:revdate: 2024-05-06

Do this:

. Boil
.. water
. Pour

Run this:

[source,sh]
----
pour --hot
----

== Is it hot?

It is.

|===
|Cup |Price

|\`big\` |3
|===
`,
};
PAGES["tea.mdx"] = `${PAGES["tea.md"]?.replace("# Tea", 'import A from "./a"\n\n# Tea')}`;
PAGES["tea.ipynb"] = JSON.stringify({
  cells: [
    {
      cell_type: "markdown",
      source: (PAGES["tea.md"] ?? "").replace(/^---[\s\S]*?---\n/, "Last updated: 2024-05-06\n\n"),
    },
  ],
});

describe.each(Object.entries(PAGES))("of %s", (name, text) => {
  const read = () => readDocument(name, Buffer.from(text));

  test("steps have their numbers and depths, and what announces them", async () => {
    const items = (await read()).blocks.filter(({ kind }) => kind === "item");
    expect(
      items.map(({ item, lead, sentences: [said] }) => [item?.number, item?.depth, lead?.text, said?.text]),
    ).toEqual([
      [1, 0, "Do this:", "Boil"],
      [1, 1, "Do this:", "water"],
      [2, 0, "Do this:", "Pour"],
    ]);
    expect(new Set(items.map(({ group }) => group)).size).toBe(1);
  });

  test("code has its language and the line that announces it", async () => {
    const [code] = (await read()).blocks.filter(({ kind }) => kind === "code");
    expect(code).toMatchObject({ code: { language: "sh", text: "pour --hot" }, lead: { text: "Run this:" } });
  });

  test("a heading that asks is the question of what stands below it", async () => {
    const { blocks } = await read();
    expect(blocks.find(({ kind, depth }) => kind === "heading" && depth === 2)?.sentences[0]?.text).toBe("Is it hot?");
    expect(blocks.find(({ question }) => question === "Is it hot?")?.sentences[0]?.text).toBe("It is.");
  });

  test("a row has its header and its cells, inline code marked", async () => {
    const [row] = (await read()).blocks.filter((block) => block.row !== undefined);
    expect(row).toMatchObject({ header: "Cup | Price", row: { header: ["Cup", "Price"], cells: ["`big`", "3"] } });
  });

  test("it says when it was last updated", async () => {
    expect((await read()).updated).toBe("2024-05-06");
  });
});

const QUESTIONS: Record<string, string> = {
  "tea.md": "# Tea\n\n**Q: Is it hot?**\n\nA: It is.\n",
  "fold.md": "# Tea\n\n<details>\n<summary>Is it hot?</summary>\n\nIt is.\n\n</details>\n",
  "bold.md": "# Tea\n\n**Is it hot?**\n\nIt is.\n",
  "tea.txt": "TEA\n\nQ: Is it hot?\nA: It is.\n",
  "tea.html": "<h1>Tea</h1><details><summary>Is it hot?</summary><p>It is.</p></details>",
  "list.html": "<h1>Tea</h1><dl><dt>Is it hot?</dt><dd>It is.</dd></dl>",
  "tea.adoc": "= Tea\n\n[qanda]\nIs it hot?:: It is.\n",
  "tea.rst": "Tea\n===\n\nIs it hot?\n    It is.\n",
};

test.each(Object.entries(QUESTIONS))("a question and its answer belong together in %s", async (name, text) => {
  const { blocks } = await readDocument(name, Buffer.from(text));
  const answer = blocks.find(({ kind, sentences }) => kind !== "heading" && sentences.at(-1)?.text.endsWith("It is."));
  const asked = answer?.question ?? answer?.term;
  expect(asked?.replace(/^Q: /, "")).toBe("Is it hot?");
});
