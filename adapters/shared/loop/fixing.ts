// An operator's decision on a group of misses to a change of faq.yaml: tried on everything that is known before it is written.

import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { isAtLeastOne } from "../../../src/document.ts";
import { createEngine } from "../../../src/engine.ts";
import { OperatorError } from "../../../src/errors.ts";
import { type Faq, parseFaq } from "../../../src/ingest/faq.ts";
import { FAQ_FILE } from "../../../src/ingest/files.ts";
import type { EvalCase } from "../../../src/quality/cases.ts";
import { draftTopicFor } from "../../../src/quality/draft-topic.ts";
import { addExamples, addOutside, addTopic, type Edited, newFaq, takeOut } from "../../../src/quality/faq-edit.ts";
import { type FixReport, judgeFix, type Wanted } from "../../../src/quality/fix.ts";
import { teach } from "../../../src/quality/teach.ts";
import type { Compiled } from "../../../src/store/snapshot.ts";
import { plain } from "../../../src/text/analyzer.ts";
import { squeeze } from "../../../src/text/sentences.ts";
import type { Fix, Store } from "../state/store.ts";
import type { InboxGroup } from "./inbox.ts";
import { SCRUBBED } from "./scrub.ts";

/** A faq.yaml that can be written. */
export interface FaqFile {
  /** Where it is, or would be. */
  readonly path: string;
  /** Null where there is none yet. */
  readonly source: string | null;
}

/** What would be done. */
export interface Plan {
  readonly kind: Fix["kind"];
  readonly topic: string | null;
  /** Questions that are added. */
  readonly added: readonly string[];
  readonly edited: Edited;
  readonly report: FixReport;
}

export interface Workshop {
  readonly compiled: Compiled;
  readonly faq: FaqFile;
  readonly cases: readonly EvalCase[];
  readonly onProgress?: (done: number, total: number) => void;
}

/** The group of `outside` that questions from the inbox go to. */
export const OUTSIDE_TITLE = "Asked, and not in the documents";

/**
 * @param folder of the corpus
 * @throws OperatorError where faq.yaml can't be written
 */
