// `npm run right-ids`: adds the cases that are right now to the lists that `npm run check` holds replies to. It takes
// none off: whoever loses a case takes it off by hand and writes the reason there.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holdAgainst, idsIn } from "../../adapters/cli/expected.ts";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { parseCase } from "../../src/quality/cases.ts";
import { evaluate } from "../../src/quality/evaluate.ts";
import { openEngine } from "../../src/store/open.ts";

const TESTS = join(BUILT_IN.folder, "..", "tests");

const LISTS = [
  { folder: BUILT_IN.folder, cases: "cases.jsonl", ids: "right-ids.txt" },
  { folder: join(TESTS, "handbook"), cases: "handbook-cases.jsonl", ids: "handbook-right-ids.txt" },
];

const HEAD = `# The cases of CASES that are right; \`npm run check\` fails where one is not any more. \`npm run right-ids\` adds what is
# newly right. Whoever takes one off says why, on a line like this one.
`;

for (const list of LISTS) {
  const cases = readFileSync(join(TESTS, list.cases), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => parseCase(JSON.parse(line)));
  const file = join(TESTS, list.ids);
  const text = existsSync(file) ? readFileSync(file, "utf8") : HEAD.replace("CASES", list.cases);
  const report = await evaluate(cases, await openEngine(list.folder));
  const { gained, lost, strangers } = holdAgainst(idsIn(text), cases, report);
  writeFileSync(file, text + gained.map((id) => `${id}\n`).join(""));
  process.stdout.write(`${list.ids}: ${gained.length} added\n`);
  for (const id of lost) process.stdout.write(`  not right now: ${id}\n`);
  for (const id of strangers) process.stdout.write(`  not among the cases: ${id}\n`);
  if (lost.length + strangers.length > 0) process.exitCode = 1;
}
