// Misses of the store to what an operator decides about: groups with their count, why they missed and what is nearest.

import type { Engine } from "../../../src/engine.ts";
import { OperatorError } from "../../../src/errors.ts";
import { groupMisses, type MissGroup } from "../../../src/quality/misses.ts";
import type { Miss, MissState, Store } from "../state/store.ts";
import { saidOf } from "../wording.ts";
import { mends } from "./learning.ts";

/** Misses that one fix may mend. */
export interface InboxGroup extends MissGroup {
  /** "answered" where what it gets by now is another answer than any of its misses got. */
  readonly state: MissState | "answered";
  /** Each reason once, the most frequent first. */
  readonly why: readonly string[];
  /** How many want to hear when it is answered. */
  readonly waiting: number;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The most asked first. */
export async function readInbox({ inbox }: Pick<Store, "inbox">, engine: Engine): Promise<readonly InboxGroup[]> {
  const misses = await inbox.misses();
  const byReceipt = new Map(misses.map((miss) => [miss.receipt, miss]));
  const groups = await groupMisses(
    misses.map(({ receipt, question, after }) => ({ id: receipt, question, after })),
    engine,
  );
  return groups.map((group) =>
    gather(
      group,
      group.ids.flatMap((id) => byReceipt.get(id) ?? []),
    ),
  );
}

function gather(group: MissGroup, members: readonly Miss[]): InboxGroup {
  const counts = new Map<string, number>();
  for (const why of members.map(whyOf)) counts.set(why, (counts.get(why) ?? 0) + 1);
  const times = members.map(({ at }) => at);
  return {
    ...group,
    state: stateOf(group, members),
    why: [...counts].sort(([, a], [, b]) => b - a).map(([why]) => why),
    waiting: members.reduce((sum, { waiting }) => sum + waiting, 0),
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
  };
}

/** What was ignored or found to be outside stays so for those who ask it again. */
function stateOf({ reply }: MissGroup, members: readonly Miss[]): InboxGroup["state"] {
  const settled = members.map(({ state }) => state).find((state) => state === "ignored" || state === "outside");
  if (settled !== undefined) return settled;
  if (members.every(({ substance }) => mends(reply, substance))) return "answered";
  return members.every(({ state }) => state === "assigned") ? "assigned" : "open";
}

const WHY_UNKNOWN: Readonly<Record<string, string>> = {
  "off-topic": "not about the documents",
  "not-in-documents": "not in the documents",
  unclear: "not clear",
};

/** Why a reply helped nobody, in a few words. */
function whyOf({ missed, reason, reasons }: Miss): string {
  switch (missed) {
    case "unknown":
      return WHY_UNKNOWN[reason ?? ""] ?? "no answer";
    case "leads":
      return "only led";
    case "voted-down":
      return ["voted down", ...reasons.map(saidOf)].join(": ");
    case "no-option":
      return "none of the options";
  }
}

export const ID_SHOWN = 6;

/**
 * The group that a miss belongs to.
 * @param id the beginning of any of its misses' ids
 * @throws OperatorError where it names none, or several
 */
export function groupOf(groups: readonly InboxGroup[], id: string): InboxGroup {
  const found = groups.filter(({ ids }) => ids.some((one) => one.startsWith(id.toLowerCase())));
  const [group, other] = found;
  if (id === "" || group === undefined)
    throw new OperatorError(`the inbox has nothing with the id ${id || '""'}`, "footnote inbox --all lists the ids");
  if (other !== undefined) throw new OperatorError(`the id ${id} names several`, "write more of it");
  return group;
}
