// A rule to the cases that can tell it: where it acts, and a tenth of the others, to see that it acts nowhere else.

import type { Outcome, SetOrder, Told } from "./order.ts";
import type { Rule } from "./rule.ts";

/** A set as it was answered. */
export type Answered = Extract<Told, { kind: "answered" }>;

/** Of cases where no rule is said to act, one in so many is asked. */
const SEEN_TO = 10;

/** What to ask of each set with these rules off. */
export const ordersFor = (
  rules: readonly Rule[],
  base: readonly Answered[],
  orders: readonly SetOrder[],
): readonly SetOrder[] =>
  orders.flatMap(({ set }) => {
    const answered = base.find((one) => one.set === set.name);
    if (answered === undefined) return [];
    const asked = answered.outcomes.filter(
      (outcome) => mayAct(rules, answered, outcome) || outcome.place % SEEN_TO === 0,
    );
    return [{ set, places: asked.map(({ place }) => place) }];
  });

/**
 * What all cases got: those that were not asked got what they get of the program as it is.
 * @throws Error where a case was answered otherwise although no rule is said to act on it, or where a set was not answered
 */
export const merged = (rules: readonly Rule[], base: readonly Answered[], told: readonly Told[]): readonly Answered[] =>
  base.map((before) => {
    const now = told.find((one) => (one.kind === "answered" || one.kind === "closed") && one.set === before.set);
    if (now?.kind !== "answered") throw new Error(`${before.set}: ${now?.kind === "closed" ? now.why : "no answers"}`);
    const byPlace = new Map(now.outcomes.map((outcome) => [outcome.place, outcome]));
    const beyond = before.outcomes.find(
      (one) => !mayAct(rules, before, one) && (byPlace.get(one.place) ?? one).reply !== one.reply,
    );
    if (beyond !== undefined) throw new Error(`acts beyond where it is said to: ${before.set}:${beyond.id}`);
    return { ...now, outcomes: before.outcomes.map((one) => byPlace.get(one.place) ?? one) };
  });

const mayAct = (rules: readonly Rule[], { hasTopics }: Answered, { isInThread }: Outcome): boolean =>
  rules.some(({ acts }) => acts === undefined || (acts === "with topics" ? hasTopics : isInThread));
