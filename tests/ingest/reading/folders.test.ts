// Folders that can't be read: one line that says what is wrong, where, and what to do about it.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEPTH_MAX, DOCUMENTS_MAX, FILE_BYTES_MAX, readCorpusFiles } from "../../../src/ingest/files.ts";
import { folderWith, TOPICAL } from "../../adapters/cli/corpora.ts";
import { askFolder, expectRefusal } from "./command.ts";

const TEA = "# Tea\n\nTea is hot.\n";

/** Makes a folder with one good document and something else in it. */
const beside = (add: (folder: string) => void, files: Readonly<Record<string, string>> = { "tea.md": TEA }) => {
  const folder = folderWith(files);
  add(folder);
  return folder;
};
const deep = (folders: number): string => Array.from({ length: folders }, (_, at) => at + 1).join("/");
const faq = (change: (text: string) => string): string =>
  folderWith({ ...TOPICAL, "faq.yaml": change(TOPICAL["faq.yaml"]) });

const REFUSED: Record<string, { folder: () => string; message: RegExp }> = {
  "a missing folder": { folder: () => join(folderWith({}), "none"), message: /^no folder .*none; name a folder/ },
  "an empty folder": { folder: () => folderWith({}), message: /^no document in .+; put \.md, \.txt, \.html or \.htm/ },
  "a file": { folder: () => join(folderWith({ "tea.md": TEA }), "tea.md"), message: /tea\.md is not a folder; / },
  "a folder of other files": {
    folder: () => folderWith({ "a.png": "x", "b.pdf": "x", LICENSE: "x" }),
    message: /^no document in .+, only \.pdf, \.png, files without an ending; /,
  },
  "a folder of hidden documents": { folder: () => folderWith({ ".git/a.md": TEA }), message: /^no document in / },
  "a pipe": {
    folder: () => beside((folder) => execFileSync("mkfifo", [join(folder, "ice.md")])),
    message: /^ice\.md: is a pipe, not a file; remove it/,
  },
  "a pipe without an ending": {
    folder: () => beside((folder) => execFileSync("mkfifo", [join(folder, "ice")])),
    message: /^ice: is a pipe, not a file; /,
  },
  "a pipe as faq.yaml": {
    folder: () => beside((folder) => execFileSync("mkfifo", [join(folder, "faq.yaml")])),
    message: /^faq\.yaml: is a pipe, not a file; /,
  },
  "a link in a circle": {
    folder: () =>
      beside((folder) => {
        symlinkSync("b.md", join(folder, "a.md"));
        symlinkSync("a.md", join(folder, "b.md"));
      }),
    message: /^a\.md: is a link that leads in a circle; remove it/,
  },
  "a link to the folder it is in": {
    folder: () => beside((folder) => symlinkSync(".", join(folder, "again"))),
    message: /^again: is a link that leads in a circle; /,
  },
  "a link to a folder above": {
    folder: () =>
      beside((folder) => {
        mkdirSync(join(folder, "a/b"), { recursive: true });
        symlinkSync("../..", join(folder, "a/b/up"));
      }),
    message: /^a\/b\/up: is a link that leads in a circle; /,
  },
  "a link to a file outside": {
    folder: () => beside((folder) => symlinkSync("/etc/passwd", join(folder, "users.md"))),
    message: /^users\.md: is a link that leads outside of the folder; put a copy/,
  },
  "a link to a device": {
    folder: () => beside((folder) => symlinkSync("/dev/zero", join(folder, "zero.md"))),
    message: /^zero\.md: is a link that leads outside of the folder; /,
  },
  "a link to a folder outside": {
    folder: () => beside((folder) => symlinkSync(folderWith({ "ice.md": TEA }), join(folder, "more"))),
    message: /^more: is a link that leads outside of the folder; /,
  },
  "a link to a folder outside whose path begins like the folder's": {
    folder: () =>
      beside((folder) => {
        mkdirSync(`${folder}-more`);
        symlinkSync(`${folder}-more`, join(folder, "more"));
      }),
    message: /^more: is a link that leads outside of the folder; /,
  },
  "documents/ that is a link to outside": {
    folder: () =>
      beside((folder) => symlinkSync(folderWith({ "ice.md": TEA }), join(folder, "documents")), { "faq.yaml": "" }),
    message: /^documents: is a link that leads outside of the folder; /,
  },
  "a faq.yaml that is a link to outside": {
    folder: () => beside((folder) => symlinkSync("/etc/passwd", join(folder, "faq.yaml"))),
    message: /^faq\.yaml: is a link that leads outside of the folder; /,
  },
  "a link to nothing": {
    folder: () => beside((folder) => symlinkSync("gone.md", join(folder, "ice.md"))),
    message: /^ice\.md: is a link that leads nowhere \(ENOENT\); /,
  },
  "a file that is too large": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.md"), "a".repeat(FILE_BYTES_MAX + 1))),
    message: /^ice\.md: is larger than 2 MB; split it/,
  },
  "10 MB on one line": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.txt"), "a".repeat(10_000_000))),
    message: /^ice\.txt: is larger than 2 MB; /,
  },
  "files that are too large together": {
    folder: () =>
      beside((folder) => {
        for (let at = 0; at < 26; at++) {
          writeFileSync(join(folder, `ice-${at}.md`), "");
          truncateSync(join(folder, `ice-${at}.md`), FILE_BYTES_MAX);
        }
      }),
    message: /^ice-9\.md: makes the corpus larger than 50 MB; /,
  },
  "too many documents": {
    folder: () =>
      beside((folder) => {
        for (let at = 0; at < DOCUMENTS_MAX; at++) writeFileSync(join(folder, `${String(at).padStart(5, "0")}.md`), "");
      }),
    message: /^tea\.md: is one document more than 10000; /,
  },
  "a folder that is too deep": {
    folder: () => folderWith({ "tea.md": TEA, [`${deep(DEPTH_MAX + 1)}/ice.md`]: TEA }),
    message: /^1\/2\/3\/4\/5\/6\/7\/8\/9: lies deeper than 8 folders; /,
  },
  "a file without a byte": {
    folder: () => folderWith({ "tea.md": TEA, "ice.md": "" }),
    message: /^ice\.md: holds no text to quote; /,
  },
  "a file of headings": {
    folder: () => folderWith({ "tea.md": TEA, "ice.md": "# Ice\n\n## Cold\n" }),
    message: /^ice\.md: holds no text to quote, only headings; add text/,
  },
  "a page of navigation": {
    folder: () => folderWith({ "tea.md": TEA, "ice.html": "<nav>Home</nav>" }),
    message: /^ice\.html: holds no text to quote; /,
  },
  "two documents with one id": {
    folder: () => folderWith({ "tea.md": TEA, "tea.html": "<p>Tea is hot." }),
    message: /^tea\.md: has the same document id as tea\.html \("tea"\); rename one/,
  },
  "a file in another encoding": {
    folder: () =>
      beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from("Ice.\n\nCaf\xe9.\n", "latin1"))),
    message: /^ice\.md:3: is not UTF-8 text; save it as UTF-8$/m,
  },
  "a binary file that is called .md": {
    folder: () =>
      beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from("89504e470d0a1a0a0000000d", "hex"))),
    message: /^ice\.md: is not text; /,
  },
  "a text with a NUL": { folder: () => folderWith({ "ice.txt": "Ice.\n\0\n" }), message: /^ice\.txt:2: is not text; / },
  "UTF-16 without a mark": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from("Ice.", "utf16le"))),
    message: /^ice\.md:1: is not text; /,
  },
  "half of UTF-16": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from([0xff, 0xfe, 0x41]))),
    message: /^ice\.md: is not UTF-16 text, though it begins like it; /,
  },
  "an unknown key in faq.yaml": {
    folder: () => faq((text) => text.replace("    title: Storage", "    titel: Storage")),
    message: /^faq\.yaml:\d+: topics\.1.*; see the corpus README/,
  },
  "a quote that stands nowhere": {
    folder: () => faq((text) => text.replace('{ tea: "Tea is stored in a dark tin." }', '{ tea: "Tea is kept." }')),
    message: /^faq\.yaml:\d+: quote not found in documents\/tea\.md: "Tea is kept\."; copy/,
  },
  "a quote that stands twice": {
    folder: () => faq((text) => text.replace('{ tea: "Tea is stored in a dark tin." }', '{ tea: "tea is brewed" }')),
    message: /^faq\.yaml:\d+: quote found 2 times in documents\/tea\.md: "tea is brewed"; quote more/,
  },
  "a topic twice": {
    folder: () => faq((text) => text.replace("id: storage", "id: brewing")),
    message: /^faq\.yaml:\d+: topic id "brewing" stands at line \d+ too; rename/,
  },
  "an alias of both subjects": {
    folder: () => faq((text) => text.replace('aliases: ["black tea"]', 'aliases: ["green tea"]')),
    message: /^faq\.yaml:\d+: "green tea" names both green and black; keep it/,
  },
  "a faq.yaml that is no YAML": {
    folder: () => faq(() => 'topics: [\n  "a'),
    message: /^faq\.yaml:\d+: .+; mend the YAML$/m,
  },
};

