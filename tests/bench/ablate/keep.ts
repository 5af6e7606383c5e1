// Rows as they are measured to a file, so that an interrupted run is taken up where it ended.

import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Sources } from "./edits.ts";
import type { Outcome } from "./order.ts";
import type { Row } from "./rows.ts";
import { RULES } from "./rules.ts";
import type { Answered } from "./scope.ts";

/** What all cases got in rows that were measured before. */
export interface Kept {
  /** Undefined where the row was not measured. */
  of(row: Row): readonly Answered[] | undefined;
  keep(row: Row, answered: readonly Answered[]): void;
}

const outcome = z.object({
  place: z.number(),
  id: z.string(),
  shape: z.string(),
  isAnswerable: z.boolean(),
  isInThread: z.boolean(),
  reply: z.string(),
  told: z.enum(["first", "later", "led", "led astray", "wrong", "answered", "silent", "right"]),
  isRight: z.boolean(),
  isFalse: z.boolean(),
  isFound: z.boolean(),
});
const header = z.object({ run: z.string() });
/** Of each set the cases that got another reply. */
const kept = z.object({ row: z.string(), changed: z.record(z.string(), z.array(outcome)) });

/**
 * @param file null where nothing is to be kept; one of another program, other rules or other cases is written anew
 * @param base what all cases get of the program as it is
 */
export function openKept(file: string | null, sources: Sources, base: readonly Answered[]): Kept {
  const run = createHash("sha256")
    .update(JSON.stringify([[...sources], RULES, base]))
    .digest("hex");
  const rows = file === null ? new Map<string, readonly Answered[]>() : readKept(file, run, base);
  if (file !== null && rows.size === 0) writeFileSync(file, `${JSON.stringify({ run })}\n`);
  return {
    of: (row) => rows.get(keyOf(row)),
    keep(row, answered) {
      rows.set(keyOf(row), answered);
      const changed = Object.fromEntries(answered.map(({ set, outcomes }) => [set, differing(outcomes, set, base)]));
      if (file !== null) appendFileSync(file, `${JSON.stringify({ row: keyOf(row), changed })}\n`);
    },
  };
}

const keyOf = ({ rules }: Row): string => rules.map(({ name }) => name).join("+");

function differing(outcomes: readonly Outcome[], set: string, base: readonly Answered[]): readonly Outcome[] {
  const before = base.find((one) => one.set === set)?.outcomes ?? [];
  return outcomes.filter(({ reply }, at) => reply !== before[at]?.reply);
}

/** A last line that was cut off in the middle is left out. */
function readKept(file: string, run: string, base: readonly Answered[]): Map<string, readonly Answered[]> {
  const [first, ...rest] = existsSync(file) ? readFileSync(file, "utf8").split("\n").map(parsed) : [];
  if (header.safeParse(first).data?.run !== run) return new Map();
  return new Map(
    rest.flatMap((line) => {
      const read = kept.safeParse(line).data;
      if (read === undefined) return [];
      const answered = base.map((one): Answered => {
        const byPlace = new Map(read.changed[one.set]?.map((changed) => [changed.place, changed]));
        return { ...one, outcomes: one.outcomes.map((before) => byPlace.get(before.place) ?? before) };
      });
      return [[read.row, answered] as const];
    }),
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
