// @module-tag slow

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { applied, declared, faultOf, piece, type Sources } from "./bench/ablate/edits.ts";
import { type FolderVerdict, judgeFolderCase, parseFolderCase } from "./bench/ablate/folder-cases.ts";
import { openKept } from "./bench/ablate/keep.ts";
import type { Outcome } from "./bench/ablate/order.ts";
import { importersOf, reached } from "./bench/ablate/program.ts";
import { rowsNamed, together } from "./bench/ablate/rows.ts";
import { GROUPS } from "./bench/ablate/rule.ts";
import { RULES } from "./bench/ablate/rules.ts";
import { type Answered, merged, ordersFor } from "./bench/ablate/scope.ts";
import { type CaseSet, readCases, setsIn } from "./bench/ablate/sets.ts";
import { draw, type Measured, missedBy, movedBetween } from "./bench/ablate/table.ts";

const ROOT = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "footnote-ablate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, lines: readonly unknown[]): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  return file;
}

describe("the list of rules", () => {
  const sources: Sources = new Map(
    readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file, readFileSync(join(ROOT, "src", file), "utf8")]),
  );

  test("what switches a rule off is found in the sources exactly once", () => {
    const faults = RULES.flatMap(({ name, off }) => off.map((edit) => [name, faultOf(edit, sources)] as const));
    expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
  });

  test("what takes a rule's place loads in the compiled program", () => {
    const bench = join(ROOT, "dist", "tests", "bench", "main.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [bench, "ablate", "--check-rules"], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `${RULES.length} rules, 0 that can't be switched off\n`,
      stderr: "",
    });
  });

  test("each name means one row", () => {
    const names = [...RULES.map(({ name }) => name), ...Object.keys(GROUPS)];
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test("each group holds several rules, and each part has its whole", () => {
    const sizes = Object.keys(GROUPS).map((group) => RULES.filter(({ groups }) => groups.some((one) => one === group)));
    expect(Math.min(...sizes.map(({ length }) => length))).toBeGreaterThan(1);
    const wholes = RULES.flatMap(({ partOf }) => partOf ?? []);
    expect(wholes.filter((whole) => !RULES.some(({ name }) => name === whole))).toEqual([]);
  });

  test("together with its whole, or the whole of that, a part is not switched off once more", () => {
    const named = (...names: readonly string[]) => RULES.filter(({ name }) => names.includes(name));
    expect(together(named("spelling", "quoted words stay"))).toEqual(named("spelling"));
    expect(together(named("focus", "nameless nouns"))).toEqual(named("focus"));
    expect(together(named("quoted words stay", "HALF"))).toEqual(named("quoted words stay", "HALF"));
  });
});