export function openFaqFile(folder: string): FaqFile {
  const named = resolve(folder, FAQ_FILE);
  const path = existsSync(named) ? realpathSync(named) : named;
  try {
    // It is put in place by a new name, so its folder counts; a file that is protected is left alone all the same.
    accessSync(dirname(path), constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    return { path, source: existsSync(path) ? readFileSync(path, "utf8") : null };
  } catch (error) {
    throw new OperatorError(
      `${path} can't be written (${codeOf(error)})`,
      "fix the corpus where it can be, or make it writable",
    );
  }
}

/**
 * Adds a group's words to a topic's examples.
 * @param named id, title or name of the topic
 * @param words instead of the group's own
 */
export async function planAssign(
  group: InboxGroup,
  named: string,
  words: string | null,
  shop: Workshop,
): Promise<Plan> {
  const { topics } = shop.compiled.corpus.faq;
  const topic = topics.find(({ id, title, names }) => [id, title, ...names].some((one) => plain(one) === plain(named)));
  if (topic === undefined || shop.faq.source === null)
    throw new OperatorError(
      `there is no topic "${named}"`,
      "footnote topics lists them; footnote inbox new drafts one",
    );
  const questions = wordsOf(group, words);
  const edited = addExamples(shop.faq.source, topic.id, questions);
  return tried("assigned", topic.id, questions, edited, group, words, shop);
}

/** Drafts a topic for a group, with the nearest sentences as its statements. */
export async function planNew(group: InboxGroup, words: string | null, shop: Workshop): Promise<Plan> {
  const { compiled, faq } = shop;
  const questions = wordsOf(group, words);
  const engine = await createEngine(compiled.corpus, compiled.model);
  const topic = await draftTopicFor(questions, [], engine);
  if (topic === null)
    throw new OperatorError(
      "no sentence of the documents comes near it",
      "write a document, or use footnote inbox outside",
    );
  const edited = faq.source === null ? newFaq(topic) : addTopic(faq.source, topic);
  return tried("assigned", topic.id, questions, edited, group, words, shop);
}

/** Teaches that the documents do not answer a group's questions. */
export async function planOutside(group: InboxGroup, words: string | null, shop: Workshop): Promise<Plan> {
  const questions = wordsOf(group, words);
  const edited = addOutside(shop.faq.source ?? "", OUTSIDE_TITLE, questions);
  return tried("outside", null, questions, edited, group, words, shop);
}

async function tried(
  kind: Fix["kind"],
  topic: string | null,
  added: readonly string[],
  edited: Edited,
  { wordings }: InboxGroup,
  words: string | null,
  { compiled, faq: { path }, cases, onProgress }: Workshop,
): Promise<Plan> {
  const faq: Faq = parseFaq(edited.source, path, compiled.corpus.documents);
  const before = await createEngine(compiled.corpus, compiled.model);
  const now = await teach(faq, compiled);
  const asked = wordings.map(({ question, after }): Wanted => ({ question, after, topic }));
  const wanted = words === null ? asked : [...asked, { question: words, after: [], topic }];
  return { kind, topic, added, edited, report: await judgeFix(before, now, wanted, cases, onProgress) };
}

/** The words that a fix teaches: what leans on its thread teaches nothing alone, nor does what was scrubbed away. */
function wordsOf({ wordings }: InboxGroup, words: string | null): readonly [string, ...string[]] {
  if (words !== null) return [words];
  const standing = wordings
    .filter(({ leans }) => !leans)
    .map(({ question }) => squeeze(question.replaceAll(SCRUBBED, " ")))
    .filter((question) => plain(question) !== "")
    .slice(0, WORDINGS_MAX);
  if (isAtLeastOne(standing)) return standing;
  throw new OperatorError(
    "it leans on what was asked before it, so its words alone teach nothing",
    'add --words "a whole question"',
  );
}
const WORDINGS_MAX = 20;

/** Whether a plan may be carried out without being forced. */
export const isSound = ({ report: { mended, wanted, changes } }: Plan): boolean =>
  (mended > 0 || wanted === 0) && changes.every(({ effect }) => effect !== "worse");

/** Writes what was planned, and settles the group's misses. */
export async function carryOut(plan: Plan, group: InboxGroup, { path, source }: FaqFile, store: Store): Promise<void> {
  const { kind, topic, edited } = plan;
  if (existsSync(path) ? readFileSync(path, "utf8") !== source : source !== null)
    throw new OperatorError(`${path} has changed meanwhile`, "run the command again");
  replaceFile(path, edited.source);
  const edit = JSON.stringify({ file: path, ...edited.edit });
  await store.inbox.settle({ id: fixId(store, group), kind, topic, edit, receipts: group.ids });
}

/** Settles a group without a change of any file. */
export const ignore = (group: InboxGroup, store: Store): Promise<void> =>
  store.inbox.settle({ id: fixId(store, group), kind: "ignored", topic: null, edit: "", receipts: group.ids });

/**
 * Takes back the last fix.
 * @returns what it was; null where nothing was done
 * @throws OperatorError where what it put into faq.yaml has been changed since
 */
export async function undoLast(store: Store): Promise<Fix | null> {
  const fix = await store.inbox.last();
  if (fix === null) return null;
  if (fix.edit !== "") {
    const { file, ...edit } = editOf.parse(JSON.parse(fix.edit));
    const { path, source } = openFaqFile(dirname(file));
    const before = takeOut(source ?? "", edit);
    if (before === null) throw new OperatorError(`${path} has been changed there since`, "take the lines out by hand");
    // A file that was made for it goes with it.
    if (before === "" && edit.removed === "") rmSync(path);
    else replaceFile(path, before);
  }
  await store.inbox.undo(fix);
  return fix;
}

const editOf = z.object({ file: z.string(), at: z.number(), removed: z.string(), inserted: z.string() });

/** Sorts by time, as text too. */
const fixId = (store: Store, { id }: InboxGroup): string =>
  `${String(Math.floor(store.now())).padStart(15, "0")}-${id}`;

/** Whoever reads the file finds the old one or the new one, whole. */
function replaceFile(path: string, text: string): void {
  const draft = join(dirname(path), `.${FAQ_FILE}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, text, { mode: existsSync(path) ? statSync(path).mode : 0o644, flush: true });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new OperatorError(`${path} can't be written (${codeOf(error)})`, "make room, or make the folder writable");
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
