// The command that drafts a FAQ, called as a person calls it. Needs `npm run build`.
// @module-tag slow

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { folderWith } from "./corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");

const footnote = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8", env: { PATH: process.env.PATH ?? "" } });

const ROOMS = [
  "Kitchen",
  "Cellar",
  "Attic",
  "Garden",
  "Garage",
  "Library",
  "Bathroom",
  "Workshop",
  "Pantry",
  "Balcony",
];
const house = (rooms: readonly string[]): string =>
  `# House\n\n${rooms.map((room, at) => `## ${room}\n\nThe ${room.toLowerCase()} has ${at + 2} windows. It is painted every ${at + 3} years.\n`).join("\n")}`;
const DOCUMENTS = {
  "documents/ground.md": house(ROOMS.slice(0, 3)),
  "documents/first.md": house(ROOMS.slice(3, 6)),
  "documents/second.md": house(ROOMS.slice(6, 9)),
  "documents/top.md": house(ROOMS.slice(9)),
};

test("a draft passes its own check and its own cases, and leaves the documents as they are", () => {
  const folder = folderWith(DOCUMENTS);
  const { status, stdout, stderr } = footnote("init", folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^Drafted \d+ topics from 4 documents: /);
  expect(stdout).toContain(`footnote check --corpus ${folder}`);
  for (const [path, text] of Object.entries(DOCUMENTS)) expect(readFileSync(join(folder, path), "utf8")).toBe(text);

  const { topics } = parse(readFileSync(join(folder, "faq.yaml"), "utf8")) as { topics: readonly { id: string }[] };
  expect(topics.length).toBeGreaterThanOrEqual(8);
  expect(topics.length).toBeLessThanOrEqual(10);
  const cases = readFileSync(join(folder, "cases.jsonl"), "utf8").trim().split("\n");
  expect(cases.map((line) => JSON.parse(line).topic)).toEqual(topics.map(({ id }) => id));

  const checked = footnote("check", "--corpus", folder);
  expect(checked.stdout).toMatch(/^0 errors, 0 warnings\./);
  expect(checked.status).toBe(0);
  const judged = footnote("eval", join(folder, "cases.jsonl"), "--corpus", folder, "--min", "1");
  expect(judged.stdout).toMatch(/100\.0 %/);
  expect(judged.status).toBe(0);
});

test("what the draft leaves out is still answered from the documents", () => {
  const folder = folderWith(DOCUMENTS);
  footnote("init", folder);
  for (const room of ROOMS) {
    const { stdout } = footnote("ask", "--corpus", folder, `How many windows does the ${room.toLowerCase()} have?`);
    expect(stdout, room).toContain(`The ${room.toLowerCase()} has`);
  }
});

const REFUSED: Record<string, { folder: () => string; message: RegExp }> = {
  "a folder that has a FAQ": {
    folder: () => folderWith({ ...DOCUMENTS, "faq.yaml": "topics: []\n" }),
    message: /faq\.yaml exists already; edit it/,
  },
  "a folder that has cases": {
    folder: () => folderWith({ ...DOCUMENTS, "cases.jsonl": "" }),
    message: /cases\.jsonl exists already; edit it/,
  },
  "a folder that says nothing quotable": {
    folder: () => folderWith({ "why.md": "# Why\n\nWhy is it so?\n" }),
    message: /no section of .* can be quoted; give the documents/,
  },
  "a missing folder": { folder: () => join(folderWith({}), "nowhere"), message: /no folder .*nowhere; name a folder/ },
};

describe("refused in one line, with nothing written:", () => {
  test.each(Object.entries(REFUSED))("%s", (_, { folder, message }) => {
    const path = folder();
    const before = listOf(path);
    const { status, stdout, stderr } = footnote("init", path);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(listOf(path)).toEqual(before);
  });
});

const listOf = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};