describe("switching off", () => {
  const sources: Sources = new Map([
    ["a/one.ts", "export const LEAN = 1.2;\nfunction soften(share: number) {\n  return share / 2;\n}\n"],
    ["b/two.ts", "const LEAN = 3;\nif (isOpen &&\n  count > 0) go();\n"],
  ]);

  test("a constant takes its other value where its module ends", () => {
    expect(applied([declared("LEAN", "was - 1", "one")], sources).get("a/one.ts")).toBe(
      `export let LEAN = 1.2;\nfunction soften(share: number) {\n  return share / 2;\n}\n\nLEAN = ((was) => (was - 1))(LEAN);\n`,
    );
  });

  test("so does a function", () => {
    expect(applied([declared("soften", "(share) => share")], sources).get("a/one.ts")).toContain(
      "\nsoften = ((was) => ((share) => share))(soften);\n",
    );
  });

  test("a piece is found however its lines are laid out, and several changes meet in one module", () => {
    const edits = [piece("isOpen && count > 0", "false"), declared("LEAN", "0", "two")];
    expect(applied(edits, sources)).toEqual(
      new Map([["b/two.ts", "let LEAN = 3;\nif (false) go();\n\nLEAN = ((was) => (0))(LEAN);\n"]]),
    );
  });

  test("what is not there, or there twice, is said and never guessed", () => {
    expect(faultOf(declared("LEAN", "0"), sources)).toBe("a declaration of LEAN is found 2 times: a/one.ts, b/two.ts");
    expect(faultOf(declared("LEA", "0"), sources)).toBe("a declaration of LEA is not found");
    expect(faultOf(piece("count > 1", "false", "two"), sources)).toBe("“count > 1” is not found in two");
    expect(() => applied([piece("count > 1", "false")], sources)).toThrow("“count > 1” is not found");
  });

  test("what saved data depends on is what its modules import, and theirs", () => {
    const modules: Sources = new Map([
      ["model.js", 'import { a } from "./deep/a.js";\nconst b = await import("./b.js");\nexport const c = "./c.js";'],
      ["deep/a.js", 'export { d } from "../d.js";'],
      ["b.js", 'import "./asked.js";'],
      ["asked.js", 'import "./e.js";'],
      ["c.js", ""],
      ["d.js", 'import fs from "node:fs";'],
      ["e.js", ""],
    ]);
    expect([...reached(modules, ["model.js"], ["asked.js"])].sort()).toEqual(["b.js", "d.js", "deep/a.js", "model.js"]);
    expect(() => reached(modules, ["gone.js"])).toThrow("no module gone.js");
    expect([...importersOf(["d.js"], modules)].sort()).toEqual(["d.js", "deep/a.js", "model.js"]);
  });
});

describe("a reply from a folder of documents", () => {
  const lines = { start: 3, end: 4 };
  const cited = [
    { number: 1, document: "keys", file: "keys.md", lines },
    { number: 2, document: "doors", file: "doors.md", lines: { start: 9, end: 9 } },
  ];
  const verdict = { text: "Use *two* keys.", citations: [1] };
  const support = [{ text: "The door closes at nine.", citations: [2] }];
  const answer = { kind: "answer", verdict, support, citations: cited };
  const passage = { citation: 2, lines: { start: 9, end: 12 }, parts: [{ cells: ["door", "nine"] }, { text: "late" }] };
  const leads = { kind: "leads", passages: [passage], citations: cited };
  const asked = (more: object) =>
    parseFolderCase({ id: "a", question: "?", kind: "answer", shape: "fact", facts: ["two keys"], ...more });

  const TOLD: Record<string, [reply: object, asked: object, told: FolderVerdict]> = {
    "with the fact in its verdict is right first": [answer, {}, "first"],
    "with the fact in its support is right later": [answer, { facts: ["at nine"] }, "later"],
    "with only one of two facts is wrong": [answer, { facts: ["two keys", "three"] }, "wrong"],
    "with the fact in the verdict's passage is right first": [{ ...answer, passage }, { facts: ["late"] }, "first"],
    "that says what it must not is wrong": [answer, { never: ["use"] }, "wrong"],
    "from another document is wrong": [answer, { sources: ["windows"] }, "wrong"],
    "from one of the documents, by its file, is right": [answer, { sources: ["windows", "doors.md"] }, "first"],
    "that asks back is silent": [{ kind: "clarify" }, {}, "silent"],
    "whose passages hold the fact leads there": [leads, { facts: ["door . nine"] }, "led"],
    "whose passages don't leads astray": [leads, {}, "led astray"],
    "whose passage stands at the gold leads there": [
      leads,
      { facts: [], gold: [{ file: "doors.md", lines: [12, 20] }] },
      "led",
    ],
    "cited at the gold first": [answer, { facts: [], gold: [{ file: "keys.md", lines: [4, 8] }] }, "first"],
    "cited at the gold later": [answer, { facts: [], gold: [{ file: "doors.md", lines: [1, 9] }] }, "later"],
    "cited beside the gold is wrong": [answer, { facts: [], gold: [{ file: "keys.md", lines: [5, 9] }] }, "wrong"],
    "to what has no answer is answered": [answer, { kind: "unknown", facts: [] }, "answered"],
    "to what has no answer may lead": [leads, { kind: "unknown", facts: [] }, "led"],
    "to what has no answer is silent": [{ kind: "unknown" }, { kind: "unknown", facts: [] }, "silent"],
    "that compares is judged by its rows": [
      { kind: "comparison", sides: ["a", "b"], rows: [{ aspect: "keys", cells: [verdict, null] }], citations: cited },
      {},
      "first",
    ],
  };

  test.each(Object.entries(TOLD))("%s", (_, [reply, more, told]) => {
    expect(judgeFolderCase(asked(more), reply)).toBe(told);
  });
});

