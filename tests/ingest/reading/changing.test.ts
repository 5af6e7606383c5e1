// A file that somebody writes to while it is read: either one state of it, or a refusal, never a mixture.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { readCorpusFiles } from "../../../src/ingest/files.ts";
import { folderWith } from "../../adapters/cli/corpora.ts";

/** Overwrites a file with as many of another letter, over and over. */
const WRITER = `
  const { openSync, writeSync } = require("node:fs");
  const file = openSync(process.argv[1], "r+");
  for (let turn = 0; ; turn++) writeSync(file, Buffer.alloc(1_900_000, turn % 2 ? "a" : "b"), 0, 1_900_000, 0);
`;

test("a file that changes while it is read is refused", async () => {
  const folder = folderWith({ "tea.md": "a".repeat(1_900_000) });
  const writer = spawn(process.execPath, ["-e", WRITER, join(folder, "tea.md")]);
  try {
    await new Promise((started) => writer.once("spawn", started));
    const deadline = Date.now() + 20_000;
    let refusal: unknown = null;
    while (refusal === null && Date.now() < deadline)
      try {
        readCorpusFiles(folder);
      } catch (error) {
        refusal = error;
      }
    expect(refusal).toBeInstanceOf(CorpusError);
    expect(String(refusal)).toMatch(/tea\.md: changed while it was read; try again when nobody writes to it/);
  } finally {
    writer.kill();
  }
});
