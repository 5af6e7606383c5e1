// An order to what each case of its sets got, from the engine as a variant has it.

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../../../src/engine.ts";
import { openCorpus } from "../../../src/store/open.ts";
import type { Compiled } from "../../../src/store/snapshot.ts";
import { asOf, type Order, type Outcome, type Told, type Variant } from "./order.ts";
import { rememberFor } from "./remembering.ts";
import { type Asked, readCases } from "./sets.ts";

type AnswerOrder = Extract<Order, { kind: "answer" }>;

/** Names the snapshots of this bench. */
const BUILD = "ablate";
const SOURCE = join(dirname(import.meta.dirname), "..", "..", "src");

/** Folders as the program opens them, each opened once and kept for all variants that open them alike. */
const opened = new Map<string, Promise<Compiled>>();

/** @param saved folder for what was opened */
export async function answerAll(order: AnswerOrder, saved: string, tell: (told: Told) => void): Promise<void> {
  const engines = new Map<string, Promise<Engine>>();
  for (const { set, places } of order.sets) {
    try {
      rememberFor(order.findsTheSame ? set.folder : null);
      const opening = engines.get(set.folder) ?? engineOf(set.folder, order, saved);
      engines.set(set.folder, opening);
      const engine = await opening;
      const outcomes: Outcome[] = [];
      for (const [place, asked] of readCases(set, order.most).entries())
        if (places === null || places.includes(place)) outcomes.push(await ask(asked, place, engine));
      tell({ kind: "answered", set: set.name, hasTopics: engine.corpus.faq.topics.length > 0, outcomes });
    } catch (error) {
      tell({ kind: "closed", set: set.name, why: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function ask(asked: Asked, place: number, engine: Engine): Promise<Outcome> {
  const { id, shape, isAnswerable, after } = asked;
  const reply = await engine.answer(asked.question, after);
  const verdict = await asked.judge(reply, engine);
  const digest = createHash("sha256").update(JSON.stringify(reply)).digest("base64url").slice(0, 12);
  return { ...verdict, place, id, shape, isAnswerable, isInThread: after.length > 0, reply: digest };
}

/** Where reading is changed it is done in this very thread: the hooks hold in no other. */
async function engineOf(folder: string, { variant, opensAnew }: AnswerOrder, saved: string): Promise<Engine> {
  const [{ createEngine }, { compile }] = await modulesOf(variant);
  const { corpus, model } = opensAnew ? await compile(folder) : await openOnce(folder, saved);
  return createEngine(corpus, model);
}

function openOnce(folder: string, saved: string): Promise<Compiled> {
  const opening = opened.get(folder) ?? openCorpus(folder, undefined, { data: saved, build: BUILD });
  opened.set(folder, opening);
  return opening;
}

type Modules = [typeof import("../../../src/engine.ts"), typeof import("../../../src/store/open.ts")];

const modulesOf = (variant: Variant): Promise<Modules> =>
  Promise.all([
    import(asOf(pathToFileURL(join(SOURCE, "engine.js")).href, variant)),
    import(asOf(pathToFileURL(join(SOURCE, "store", "open.js")).href, variant)),
  ]);
