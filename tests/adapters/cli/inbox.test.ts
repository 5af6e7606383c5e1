// The inbox and its fixes at the command line: what is refused, what is written, and what an unwritable corpus is told.

// @module-tag slow

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createStore } from "../../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../../adapters/shared/state/sqlite.ts";
import type { Replied } from "../../../adapters/shared/state/store.ts";
import { folderWith, PLAIN, TOPICAL } from "./corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const MISSED = "what tin should the leaves go into";
const NOBODY = 65_534;

let data: string;
beforeEach(() => {
  data = folderWith({});
});

async function record(...missed: readonly Partial<Replied>[]): Promise<void> {
  const store = await createStore(await openSqlite(data), { keys: [], keepDays: 30 });
  for (const [at, change] of missed.entries())
    await store.replies.record({
      ...{ receipt: `${at}abcdef`, platform: "slack", workspace: "T1:", person: "T1:U1", question: MISSED, after: [] },
      ...{ kind: "unknown", reason: "not-in-documents", topic: null, documents: [], substance: "s", missed: "unknown" },
      ...change,
    });
  await store.close();
}

function run(folder: string, args: readonly string[], uid?: number) {
  const env = { PATH: process.env.PATH ?? "", FOOTNOTE_DATA: data, FOOTNOTE_CORPUS: folder };
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, "inbox", ...args], {
    ...{ env, encoding: "utf8" },
    ...(uid === undefined ? {} : { uid }),
  });
  return { stdout, stderr, status };
}
const topical = (): string => {
  const folder = folderWith(TOPICAL);
  writeFileSync(join(folder, "faq.yaml"), `${TOPICAL["faq.yaml"]}elsewhere: leads\n`);
  return folder;
};
const faqOf = (folder: string): string => readFileSync(join(folder, "faq.yaml"), "utf8");

test("an empty inbox says so, and nothing can be undone", () => {
  const folder = topical();
  expect(run(folder, []).stdout).toBe("Nothing in the inbox.\n");
  expect(run(folder, ["undo"]).stdout).toBe("Nothing was done that could be taken back.\n");
  expect(run(folder, ["show", "abc"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("nothing with the id abc"),
  });
});

test("a group is listed with its count, example, nearest topic and reason, and shown whole", async () => {
  await record({}, { question: `${MISSED}?` }, { question: "How do I fry an egg?", reason: "off-topic" });
  const folder = topical();
  const { stdout } = run(folder, []);
  expect(stdout).toMatch(/^id +asked +question +nearest +why it missed\n0abcde +2 +what tin should the +/);
  expect(stdout).toMatch(/2abcde +1 +How do I fry an egg\?/);
  expect(run(folder, ["show", "1ab"]).stdout).toMatch(
    /asked 2 times, open[\s\S]*gets now +no answer \(not-in-documents\)/,
  );
});

test("a fix that makes a known case worse is refused with exit status 1, unless it is forced", async () => {
  await record({ question: "Where is tea stored in spring?" });
  const folder = topical();
  const cases = join(folder, "cases.jsonl");
  const question = "Where is tea stored in spring?";
  writeFileSync(
    cases,
    `${JSON.stringify({ id: "spring", question, kind: "answer", topic: "storage", facts: ["tin"] })}\n`,
  );
  const before = faqOf(folder);
  const refused = run(folder, ["assign", "0ab", "brewing"]);
  expect(refused).toMatchObject({ status: 1, stderr: "" });
  expect(refused.stdout).toMatch(/worse {2}case spring: [\s\S]*Not written: something gets worse\./);
  expect(faqOf(folder)).toBe(before);
  expect(run(folder, ["assign", "0ab", "brewing", "--force"])).toMatchObject({ status: 0 });
  expect(faqOf(folder)).toContain(`"${question}"`);
  expect(run(folder, ["undo"]).status).toBe(0);
  expect(faqOf(folder)).toBe(before);
});

test("a folder without a faq.yaml gets one, which goes with its undoing", async () => {
  await record({});
  const folder = folderWith(PLAIN);
  expect(run(folder, ["new", "0abcdef"])).toMatchObject({ status: 0, stderr: "" });
  expect(faqOf(folder)).toContain("- tea: Tea is stored in a dark tin.");
  execFileSync(process.execPath, [MAIN, "check", "--corpus", folder]);
  expect(run(folder, ["undo"]).status).toBe(0);
  expect(() => faqOf(folder)).toThrow("ENOENT");
});

test("what is ignored or outside is listed no more, for whoever asks it again", async () => {
  await record({}, { question: "Who sells the best pots?" });
  const folder = topical();
  expect(run(folder, ["ignore", "0ab"]).stdout).toContain(MISSED);
  expect(run(folder, ["outside", "1ab"])).toMatchObject({ status: 0 });
  expect(faqOf(folder)).toMatch(
    /outside:\n {2}- title: Asked, and not in the documents\n {4}examples:\n {6}- Who sells the best pots\?\n$/,
  );
  await record({}, {}, { receipt: "9abcdef" }, { receipt: "8abcdef", question: "who sells the best pots" });
  expect(run(folder, []).stdout).toMatch(/^Nothing in the inbox\.\n\n2 more groups/);
});

test("a question that leans on its thread teaches nothing alone; words of the operator's do", async () => {
  await record({
    question: "and black tea?",
    after: ["How long is tea brewed?"],
    missed: "voted-down",
    kind: "answer",
  });
  const folder = topical();
  expect(run(folder, ["assign", "0ab", "brewing"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`add --words "a whole question"`),
  });
  const words = "How many minutes does black tea stand?";
  expect(run(folder, ["assign", "0ab", "brewing", "--words", words])).toMatchObject({ status: 0 });
  expect(faqOf(folder)).toContain(words);
});

test("a corpus that can't be written says so before anything else", async () => {
  await record({});
  const folder = topical();
  chmodSync(folder, 0o555);
  chmodSync(data, 0o777);
  // A store that nobody can read would be the second thing to be told.
  const { status, stderr } = run(folder, ["assign", "0ab", "nowhere"], process.getuid?.() === 0 ? NOBODY : undefined);
  expect(stderr).toMatch(/^\S+faq\.yaml can't be written \(EACCES\); /);
  expect(status).toBe(2);
});
