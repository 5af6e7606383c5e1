// What people write to each other in threads, asked of the built-in corpus as messages that nobody put to the bot.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { oddsUnasked } from "../../../src/answer/unasked.ts";
import type { Engine } from "../../../src/engine.ts";
import { asks, namesSomebody } from "../../../src/question/asking.ts";
import { openEngine } from "../../../src/store/open.ts";

const SOURCE = join(BUILT_IN.folder, "..", "tests", "bench", "unasked", "messages.jsonl");

const message = z.object({
  id: z.string(),
  text: z.string(),
  /** Whether it asks something of nobody in particular that the documents answer. */
  answerable: z.boolean(),
});
export type Message = z.infer<typeof message>;

/** Written by somebody who had not seen what the bot does with them: every other one to fit with, and those to judge by. */
export function readMessages(): { readonly fitted: readonly Message[]; readonly judged: readonly Message[] } {
  const all = readFileSync(SOURCE, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => message.parse(JSON.parse(line)));
  return { fitted: all.filter((_, at) => at % 2 === 0), judged: all.filter((_, at) => at % 2 === 1) };
}

export const openBuiltIn = (): Promise<Engine> => openEngine(BUILT_IN.folder, BUILT_IN.snapshot);

/** How surely a message would be answered unasked; null where it never is. */
export async function oddsOf({ text }: Message, engine: Engine): Promise<number | null> {
  return asks(text) && !namesSomebody(text) ? oddsUnasked((await engine.explain(text)).resolutions) : null;
}
