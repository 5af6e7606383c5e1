// Folders as they are found: what is wrong with a file is said in one line, and the others are answered from.
// @module-tag slow

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { leftOutLine } from "../../../adapters/shared/opening-lines.ts";
import {
  type Bounds,
  DEPTH_MAX,
  FILE_BYTES_MAX,
  listCorpus,
  readCorpusFiles,
  readListed,
} from "../../../src/ingest/files.ts";
import { parseCorpus } from "../../../src/ingest/library.ts";
import { folderWith, TOPICAL } from "../../adapters/cli/corpora.ts";
import { askFolder, type Ended, expectRefusal, run } from "./command.ts";

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
  "an empty folder": { folder: () => folderWith({}), message: /^no document in .+; put \.md, .+ files there/ },
  "a file": { folder: () => join(folderWith({ "tea.md": TEA }), "tea.md"), message: /tea\.md is not a folder; / },
  "a folder of other files": {
    folder: () => folderWith({ "a.png": "x", "b.jpg": "x", LICENSE: "x" }),
    message: /^no document in .+, only \.jpg, \.png, no ending; /,
  },
  "a folder of hidden documents": { folder: () => folderWith({ ".git/a.md": TEA }), message: /^no document in / },
  "a pipe as faq.yaml": {
    folder: () => beside((folder) => execFileSync("mkfifo", [join(folder, "faq.yaml")])),
    message: /^faq\.yaml: is a pipe, not a file; /,
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

/** What stands beside one good document. */
const LEFT_OUT: typeof REFUSED = {
  "a pipe": {
    folder: () => beside((folder) => execFileSync("mkfifo", [join(folder, "ice.md")])),
    message: /^ice\.md: is a pipe, not a file; remove it/,
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
  "a link to nothing": {
    folder: () => beside((folder) => symlinkSync("gone.md", join(folder, "ice.md"))),
    message: /^ice\.md: is a link that leads nowhere \(ENOENT\); /,
  },
  "a folder that is too deep": {
    folder: () => folderWith({ "tea.md": TEA, [`${deep(DEPTH_MAX + 1)}/ice.md`]: TEA }),
    message: /^1\/2\/3\/.*\/25: lies deeper than 24 folders; /,
  },
  "a file that is too large": {
    folder: () =>
      beside((folder) => {
        writeFileSync(join(folder, "ice.md"), "");
        truncateSync(join(folder, "ice.md"), FILE_BYTES_MAX + 1);
      }),
    message: /^ice\.md: is larger than 20 MB; split it/,
  },
  "a file in an encoding that nobody can tell": {
    folder: () =>
      beside((folder) =>
        writeFileSync(join(folder, "ice.md"), Buffer.from("Ice.\n\n\xc4\xe5\xed\xe5\xe9\xed\xe1\xe9.\n", "latin1")),
      ),
    message: /^ice\.md:3: is not UTF-8 text; save it as UTF-8/,
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
  "a binary file that is called .md": {
    folder: () =>
      beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from("89504e470d0a1a0a0000000d", "hex"))),
    message: /^ice\.md: is not text; /,
  },
  "a text with a NUL": {
    folder: () => folderWith({ "tea.md": TEA, "ice.txt": "Ice.\n\0\n" }),
    message: /^ice\.txt:2: is not text; /,
  },
  "UTF-16 without a mark": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from("Ice.", "utf16le"))),
    message: /^ice\.md:1: is not text; /,
  },
  "half of UTF-16": {
    folder: () => beside((folder) => writeFileSync(join(folder, "ice.md"), Buffer.from([0xff, 0xfe, 0x41]))),
    message: /^ice\.md: is not UTF-16 text, though it begins like it; /,
  },
};

describe("refused in one line with exit status 2", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { folder, message }) => {
    expectRefusal(await askFolder(folder()), message);
  });
});

test("check tells of every quote that fails, each in one line", async () => {
  const broken = faq((text) => text.replaceAll("{ tea: ", "{ milk: "));
  const { status, stdout, stderr } = await run(["check", "--corpus", broken]);
  const lines = stderr.trimEnd().split("\n");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^faq\.yaml:\d+: no document "milk"; use one of: /);
});

/** Expects an answer, and one file named on stderr as left out. */
function expectLeftOut({ status, stdout, stderr }: Ended, message: RegExp): void {
  const [named = "", summary, end] = stderr.split("\n");
  expect({ status, summary, end }).toEqual({
    status: 0,
    summary: "footnote: 1 document left out; footnote sources lists what was not read",
    end: "",
  });
  expect(named.slice(0, LEFT_OUT_LEAD.length)).toBe(LEFT_OUT_LEAD);
  expect(named.slice(LEFT_OUT_LEAD.length)).toMatch(message);
  expect(stdout).toContain("Tea is hot.");
}
const LEFT_OUT_LEAD = "footnote: left out: ";

/** What is said of the first file that is left out; only the good document is read. */
async function leftOutOf(folder: string): Promise<string> {
  const found = readCorpusFiles(folder);
  const { documents, leftOut } = await parseCorpus(found.files, found);
  expect(documents.map(({ id }) => id)).toEqual(["tea"]);
  return leftOut.map(leftOutLine)[0] ?? "";
}

describe("left out and named, while the others are read:", () => {
  test.each(Object.entries(LEFT_OUT))("%s", async (_, { folder, message }) => {
    expect(await leftOutOf(folder())).toMatch(message);
  });

  test("a socket", async () => {
    const folder = folderWith({ "tea.md": TEA });
    const server = createServer().listen(join(folder, "live.md"));
    try {
      await new Promise((listening) => server.once("listening", listening));
      expect(await leftOutOf(folder)).toMatch(/^live\.md: is a socket, not a file; /);
    } finally {
      server.close();
    }
  });
});