describe.concurrent("refused in one line with exit status 2", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { folder, message }) => {
    expectRefusal(await askFolder(folder()), message);
  });

  test("a socket", async () => {
    const folder = folderWith({ "tea.md": TEA });
    const server = createServer().listen(join(folder, "live.md"));
    try {
      await new Promise((listening) => server.once("listening", listening));
      expectRefusal(await askFolder(folder), /^live\.md: is a socket, not a file; /);
    } finally {
      server.close();
    }
  });
});

/** Root reads everything, so it lets somebody else ask. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;

describe.concurrent("refused where the right to read is missing", () => {
  const LOCKED: Record<string, string> = { "a file": "ice.md", "a folder": "ice" };
  test.each(Object.entries(LOCKED))("%s", async (_, locked) => {
    const folder = folderWith({ "tea.md": TEA, [locked.includes(".") ? locked : `${locked}/a.md`]: TEA });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, locked), 0);
    expectRefusal(await askFolder(folder, NOBODY), /^ice(?:\.md)?: can't be read \(EACCES\); give the right/);
    chmodSync(join(folder, locked), 0o755);
  });

  test("the folder itself", async () => {
    const folder = folderWith({ "tea.md": TEA });
    chmodSync(folder, 0);
    expectRefusal(await askFolder(folder, NOBODY), /^\/\S+: can't be read \(EACCES\); give the right/);
    chmodSync(folder, 0o755);
  });
});

const READ: Record<string, { folder: () => string; paths: readonly string[] }> = {
  "hidden folders, hidden files and node_modules are passed over": {
    folder: () => folderWith({ "tea.md": TEA, ".git/a.md": TEA, ".b.md": TEA, "x/node_modules/c.md": TEA }),
    paths: ["tea.md"],
  },
  "a folder whose name begins with an underscore is one": {
    folder: () => folderWith({ "_drinks/tea.md": TEA }),
    paths: ["_drinks/tea.md"],
  },
  "a document lies eight folders deep": {
    folder: () => folderWith({ [`${deep(DEPTH_MAX)}/tea.md`]: TEA }),
    paths: [`${deep(DEPTH_MAX)}/tea.md`],
  },
  "a linked document is read once": {
    folder: () =>
      beside((folder) => {
        symlinkSync("tea.md", join(folder, "again.md"));
        mkdirSync(join(folder, "more"));
        symlinkSync("more", join(folder, "more.md"));
      }),
    paths: ["tea.md"],
  },
  "a link to a hidden version is read, as in a mounted volume": {
    folder: () =>
      beside(
        (folder) => {
          symlinkSync("..version-1", join(folder, "..data"));
          symlinkSync("..data/tea.md", join(folder, "tea.md"));
        },
        { "..version-1/tea.md": TEA },
      ),
    paths: ["tea.md"],
  },
  "the folder may be a link itself": {
    folder: () => {
      const link = join(folderWith({}), "link");
      symlinkSync(folderWith({ "tea.md": TEA }), link);
      return link;
    },
    paths: ["tea.md"],
  },
};

describe("read", () => {
  test.each(Object.entries(READ))("%s", (_, { folder, paths }) => {
    expect(readCorpusFiles(folder()).map(({ path }) => path)).toEqual(paths);
  });

  test("a file of just the size that is allowed", () => {
    const folder = folderWith({ "tea.md": "a".repeat(FILE_BYTES_MAX) });
    expect(readCorpusFiles(folder)[0]?.bytes).toHaveLength(FILE_BYTES_MAX);
  });
});
