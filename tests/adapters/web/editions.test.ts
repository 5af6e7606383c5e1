import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openEngine } from "../../../src/store/open.ts";
import { folderWith } from "../cli/corpora.ts";
import { textOf } from "./html.ts";
import { appOf, page } from "./site.ts";

const BEFORE = "# Leave\n\nEveryone has 28 days off.\n\nA day off is asked for in May.\n";

/** A folder whose file is written anew, and pages of it before and after. */
async function changing(after: string, kept = true) {
  const folder = folderWith({ "leave.md": BEFORE });
  const file = kept ? join(folderWith({}), "editions", "e.json") : null;
  let engine = await openEngine(folder);
  const first = engine.corpus.hash;
  const open = async () => (await appOf(folder, {}, { engine: () => engine, editionsFile: file })).app;
  const app = await open();
  await page(app, "/documents/leave.md");
  writeFileSync(join(folder, "leave.md"), after);
  engine = await openEngine(folder);
  return { app, open, first, file, folder, now: () => engine.corpus.hash };
}

const told = async (app: Awaited<ReturnType<typeof appOf>>["app"], query: string): Promise<string> => {
  const html = await page(app, `/documents/leave.md?${query}`);
  return textOf(/<p class="notice"[\s\S]*?<\/p>/.exec(html)?.[0] ?? "");
};

describe("a link to an earlier version of a document", () => {
  test("says that the line has changed, and that another one has not", async () => {
    const { app, first } = await changing(BEFORE.replace("28", "30"));
    expect(await told(app, `v=${first}&lines=3`)).toBe("Line 3 has changed since this was quoted.");
    expect(await told(app, `v=${first}&lines=5`)).toBe("");
  });

  test("says where the line stands now, and marks it there", async () => {
    const { app, first } = await changing(BEFORE.replace("# Leave\n", "# Leave\n\nRead this first.\n"));
    expect(await told(app, `v=${first}&lines=3`)).toBe("What stood at line 3 when it was quoted stands at line 5 now.");
    const html = await page(app, `/documents/leave.md?v=${first}&lines=3`);
    expect(/<mark>([\s\S]*?)<\/mark>/.exec(html)?.[1]).toContain("28 days off");
  });

  test("marks each line that reads differently where it names none", async () => {
    const { app, first } = await changing(BEFORE.replace("28", "30"));
    const html = await page(app, `/documents/leave.md?v=${first}`);
    expect(html.match(/class="line changed" id="L(\d+)"/g)).toEqual(['class="line changed" id="L3"']);
    expect(await told(app, `v=${first}`)).toContain("This document has changed since this link was made.");
  });

  test("says nothing of a version whose document is the same", async () => {
    const { app, first, folder, now } = await changing(BEFORE);
    expect(now()).toBe(first);
    expect(await told(app, `v=${first}&lines=3`)).toBe("");
    expect(folder).not.toBe("");
  });

  test("says that it is not known for a version that nobody has seen", async () => {
    const { app } = await changing(BEFORE.replace("28", "30"));
    expect(await told(app, "v=000000000000&lines=3")).toContain("not known any more");
  });

  test("is understood after a new start, from a file that holds no text and is its owner's alone", async () => {
    const { app, open, first, file } = await changing(BEFORE.replace("28", "30"));
    await page(app, "/documents/leave.md");
    const again = await open();
    expect(await told(again, `v=${first}&lines=3`)).toBe("Line 3 has changed since this was quoted.");
    expect(statSync(file ?? "").mode & 0o777).toBe(0o600);
    expect(readFileSync(file ?? "", "utf8")).not.toContain("days");
  });

  test("says less where the file of versions is damaged", async () => {
    const { app, open, first, file } = await changing(BEFORE.replace("28", "30"));
    await page(app, "/documents/leave.md");
    writeFileSync(file ?? "", '[{"from": 1}]');
    expect(await told(await open(), `v=${first}&lines=3`)).toContain("not known any more");
  });

  test("is kept nowhere where nothing is to be kept", async () => {
    const { app, first, folder } = await changing(BEFORE.replace("28", "30"), false);
    expect(await told(app, `v=${first}&lines=3`)).toContain("has changed");
    expect(existsSync(join(folder, "editions"))).toBe(false);
  });
});
