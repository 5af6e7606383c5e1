// A quote is looked up in its file as a reply leaves, whatever the index says.

// @module-tag slow

import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../../src/engine.ts";
import { CorpusError } from "../../src/errors.ts";
import { openCorpus, openEngine } from "../../src/store/open.ts";
import { type Compiled, saveSnapshot } from "../../src/store/snapshot.ts";
import { folderWith } from "../adapters/cli/corpora.ts";

const ASKED = "How long is green tea brewed?";
const KINDS: Record<string, string> = {
  "tea.md": "# Tea\n\nGreen *tea* is brewed for [three minutes](https://tea.example.org).\n",
  "plain.md": "# Tea\n\nGreen tea is brewed for three minutes.\n",
  "tea.txt": "TEA\n\nGreen tea is brewed\nfor three minutes.\n",
  "tea.html": "<h1>Tea</h1>\n<p>Green <b>tea</b> is brewed for <i>three</i>&nbsp;minutes.</p>\n",
  "tea.mdx": "import A from './a'\n\n# Tea\n\n<Note>\n  Green tea is brewed for **three** minutes.\n</Note>\n",
  "tea.rst": "Tea\n===\n\nGreen tea is brewed\nfor *three* minutes.\n",
  "tea.adoc": "= Tea\n\nGreen tea is brewed for _three_ minutes.\n",
  "tea.csv": "Name,Fact\nTea,Green tea is brewed for three minutes.\n",
  "tea.tsv": "Name\tFact\nTea\tGreen tea is brewed for three minutes.\n",
  "tea.ipynb": JSON.stringify({
    cells: [{ cell_type: "markdown", source: ["# Tea\n", "\n", "Green tea is brewed for *three* minutes.\n"] }],
  }),
};

const said = async (engine: Engine): Promise<string> => JSON.stringify(await engine.answer(ASKED));

/** The corpus with other words in all of its sentences, as somebody could write it into its index. */
function forge({ corpus, model }: Compiled, from = "three", to = "nine"): Compiled {
  const documents = corpus.documents.map((document) => ({
    ...document,
    blocks: document.blocks.map((block) => ({
      ...block,
      sentences: block.sentences.map(({ text, lines }) => ({ text: text.replace(from, to), lines })),
    })),
  }));
  const { kept: _, ...rest } = corpus;
  return { corpus: { ...rest, documents }, model };
}

describe.each(["minisearch", "compact"] as const)("a forged %s snapshot with checksums of its own", (index) => {
  test.each(Object.entries(KINDS))("shows nothing of %s and is made anew", async (name, text) => {
    const [folder, data] = [folderWith({ [name]: text }), folderWith({})];
    const honest = await openCorpus(folder, undefined, { data, index });
    const [snapshot = ""] = readdirSync(join(data, "index"));
    const file = join(data, "index", snapshot);
    // In a file of its own: a compact corpus reads from the one that it has opened.
    rmSync(file);
    saveSnapshot(file, forge(honest), ` ${index} `);
    const forged = await openEngine(folder, undefined, { data, index });
    expect(forged.corpus.documents[0]?.blocks.at(-1)?.sentences[0]?.text).toContain("nine");
    await expect(forged.answer(ASKED)).rejects.toThrow(CorpusError);
    await expect(forged.explain(ASKED)).rejects.toThrow(/does not say what its index says of it; ask again/);
    expect(readdirSync(join(data, "index"))).toEqual([]);
    expect(await said(await openEngine(folder, undefined, { data, index }))).toContain("three");
  });
});

const BESIDE = " It is served in a white cup.";
const SHOWN: Record<string, string> = {
  "tea.md": `# Tea\n\nGreen tea is brewed for three minutes.${BESIDE}\n`,
  "marked.md": `# Tea\n\nGreen *tea* is brewed for [three minutes](https://tea.example.org). It is **served** in a white cup.\n`,
  "tea.html": `<h1>Tea</h1>\n<p>Green tea is brewed for three minutes. It is <b>served</b> in a white&nbsp;cup.</p>\n`,
  "list.md": "# Tea\n\nOf green tea:\n\n- Green tea is brewed for three minutes.\n- It is served in a white cup.\n",
};

describe.each(["minisearch", "compact"] as const)("a forged %s snapshot", (index) => {
  test.each(Object.entries(SHOWN))(
    "that changes only what stands beside the quote is caught: %s",
    async (name, text) => {
      const [folder, data] = [folderWith({ [name]: text }), folderWith({})];
      const honest = await openCorpus(folder, undefined, { data, index });
      const fair = await openEngine(folder, undefined, { data, index });
      expect(await said(fair)).toContain("white cup");
      const [snapshot = ""] = readdirSync(join(data, "index"));
      const file = join(data, "index", snapshot);
      rmSync(file);
      saveSnapshot(file, forge(honest, "white", "golden"), ` ${index} `);
      const forged = await openEngine(folder, undefined, { data, index });
      await expect(forged.answer(ASKED)).rejects.toThrow(CorpusError);
      expect(readdirSync(join(data, "index"))).toEqual([]);
      expect(await said(await openEngine(folder, undefined, { data, index }))).not.toContain("golden");
    },
  );
});

describe.each(Object.entries(KINDS))("of %s", (name, text) => {
  test("what stands there is shown, again and again", async () => {
    const engine = await openEngine(folderWith({ [name]: text }));
    expect(await said(engine)).toContain("three");
    expect(await said(engine)).toContain("three");
  });

  test("what has changed since it was read is what it was until it is read anew, and the snapshot stays", async () => {
    const [folder, data] = [folderWith({ [name]: text }), folderWith({})];
    const engine = await openEngine(folder, undefined, { data });
    writeFileSync(join(folder, name), text.replace("three", "four"));
    expect(await said(engine)).toContain("three");
    expect(readdirSync(join(data, "index"))).toHaveLength(1);
    expect(await said(await openEngine(folder, undefined, { data }))).toContain("four");
  });

  test("what has only changed elsewhere is shown", async () => {
    const folder = folderWith({ [name]: text });
    const engine = await openEngine(folder);
    writeFileSync(join(folder, name), `${text}\n<p>\n\nBlack tea is brewed for five minutes.\n`);
    expect(await said(engine)).toContain("three");
  });
});

test("a file that is gone, or has become a link, is what it was until the folder is read anew; a link is not followed", async () => {
  const folder = folderWith({ "tea.md": KINDS["plain.md"] ?? "" });
  const engine = await openEngine(folder);
  rmSync(join(folder, "tea.md"));
  expect(await said(engine)).toContain("three");
  symlinkSync(join(folderWith({ "tea.md": "Tea is brewed for nine minutes.\n" }), "tea.md"), join(folder, "tea.md"));
  expect(await said(engine)).toContain("three");
});

test("a linked document is looked up where the link leads", async () => {
  const folder = folderWith({});
  mkdirSync(join(folder, ".version"));
  writeFileSync(join(folder, ".version", "tea.md"), KINDS["plain.md"] ?? "");
  symlinkSync(".version/tea.md", join(folder, "tea.md"));
  const { corpus, model } = await openCorpus(folder);
  expect(corpus.files).toMatchObject([{ path: "tea.md", target: ".version/tea.md" }]);
  expect(await said(await createEngine(corpus, model))).toContain("three");
});
