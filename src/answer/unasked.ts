// Decides whether the reply to a message that nobody put to the bot is sure enough to be given all the same.

import { isAnswered, type Resolution } from "./resolve.ts";
import fitted from "./unasked.json" with { type: "json" };

/** Fitted by `npm run bench -- fit-unasked` on half of tests/bench/unasked/messages.jsonl. */
export const UNASKED: { readonly oddsMin: number } = Object.freeze(fitted);

/**
 * The log-odds by which a message is answered without having been put to the bot; null where that can't be told. Only
 * what the FAQ answers was measured: documents' own sentences are right too seldom to be said to who did not ask.
 */
export function oddsUnasked(resolutions: readonly Resolution[]): number | null {
  const chosen = resolutions.find(isAnswered);
  if (chosen === undefined) return null;
  const { outcome, odds } = chosen;
  return outcome.kind === "statement" || outcome.kind === "comparison" ? odds : null;
}
