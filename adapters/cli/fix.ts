// Mends what the inbox lists, for `footnote inbox assign|new|outside|ignore|undo`: tried on all known questions, then written.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "../../src/engine.ts";
import type { EvalCase } from "../../src/quality/cases.ts";
import type { Change } from "../../src/quality/fix.ts";
import { type CorpusOptions, folderOf, openCompiled } from "../shared/corpus.ts";
import {
  carryOut,
  type FaqFile,
  ignore,
  isSound,
  openFaqFile,
  type Plan,
  planAssign,
  planNew,
  planOutside,
  undoLast,
  type Workshop,
} from "../shared/loop/fixing.ts";
import { groupOf, type InboxGroup, readInbox } from "../shared/loop/inbox.ts";
import { clean } from "../shared/one-line.ts";
import { readStateSettings } from "../shared/settings.ts";
import { openStore } from "../shared/state/state.ts";
import type { Store } from "../shared/state/store.ts";
import { print, printJson, tellAsked, type View, viewOf } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { readCases } from "./eval.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";

export interface FixOptions extends CorpusOptions {
  /** A file of cases that must stay right; the corpus's own cases.jsonl by default, where it has one. */
  readonly cases?: string;
  /** Writes it also where something gets worse. */
  readonly force?: boolean;
  /** A question to teach instead of the group's own words. */
  readonly words?: string;
}

type Planning = (group: InboxGroup, words: string | null, shop: Workshop) => Promise<Plan>;

const CASES_FILE = "cases.jsonl";

/** @returns the exit status: 1 where it was refused */
export const assign = (id: string, topic: string, options: FixOptions): Promise<number> =>
  mend(id, options, (group, words, shop) => planAssign(group, topic, words, shop));

/** @returns as `assign` */
export const draftNew = (id: string, options: FixOptions): Promise<number> => mend(id, options, planNew);

/** @returns as `assign` */
export const markOutside = (id: string, options: FixOptions): Promise<number> => mend(id, options, planOutside);

export async function ignoreGroup(id: string, options: CorpusOptions): Promise<void> {
  await withStore(async (store) => {
    const { corpus, model } = await openCompiled(options);
    const group = groupOf(await readInbox(store, await createEngine(corpus, model)), id);
    await ignore(group, store);
    print(`Ignored, with whoever asks it again: ${clean(group.wordings[0]?.question ?? "")}`);
  });
}

/** Takes back what was done last. */
export async function undo(): Promise<void> {
  await withStore(async (store) => {
    const fix = await undoLast(store);
    if (fix === null) return void print("Nothing was done that could be taken back.");
    const what = fix.edit === "" ? "" : ", and faq.yaml is as it was there";
    print(`Taken back: ${count(fix.receipts.length, "miss", "misses")} open again${what}.`);
  });
}

async function mend(id: string, options: FixOptions, planning: Planning): Promise<number> {
  const folder = folderOf(options);
  // Before any work: nothing is worse than a minute's wait for a refusal.
  const faq = openFaqFile(folder);
  const cases = casesOf(folder, options);
  return withStore(async (store) => {
    const compiled = await openCompiled(options);
    const group = groupOf(await readInbox(store, await createEngine(compiled.corpus, compiled.model)), id);
    const plan = await planning(group, options.words ?? null, { compiled, faq, cases, onProgress: tellAsked });
    const isDone = isSound(plan) || options.force === true;
    if (isDone) await carryOut(plan, group, faq, store);
    if (options.json) printJson({ done: isDone, topic: plan.topic, added: plan.added, ...plan.report });
    else print(renderPlan(plan, faq, isDone, viewOf()));
    return isDone ? 0 : 1;
  });
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(readStateSettings());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function casesOf(folder: string, { cases }: FixOptions): readonly EvalCase[] {
  const own = join(folder, CASES_FILE);
  if (cases !== undefined) return readCases(cases);
  return existsSync(own) ? readCases(own) : [];
}

/** So many changes are shown; the worse ones stand first. */
const CHANGES_SHOWN = 40;

export function renderPlan({ kind, topic, added, report }: Plan, faq: FaqFile, isDone: boolean, view: View): string {
  const ink = inkOf(view.colour);
  const { asked, mended, wanted, changes } = report;
  const worse = changes.filter(({ effect }) => effect === "worse").length;
  const others = changes.filter(({ kind: of }) => of !== "miss").length;
  const aim = kind === "outside" ? "left unanswered now" : "answered now";
  return stack([
    [
      kind === "outside" ? "To what the documents do not answer:" : `To the topic ${ink.strong(topic ?? "")}:`,
      ...added.flatMap((question) => hang("  + ", clean(question), view.width)),
    ],
    fold(
      `Asked ${count(asked, "known question")} again: ${mended} of ${count(wanted, "missed one")} ${aim}; of the others ${others === 1 ? "1 reply changes" : `${others} replies change`}, ${worse === 0 ? "none gets worse" : ink.bad(worse === 1 ? "1 gets worse" : `${worse} get worse`)}.`,
      view.width,
    ),
    changes.slice(0, CHANGES_SHOWN).flatMap((change) => drawChange(change, view)),
    changes.length > CHANGES_SHOWN ? [`and ${count(changes.length - CHANGES_SHOWN, "other change")}`] : [],
    isDone
      ? fold(`Written to ${faq.path}; footnote inbox undo takes it back.`, view.width)
      : [
          ink.bad(worse > 0 ? "Not written: something gets worse." : "Not written: it mends nothing."),
          "Write it all the same with --force, or teach other words with --words.",
        ],
  ]);
}

function drawChange({ kind, id, question, before, after, effect }: Change, view: View): string[] {
  const ink = inkOf(view.colour);
  const draw = effect === "worse" ? ink.bad : effect === "better" ? ink.good : ink.muted;
  const name = id === null ? kind : `${kind} ${clean(id)}`;
  return [
    ...hang(`  ${effect.padEnd(7)}`, `${name}: ${clean(question)}`, view.width, `  ${draw(effect.padEnd(7))}`),
    ...hang("         before ", clean(before), view.width),
    ...hang("         now    ", clean(after), view.width),
  ];
}