describe("sets of cases", () => {
  test("are the project's own, and those of a folder of data", () => {
    expect(setsIn(undefined).map(({ name }) => name)).toEqual(["cases", "handbook"]);
    write("data/eval/dev.jsonl", []);
    write("data/folders/team/cases.jsonl", []);
    mkdirSync(join(folder, "data/folders/empty"), { recursive: true });
    const [, , dev, team, ...more] = setsIn(join(folder, "data"));
    expect([dev?.name, team?.name, team?.folder, more]).toEqual([
      "dev",
      "team",
      join(folder, "data/folders/team/docs"),
      [],
    ]);
    expect(() => setsIn(join(folder, "nowhere"))).toThrow("no eval/dev.jsonl");
  });

  const set = (file: string, judgedAs: CaseSet["judgedAs"]): CaseSet => ({ name: "x", folder, file, judgedAs });

  test("are drawn evenly from first to last", () => {
    const file = write(
      "many.jsonl",
      Array.from({ length: 10 }, (_, at) => ({ id: `${at}`, question: "?", kind: "answer" })),
    );
    const drawn = (most?: number) => readCases(set(file, "corpus"), most).map(({ id }) => Number(id));
    expect(drawn()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(drawn(5)).toEqual([1, 3, 5, 7, 9]);
    expect([1, 2, 3, 4, 6, 7, 8, 9, 20].map((most) => drawn(most).length)).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
  });

  test("name the line that is no case", () => {
    const file = write("wrong.jsonl", [{ id: "a", question: "?", kind: "answer", shape: "fact" }, { id: "b" }]);
    expect(() => readCases(set(file, "folder"))).toThrow(`${file}:2`);
    expect(() => readCases(set(file, "corpus"))).toThrow(`${file}:2`);
  });
});

const outcome = (place: number, more: Partial<Outcome> = {}): Outcome => ({
  place,
  id: `c${place}`,
  shape: "fact",
  isAnswerable: true,
  isInThread: false,
  told: "first",
  isRight: true,
  isFalse: false,
  isFound: true,
  reply: "same",
  ...more,
});
const WRONG = { told: "wrong", isRight: false, isFalse: true, isFound: false, reply: "other" } as const;
const answered = (set: string, outcomes: readonly Outcome[], hasTopics = false): Answered => ({
  kind: "answered",
  set,
  hasTopics,
  outcomes,
});

describe("a rule that acts in threads alone", () => {
  const [rule] = RULES.filter(({ name }) => name === "fragment");
  const rules = rule === undefined ? [] : [rule];
  const base = [answered("x", [outcome(0), outcome(1), outcome(2, { isInThread: true }), outcome(10)])];
  const orders = [{ set: { name: "x", folder, file: "", judgedAs: "folder" as const }, places: null }];

  test("is asked of threads, and of each tenth of the others", () => {
    expect(ordersFor(rules, base, orders).map(({ places }) => places)).toEqual([[0, 2, 10]]);
  });

  test("leaves the others as they are", () => {
    const told = [answered("x", [outcome(0), outcome(2, { isInThread: true, ...WRONG }), outcome(10)])];
    expect(merged(rules, base, told)[0]?.outcomes.map(({ reply }) => reply)).toEqual(["same", "same", "other", "same"]);
  });

  test("fails where another reply changes, and where a set is not answered", () => {
    const told = [answered("x", [outcome(0, WRONG), outcome(2), outcome(10)])];
    expect(() => merged(rules, base, told)).toThrow("acts beyond where it is said to: x:c0");
    expect(() => merged(rules, base, [{ kind: "closed", set: "x", why: "no documents" }])).toThrow("x: no documents");
  });
});

describe("rows that are kept", () => {
  const base = [answered("x", [outcome(0), outcome(1)])];
  const other = [answered("x", [outcome(0), outcome(1, WRONG)])];
  const [row, further] = rowsNamed(["HALF", "HALF+spelling"]);
  const sources: Sources = new Map([["a.js", "1"]]);
  const file = join(folder, "kept.jsonl");

  test("are taken up by the same program on the same cases", () => {
    if (row === undefined || further === undefined) return expect.unreachable();
    openKept(file, sources, base).keep(row, other);
    writeFileSync(file, `${readFileSync(file, "utf8")}{"row":"spell`);
    const again = openKept(file, sources, base);
    expect([again.of(row), again.of(further)]).toEqual([other, undefined]);
  });

  test("are forgotten where program or replies are others", () => {
    if (row === undefined) return expect.unreachable();
    expect(openKept(file, sources, other).of(row)).toBeUndefined();
    openKept(file, sources, base).keep(row, other);
    expect(openKept(file, new Map([["a.js", "2"]]), base).of(row)).toBeUndefined();
  });
});

test("rows are named by rule, group or both; a strange name is said with all that there are", () => {
  expect(rowsNamed(["HALF", "bought+HALF"]).map(({ name, rules }) => [name, rules.length > 1])).toEqual([
    ["HALF", false],
    ["bought+HALF", true],
  ]);
  expect(rowsNamed([])).toHaveLength(RULES.length + Object.keys(GROUPS).length);
  expect(() => rowsNamed(["HALVE"])).toThrow("no rule or group “HALVE”");
});

describe("the table", () => {
  const base = [answered("x", [outcome(0), outcome(1), outcome(2, WRONG)]), answered("y", [outcome(0)])];
  const row = (name: string, first: readonly Outcome[], fault: string | null = null): Measured => ({
    name,
    does: "something",
    rules: RULES.slice(0, 1),
    answered: [answered("x", first), answered("y", [outcome(0)])],
    fault,
  });
  const better = row("better", [outcome(0), outcome(1), outcome(2, { reply: "third" })]);
  const worse = row("worse", [outcome(0), outcome(1, WRONG), outcome(2, WRONG)]);
  const nothing = row("nothing", [outcome(0), outcome(1), outcome(2, WRONG)]);

  test("counts what is won, lost and changed", () => {
    expect(movedBetween(base, better.answered)).toEqual({ won: ["x:c2"], lost: [], changed: 1 });
    expect(movedBetween(base, worse.answered)).toEqual({ won: [], lost: ["x:c1"], changed: 1 });
    expect([better, worse, nothing].map((one) => missedBy(one, base))).toEqual([[], ["x"], []]);
  });

  test("shows differences by set, ids where they are wanted, and who misses what", () => {
    const broken = row("broken", [], "not found");
    const singles = [better, worse, nothing, broken];
    const text = draw({ base, closed: [], groups: [], singles, showsIds: true });
    expect(text).toMatch(/^worse +−1 +\+1 +−1 +· +0 +1 +1 {2}something$/m);
    expect(text).toMatch(/^nothing +· +· +0 +0 +0 {2}something$/m);
    expect(text).toMatch(/^ {4}lost x:c1$/m);
    expect(text).toMatch(/^broken .*NOT MEASURED: not found$/m);
    expect(text).toContain("Changes no reply: nothing\n");
    expect(text).toContain("Missed by no set, though replies change: better\n");
    expect(text).toContain("  only x: worse\n");
    expect(text).toContain("Missed by several: none\n");
  });

  test("names a set that does not open", () => {
    const closed = [{ kind: "closed" as const, set: "z", why: "no document" }];
    expect(draw({ base, closed, groups: [], singles: [], showsIds: false })).toContain("z does not open: no document");
  });
});
