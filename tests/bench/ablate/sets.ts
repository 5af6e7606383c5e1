// The questions that rules are judged by: which sets there are, on which folder of documents, and how each is judged.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import type { Engine } from "../../../src/engine.ts";
import { OperatorError } from "../../../src/errors.ts";
import { type EvalCase, parseCase } from "../../../src/quality/cases.ts";
import { evaluate } from "../../../src/quality/evaluate.ts";
import type { Reply } from "../../../src/reply.ts";
import { type FolderCase, type FolderVerdict, judgeFolderCase, parseFolderCase } from "./folder-cases.ts";

/** A file of cases and the folder that they are asked of. */
export interface CaseSet {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  /** As `footnote eval` does, or as replies from a plain folder of documents. */
  readonly judgedAs: "corpus" | "folder";
}

/** A question with what judges the reply to it. */
export interface Asked {
  readonly id: string;
  readonly question: string;
  readonly after: readonly string[];
  /** Whether the documents hold an answer. */
  readonly isAnswerable: boolean;
  readonly shape: string;
  judge(reply: Reply, engine: Engine): Promise<Verdict>;
}

export interface Verdict {
  readonly told: FolderVerdict | "right";
  readonly isRight: boolean;
  /** Stated, and not right. */
  readonly isFalse: boolean;
  /** There is an answer, and it was given or led to. */
  readonly isFound: boolean;
}

const TESTS = join(dirname(BUILT_IN.folder), "tests");
const HANDBOOK = join(TESTS, "handbook");

/**
 * The project's own sets, and with a folder of data its `eval/dev.jsonl` and each of its `folders/NAME` with `docs` and
 * `cases.jsonl`.
 * @throws OperatorError where the folder holds neither
 */
export function setsIn(data: string | undefined): readonly CaseSet[] {
  const own: CaseSet[] = [
    { name: "cases", folder: BUILT_IN.folder, file: join(TESTS, "cases.jsonl"), judgedAs: "corpus" },
    { name: "handbook", folder: HANDBOOK, file: join(TESTS, "handbook-cases.jsonl"), judgedAs: "corpus" },
  ];
  if (data === undefined) return own;
  const dev = join(data, "eval", "dev.jsonl");
  const folders = join(data, "folders");
  const names = existsSync(folders) ? readdirSync(folders).sort() : [];
  const more = names.map((name): CaseSet => {
    const folder = join(folders, name, "docs");
    return { name, folder, file: join(folders, name, "cases.jsonl"), judgedAs: "folder" };
  });
  const found = [{ name: "dev", folder: BUILT_IN.folder, file: dev, judgedAs: "corpus" as const }, ...more].filter(
    ({ file }) => existsSync(file),
  );
  if (found.length === 0)
    throw new OperatorError(`no eval/dev.jsonl and no folders/NAME/cases.jsonl in ${data}`, "name another with --data");
  return [...own, ...found];
}

/**
 * The cases of a set, at most so many of them, drawn evenly from the first to the last.
 * @throws OperatorError naming the line that is no case
 */
export function readCases({ file, judgedAs }: CaseSet, most = Number.POSITIVE_INFINITY): readonly Asked[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line, at) => ({ line, place: `${file}:${at + 1}` }))
    .filter(({ line }) => line.trim() !== "");
  const count = Math.min(most, lines.length);
  const before = (at: number): number => Math.floor((at * count) / lines.length);
  const drawn = lines.filter((_, at) => before(at + 1) > before(at));
  return drawn.map(({ line, place }) => {
    try {
      const value: unknown = JSON.parse(line);
      return judgedAs === "corpus" ? ofCorpus(parseCase(value)) : ofFolder(parseFolderCase(value));
    } catch (error) {
      throw new OperatorError(`${place}: ${error instanceof Error ? error.message : String(error)}`, "mend this line");
    }
  });
}

const partsOf = ({ corpus, offers, explain, suggest, answerUnasked, viewFor, openViews }: Engine) => ({
  ...{ corpus, offers, explain, suggest, answerUnasked, viewFor, openViews },
});

const speaks = ({ kind }: Reply): boolean => kind === "answer" || kind === "comparison";

function ofCorpus(entry: EvalCase): Asked {
  const isAnswerable = entry.kind === "answer" || entry.kind === "conflict" || entry.kind === "comparison";
  return {
    id: entry.id,
    question: entry.question,
    after: entry.after,
    isAnswerable,
    shape: entry.kind,
    async judge(reply, engine) {
      const answer = async (): Promise<Reply> => reply;
      const { right } = await evaluate([entry], { ...partsOf(engine), answer, compare: answer });
      const isRight = right === 1;
      const isFalse = !isRight && speaks(reply);
      return {
        told: isRight ? "right" : isFalse ? "wrong" : "silent",
        isRight,
        isFalse,
        isFound: isRight && isAnswerable,
      };
    },
  };
}

/** Silence and leads are right where there is no answer. */
function ofFolder(asked: FolderCase): Asked {
  return {
    id: asked.id,
    question: asked.question,
    after: asked.after,
    isAnswerable: asked.kind !== "unknown",
    shape: asked.shape,
    async judge(reply) {
      const told = judgeFolderCase(asked, reply);
      const isAnswered = told === "first" || told === "later";
      const isAnswerable = asked.kind !== "unknown";
      return {
        told,
        isRight: isAnswerable ? isAnswered : told !== "answered",
        isFalse: told === "wrong" || told === "answered",
        isFound: isAnswered || (isAnswerable && told === "led"),
      };
    },
  };
}
