import { beforeAll, describe, expect, test } from "vitest";
import BLOCK_WEIGHTS from "../../src/evidence/block-weights.json" with { type: "json" };
import { createPassageFinder, type PassageFinder } from "../../src/evidence/passage-finder.ts";
import { indexUnits } from "../../src/evidence/unit-index.ts";
import { textOf } from "../../src/evidence/units.ts";
import { everydayLexicon, everydayThesaurus } from "../../src/question/everyday.ts";
import { documentOf } from "../documents.ts";

const HANDBOOK = {
  "vpn.md":
    '# VPN\n\nThe VPN connects you to the office.\n\n## Resetting your key\n\nTo reset the key:\n\n1. Open the portal.\n2. Press "New key".\n\n## Cost\n\nThe VPN costs nothing.\n',
  "leave.md":
    "# Leave\n\nEverybody has thirty days of holiday a year.\n\n## Parents\n\nParents may stay at home for six months.\n",
  "starting.md":
    "# Starting the server\n\nRun this in the folder:\n\n```bash\nserver --start\n```\n\nIt takes a minute.\n",
};

let finder: PassageFinder;
beforeAll(async () => {
  const documents = await Promise.all(Object.entries(HANDBOOK).map(([path, text]) => documentOf(path, text)));
  const lexicon = everydayLexicon({ names: [], synonyms: [] });
  finder = createPassageFinder(
    indexUnits(documents, lexicon),
    documents,
    BLOCK_WEIGHTS,
    lexicon,
    everydayThesaurus(lexicon),
  );
});

const firstOf = async (question: string, ...earlier: string[]): Promise<string> => {
  const [first] = (await finder.find(question, earlier, []))?.units ?? [];
  return first === undefined ? "" : textOf(first.document.blocks, first.unit);
};

describe("what comes first is", () => {
  test.each([
    ["how do I reset my VPN key?", "Press"],
    ["how do I start the server", "server --start"],
    ["what does the VPN cost?", "costs nothing"],
    ["how many days of vacation do I get", "thirty days"],
  ])("%s", async (question, holds) => {
    expect(await firstOf(question)).toContain(holds);
  });

  test("for a short follow-up on the page of the thread", async () => {
    expect(await firstOf("and the cost?", "how do I reset my VPN key?")).toContain("costs nothing");
  });
});

test("nothing is found where no word stands in the documents", async () => {
  expect(await finder.find("zeppelins?", [], [])).toBeNull();
  expect(await finder.find("", [], [])).toBeNull();
});

test("what is asked is surer to be there than what only comes near, and that than what does not", async () => {
  const sureOf = async (question: string): Promise<number> =>
    (await finder.find(question, [], []))?.answerable ?? Number.NEGATIVE_INFINITY;
  expect(await sureOf("how do I reset my VPN key?")).toBeGreaterThan(
    await sureOf("how do I reset my bicycle lock code?"),
  );
  expect(await sureOf("how do I reset my bicycle lock code?")).toBeGreaterThan(
    await sureOf("who won the chess olympiad in Ohrid?"),
  );
});

test("the share of what is asked that a text holds is all of it, some or none", async () => {
  const found = await finder.find("reset the VPN key", [], []);
  expect(found?.shareIn("Reset the VPN with a key.")).toBeCloseTo(1);
  expect(found?.shareIn("The VPN.")).toBeGreaterThan(0);
  expect(found?.shareIn("The VPN.")).toBeLessThan(1);
  expect(found?.shareIn("Bread.")).toBe(0);
});

test("the same question finds the same, whatever was asked before it", async () => {
  const once = JSON.stringify(await finder.find("what does the VPN cost?", [], []));
  await finder.find("how many days of vacation do I get", ["and parents?"], []);
  expect(JSON.stringify(await finder.find("what does the VPN cost?", [], []))).toBe(once);
});
