// Has an engine answer before anybody asks: what is loaded and compiled at the first answer is so before the bot is ready.

import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";

/** Asks for what no FAQ answers, so that the documents are searched. */
const UNANSWERABLE = "Which zebras crossed the ocean in 1742?";
/** Enough for the runtime to compile what every answer runs through. */
const QUESTIONS_MAX = 20;

/** @param draw what is done with a reply before it is sent */
export async function warm(engine: Pick<Engine, "answer" | "offers">, draw: (reply: Reply) => unknown): Promise<void> {
  const questions = engine.offers.slice(0, QUESTIONS_MAX).map(({ question }) => question);
  for (const question of [UNANSWERABLE, ...questions]) draw(await engine.answer(question));
}
