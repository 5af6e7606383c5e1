// A file that somebody writes to while it is read: it is left out, and the others are read.
// @module-tag slow

import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCorpusFiles } from "../../../src/ingest/files.ts";
import { folderWith } from "../../adapters/cli/corpora.ts";

/** Overwrites a file with as many of another letter, over and over. */
const WRITER = `
  const { openSync, writeSync } = require("node:fs");
  const file = openSync(process.argv[1], "r+");
  for (let turn = 0; ; turn++) writeSync(file, Buffer.alloc(1_900_000, turn % 2 ? "a" : "b"), 0, 1_900_000, 0);
`;

test("a file that does not keep still while it is read is left out", async () => {
  const folder = folderWith({ "rum.md": "Rum is brown.\n", "tea.md": "a".repeat(1_900_000) });
  const writer = spawn(process.execPath, ["-e", WRITER, join(folder, "tea.md")]);
  try {
    await new Promise((started) => writer.once("spawn", started));
    const deadline = Date.now() + 20_000;
    let found = readCorpusFiles(folder);
    while (found.leftOut.length === 0 && Date.now() < deadline) found = readCorpusFiles(folder);
    expect(found.files.map(({ path }) => path)).toEqual(["rum.md"]);
    const [{ file, reason, remedy } = { file: "", reason: "", remedy: "" }] = found.leftOut;
    expect(`${file} ${reason}; ${remedy}`).toBe("tea.md changed while it was read; try again when nobody writes to it");
  } finally {
    writer.kill();
  }
});
