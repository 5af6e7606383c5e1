// Sets of cases to what each case got, from the program as this process has loaded it.

import { createHash } from "node:crypto";
import { createEngine, type Engine } from "../../../src/engine.ts";
import { compile, openCorpus } from "../../../src/store/open.ts";
import type { AnswerOrder, Outcome, Told } from "./order.ts";
import { type Asked, readCases } from "./sets.ts";

/** Names the snapshots of this bench. */
const BUILD = "ablate";

/** Each folder is opened once, whatever number of sets is asked of it. */
export async function answerAll(
  { saved, opensAnew, sets, most }: AnswerOrder,
  tell: (told: Told) => Promise<void>,
): Promise<void> {
  const engines = new Map<string, Engine>();
  for (const { set, places } of sets) {
    try {
      const engine = engines.get(set.folder) ?? (await open(set.folder, saved, opensAnew));
      engines.set(set.folder, engine);
      const outcomes: Outcome[] = [];
      for (const [place, asked] of readCases(set, most).entries())
        if (places === null || places.includes(place)) outcomes.push(await ask(asked, place, engine));
      await tell({ kind: "answered", set: set.name, hasTopics: engine.corpus.faq.topics.length > 0, outcomes });
    } catch (error) {
      await tell({ kind: "closed", set: set.name, why: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function ask(asked: Asked, place: number, engine: Engine): Promise<Outcome> {
  const { id, shape, isAnswerable, after } = asked;
  const reply = await engine.answer(asked.question, after);
  const digest = createHash("sha256").update(JSON.stringify(reply)).digest("base64url").slice(0, 12);
  return {
    ...(await asked.judge(reply, engine)),
    place,
    id,
    shape,
    isAnswerable,
    isInThread: after.length > 0,
    reply: digest,
  };
}

/**
 * What is changed and read in here as well is read in this very thread: the hook holds in no other. What only answering
 * knows finds the snapshot of the program as it is.
 */
async function open(folder: string, saved: string, opensAnew: boolean): Promise<Engine> {
  const { corpus, model } = opensAnew
    ? await compile(folder)
    : await openCorpus(folder, undefined, { data: saved, build: BUILD });
  return createEngine(corpus, model);
}