/** Root reads everything, so it lets somebody else ask. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;

describe("where the right to read is missing", () => {
  test.each(["ice.md", "ice"])("%s is left out", async (locked) => {
    const folder = folderWith({ "tea.md": TEA, [locked.includes(".") ? locked : `${locked}/a.md`]: TEA });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, locked), 0);
    expectLeftOut(await askFolder(folder, { uid: NOBODY }), /^ice(?:\.md)?: can't be read \(EACCES\); give the right/);
    chmodSync(join(folder, locked), 0o755);
  });

  test("the folder itself is refused", async () => {
    const folder = folderWith({ "tea.md": TEA });
    chmodSync(folder, 0);
    expectRefusal(
      await askFolder(folder, { uid: NOBODY }),
      /^\/\S+: can't be read \(EACCES\)|^\/\S+ can't be read \(EACCES\); give the right/,
    );
    chmodSync(folder, 0o755);
  });
});

/** Twelve files of headings, so that some are only counted. */
const twelve = (): string =>
  folderWith({
    "tea.md": TEA,
    "a.png": "x",
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`ice-${at + 10}.md`, "# Ice\n"])),
  });

describe("of many files that are left out", () => {
  test("ten are named and the rest counted", async () => {
    const { status, stderr } = await askFolder(twelve());
    const lines = stderr.trimEnd().split("\n");
    expect(status).toBe(0);
    expect(lines).toHaveLength(11);
    expect(lines[9]).toMatch(/^footnote: left out: ice-19\.md: /);
    expect(lines[10]).toMatch(/^footnote: 12 documents left out, 2 of them not named here; footnote sources /);
  });

  test.each(["index", "sources", "check"])("all are listed by %s, with what was passed over", async (command) => {
    const folder = twelve();
    const { status, stdout, stderr } = await run([command, "--corpus", folder]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (let at = 10; at < 22; at++)
      expect(stdout).toMatch(new RegExp(`ice-${at}\\.md.*holds no text to quote.*; add text`));
    expect(stdout).toContain("Passed over, since files of these kinds are not read: 1 .png.");
    const { leftOut, passedOver } = JSON.parse((await run([command, "--json", "--corpus", folder])).stdout);
    expect(leftOut).toHaveLength(12);
    expect(leftOut[0]).toEqual({
      ...{ file: "ice-10.md", line: null, reason: "holds no text to quote, only headings" },
      remedy: "add text or remove the file",
    });
    expect(passedOver).toEqual({ ".png": 1 });
  });

  test.each(["ask Is", "index", "sources", "check", "topics", "calibrate"])(
    "the first refuses %s --strict",
    async (words) => {
      const ended = await run([...words.split(" "), "--strict", "--corpus", twelve()]);
      expectRefusal(ended, /^ice-10\.md: holds no text to quote, only headings; add text or remove the file$/m);
    },
  );
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

const PAGE = "# Ice\n\nIce is cold.\n";

describe("bounds leave out what is beyond them, in the order of the paths:", () => {
  const BOUNDS: Record<string, { bounds: Partial<Bounds>; reason: string; files: readonly string[] }> = {
    "a corpus that is too large": {
      bounds: { corpusBytes: 40 },
      reason: "would make the corpus larger than 0.00004 MB",
      files: ["c.md", "d.md"],
    },
    "too many documents": { bounds: { documents: 3 }, reason: "is one document more than 3", files: ["d.md"] },
  };
  test.each(Object.entries(BOUNDS))("%s", (_, { bounds, reason, files }) => {
    const folder = folderWith({ "a.md": PAGE, "b.md": PAGE, "c.md": PAGE, "d.md": PAGE, "faq.yaml": "topics: []\n" });
    const { files: listed, leftOut } = listCorpus(folder, bounds);
    expect(leftOut.map(({ file }) => file)).toEqual(files);
    expect(leftOut[0]?.reason).toBe(reason);
    expect(listed.map(({ path }) => path)).toEqual(
      ["a.md", "b.md", "c.md", "d.md", "faq.yaml"].filter((path) => !files.includes(path)),
    );
  });
});

test("a file that has become a link since it was listed is not followed", () => {
  const folder = folderWith({ "tea.md": TEA });
  const [file] = listCorpus(folder).files;
  const secret = join(folderWith({ "secret.md": "Nobody may know." }), "secret.md");
  rmSync(join(folder, "tea.md"));
  symlinkSync(secret, join(folder, "tea.md"));
  expect(() => file && readListed(file)).toThrow(
    /^tea\.md: has become a link while it was read; put a file in its place/,
  );
});

test("a file that was put in the place of another since it was listed is read as it is now", () => {
  const folder = folderWith({ "tea.md": TEA });
  const [file] = listCorpus(folder).files;
  writeFileSync(join(folder, "next"), PAGE);
  renameSync(join(folder, "next"), join(folder, "tea.md"));
  expect(file && readListed(file).bytes.toString()).toBe(PAGE);
});

describe("read", () => {
  test.each(Object.entries(READ))("%s", (_, { folder, paths }) => {
    expect(readCorpusFiles(folder()).files.map(({ path }) => path)).toEqual(paths);
  });

  test("a file of just the size that is allowed", () => {
    const folder = folderWith({ "tea.md": "a".repeat(FILE_BYTES_MAX) });
    expect(readCorpusFiles(folder).files[0]?.bytes).toHaveLength(FILE_BYTES_MAX);
  });
});
