// A folder of JSON Lines to collections of passages with questions, and to sets of labelled questions.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { OperatorError } from "../../../src/errors.ts";

const id = z.union([z.string(), z.number()]).transform(String);

const passage = z.object({ id, title: z.string().nullish(), text: z.string() });
const question = z.object({
  id,
  question: z.string(),
  /** The passage that was read when the question was written. */
  passage: id.nullish(),
  answerable: z.boolean().nullish(),
  answers: z.array(z.object({ text: z.string(), start: z.number().int() })).nullish(),
});
const judgement = z.object({ question: id, passage: id, grade: z.number() });
const labelled = z.object({ text: z.string(), intent: z.string(), split: z.string().default("train") });

export interface CollectionPassage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export type CollectionQuestion = z.infer<typeof question>;

/** A question that its passage answers, and where. */
export interface Answerable {
  readonly id: string;
  readonly question: string;
  readonly passage: string;
  readonly answers: readonly { readonly text: string; readonly start: number }[];
}

export interface Collection {
  readonly name: string;
  readonly passages: readonly CollectionPassage[];
  readonly questions: readonly CollectionQuestion[];
  /** Grades of the judged passages, by question; null where there are none. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>> | null;
}

export type LabelledQuestion = z.infer<typeof labelled>;

export interface IntentSet {
  readonly name: string;
  readonly questions: readonly LabelledQuestion[];
}

export interface Data {
  readonly collections: readonly Collection[];
  readonly intents: readonly IntentSet[];
}

const FORMAT = "tests/bench/README.md tells the format of the data";

/** The label of questions that belong to no topic. */
export const OUT_OF_SCOPE = "oos";

/**
 * Reads every collection below a folder (a folder with `passages.jsonl` and `questions.jsonl`, and `judgements.jsonl`
 * where passages are graded) and every set of labelled questions in folders called `intents`.
 * @throws OperatorError where there is no data or a line is none of it
 */
export function readData(folder: string): Data {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new OperatorError(
      `no folder ${folder}`,
      "name a folder of data with --data; tests/bench/README.md tells its format",
    );
  const folders = [
    folder,
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name)),
  ].sort();
  const collections = folders.filter((one) => existsSync(join(one, "passages.jsonl"))).map(readCollection);
  const intents = folders
    .filter((one) => basename(one) === "intents")
    .flatMap((one) =>
      readdirSync(one)
        .sort()
        .filter((file) => file.endsWith(".jsonl"))
        .map((file) => join(one, file)),
    )
    .map((file): IntentSet => ({ name: basename(file, ".jsonl"), questions: readLines(file, labelled) }));
  if (collections.length === 0 && intents.length === 0)
    throw new OperatorError(`nothing to measure in ${folder}`, FORMAT);
  return { collections, intents };
}

/** The questions of a collection that its passages answer, with where. */
export function answerableOf({ questions }: Collection): Answerable[] {
  return questions.flatMap(({ id, question, passage, answerable, answers }): Answerable[] =>
    passage && answerable !== false && answers ? [{ id, question, passage, answers }] : [],
  );
}

/** Questions about a passage that it does not answer. */
export const nearMissesOf = ({ questions }: Collection): CollectionQuestion[] =>
  questions.filter(({ answerable }) => answerable === false);

export const examplesOf = (questions: readonly LabelledQuestion[]): { text: string; label: string }[] =>
  questions.map(({ text, intent }) => ({ text, label: intent }));

function readCollection(folder: string): Collection {
  return {
    name: basename(folder),
    passages: readLines(join(folder, "passages.jsonl"), passage).map(({ title, ...rest }) => ({
      ...rest,
      title: title ?? "",
    })),
    questions: readLines(join(folder, "questions.jsonl"), question),
    judgements: readJudgements(folder),
  };
}

/** From `judgements.jsonl`, or from TREC's `qrels.txt`: question, iteration, passage and grade, parted by white space. */
function readJudgements(folder: string): Map<string, Map<string, number>> | null {
  const [lines, qrels] = [join(folder, "judgements.jsonl"), join(folder, "qrels.txt")];
  if (!existsSync(lines) && !existsSync(qrels)) return null;
  const judged = existsSync(lines)
    ? readLines(lines, judgement)
    : readFileSync(qrels, "utf8")
        .split("\n")
        .flatMap((line, at) => {
          if (line.trim() === "") return [];
          const [asked, , passage, grade] = line.trim().split(/\s+/);
          const parsed = judgement.safeParse({ question: asked, passage, grade: Number(grade) });
          if (parsed.success) return [parsed.data];
          throw new OperatorError(`${qrels} line ${at + 1} is no judgement`, FORMAT);
        });
  const judgements = new Map<string, Map<string, number>>();
  for (const { question: asked, passage: found, grade } of judged)
    judgements.set(asked, (judgements.get(asked) ?? new Map<string, number>()).set(found, grade));
  return judgements;
}

function readLines<T>(file: string, form: z.ZodType<T>): T[] {
  if (!existsSync(file)) throw new OperatorError(`no file ${file}`, FORMAT);
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      const parsed = form.safeParse(parseJson(line));
      if (parsed.success) return [parsed.data];
      const [issue] = parsed.error.issues;
      throw new OperatorError(
        `${file} line ${at + 1}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not valid"}`,
        FORMAT,
      );
    });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
