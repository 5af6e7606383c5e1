import { expect, test } from "vitest";
import { type Expectation, holdAgainst, idsIn, isKept } from "../../../adapters/cli/expected.ts";
import { type EvalCase, parseCase } from "../../../src/quality/cases.ts";
import type { Miss } from "../../../src/quality/evaluate.ts";

const CASES: readonly EvalCase[] = ["tea", "salt", "rice"].map((id) => parseCase({ id, question: id, kind: "answer" }));

const missOf = (id: string, reasons: readonly string[], faults: readonly string[]): Miss => ({
  ...{ id, kind: "answer", topic: "other", question: id },
  ...{ reasons, faults },
});

/** What a list of ids comes to where only rice is answered wrongly. */
const RICE_IS_WRONG = { misses: [missOf("rice", ["kind is unknown"], []), missOf("salt", [], ["an empty quote"])] };

const held: readonly { says: string; ids: readonly string[]; gives: Expectation; kept: boolean }[] = [
  { says: "what is right and listed is kept", ids: ["tea", "salt"], gives: none({}), kept: true },
  {
    says: "what is listed and wrong is lost",
    ids: ["tea", "rice", "salt"],
    gives: none({ lost: ["rice"] }),
    kept: false,
  },
  { says: "a citation fault loses no right reply", ids: ["salt"], gives: none({ gained: ["tea"] }), kept: true },
  {
    says: "an id that no case has is named: it could never be lost",
    ids: ["tea", "salt", "pepper"],
    gives: none({ strangers: ["pepper"] }),
    kept: false,
  },
  { says: "what is right and not listed is no fault", ids: ["tea"], gives: none({ gained: ["salt"] }), kept: true },
];

function none(but: Partial<Expectation>): Expectation {
  return { lost: [], strangers: [], gained: [], ...but };
}

test.each(held)("$says", ({ ids, gives, kept }) => {
  const expectation = holdAgainst(ids, CASES, RICE_IS_WRONG);
  expect(expectation).toEqual(gives);
  expect(isKept(expectation)).toBe(kept);
});

test("a list holds one id a line, and what follows a # is for its reader", () => {
  expect(idsIn("# right at the last look\ntea\n\n  salt  # since the new page\n# rice: its page went\n")).toEqual([
    "tea",
    "salt",
  ]);
});
