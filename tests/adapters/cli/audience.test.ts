// The terminal with a channel's eyes: `--audience`, and what is told of audiences to who runs the bot. Needs `npm run build`.
// @module-tag slow

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "./corpora.ts";

const MAIN = join(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const folder = folderWith({
  "leave.md": "# Leave\n\nEverybody gets 28 days of leave.\n",
  "pay.md": "---\naudience: [HR, managers]\n---\n# Pay\n\nThe zanthor band is paid 91,000 euros.\n",
});
const data = folderWith({});

function footnote(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, "--corpus", folder], {
    ...{ encoding: "utf8", input, env: { ...process.env, FOOTNOTE_DATA: data, NO_COLOR: "1" } },
  });
  return { status, stdout, stderr };
}
const QUESTION = "What is the zanthor band paid?";

test("without an audience the terminal sees all, with one what such a channel sees, with an empty one what all see", () => {
  const told = (...args: string[]): boolean => footnote(["ask", QUESTION, ...args]).stdout.includes("91,000");
  expect([told(), told("--audience", "hr"), told("--audience", "managers,board"), told("--audience", "")]).toEqual([
    ...[true, true, true, false],
  ]);
  expect(footnote(["topics", "--audience", ""]).stdout).not.toContain("Pay");
  expect(footnote(["sources", "--audience", "hr"]).stdout).toContain("only for hr, managers");
});

test("a name that no document is kept for is told of, and sees what everybody sees", () => {
  const { status, stdout, stderr } = footnote(["ask", QUESTION, "--audience", "Board"]);
  expect([status, stdout.includes("91,000")]).toEqual([0, false]);
  expect(stderr).toBe("footnote: no document is for board; there are hr, managers\n");
});

test("batch takes an audience, and the same one gets the same bytes", () => {
  const lines = `${JSON.stringify({ id: 1, question: QUESTION })}\n`;
  const replies = ["hr", "hr", "", ""].map((names) => footnote(["batch", "--audience", names], lines).stdout);
  expect(replies.map((reply) => reply.includes("91,000"))).toEqual([true, true, false, false]);
  expect([replies[0], replies[2]]).toEqual([replies[1], replies[3]]);
});

test("check lists who documents are kept for", () => {
  expect(footnote(["check"]).stdout).toContain("Only for hr: pay\nOnly for managers: pay\n");
  expect(JSON.parse(footnote(["check", "--json"]).stdout)).toMatchObject({
    audiences: [
      { name: "hr", documents: ["pay"] },
      { name: "managers", documents: ["pay"] },
    ],
  });
});
