// `npm run bench -- fit-unasked`: how sure the bot must be to answer what nobody put to it, fitted and written.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import type { Engine } from "../../../src/engine.ts";
import { type Message, oddsOf, openBuiltIn, readMessages } from "./messages.ts";

const TARGET = join(BUILT_IN.folder, "..", "src", "answer", "unasked.json");

/** Half of what can be answered is the aim: a tenth more is kept of what was looked at, the rest goes into being sure. */
const ANSWERED_SHARE = 0.6;

/**
 * The highest bound by which three in five of what the documents answer is still answered.
 * @throws Error where something else would be answered by it: then no bound will do
 */
export async function fitBound(messages: readonly Message[], engine: Engine): Promise<number> {
  const scored = await Promise.all(
    messages.map(async (one) => ({ ...one, odds: (await oddsOf(one, engine)) ?? Number.NEGATIVE_INFINITY })),
  );
  const right = scored.filter(({ answerable }) => answerable).sort((a, b) => b.odds - a.odds);
  const bound = right[Math.ceil(ANSWERED_SHARE * right.length) - 1]?.odds ?? Number.NEGATIVE_INFINITY;
  const wrong = scored.filter(({ answerable, odds }) => !answerable && odds >= bound);
  if (wrong.length > 0 || bound === Number.NEGATIVE_INFINITY)
    throw new Error(`${wrong.length} messages that are not for the bot would be answered`);
  return Math.floor(bound * 100) / 100;
}

/** @returns the exit status */
export async function fitUnasked(): Promise<number> {
  const oddsMin = await fitBound(readMessages().fitted, await openBuiltIn());
  writeFileSync(TARGET, `{ "oddsMin": ${oddsMin} }\n`);
  process.stdout.write(`log-odds from ${oddsMin}, written to ${TARGET}; build anew\n`);
  return 0;
}
