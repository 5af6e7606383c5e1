// `npm run bench -- yes-no --data FILE`: how often a reply opens with "Yes." or "No.", and how often that is false.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { OperatorError } from "../../../src/errors.ts";
import type { Reply } from "../../../src/reply.ts";
import { openEngine } from "../../../src/store/open.ts";
import { asShare } from "../peers/part.ts";

const USAGE = `npm run bench -- yes-no --data FILE [--misses]

  --data FILE   a question a line: {"id", "question", "truth": "yes" | "no" | "unsettled"}
  --misses      names the questions with odd ids that got a false word or none; those with even ids are only counted
`;

const QUESTION = z.object({ id: z.string(), question: z.string(), truth: z.enum(["yes", "no", "unsettled"]) });
type Question = z.infer<typeof QUESTION>;

interface Answered extends Question {
  readonly said: "yes" | "no" | null;
  readonly got: string;
}

/** What a question is asked with; the first that fits counts. */
const MECHANISMS: readonly (readonly [name: string, words: RegExp])[] = [
  ["negation", /\b(?:not|no|never|without|none|nothing|neither|nor|cannot|lack|lacks|unable|\w+n['’]?t)\b/i],
  [
    "quantifier",
    /\b(?:all|every|each|any|always|only|both|some|most|many|few|several|just|either|exactly|entire(?:ly)?)\b/i,
  ],
  [
    "degree",
    /\b(?:much|lot|little|slightly|barely|hardly|far|significantly|completely|fully|quite|very|nearly|almost|perfect(?:ly)?|extremely|a bit)\b/i,
  ],
  [
    "comparative",
    /\b(?:than|more|less|fewer|most|least|(?!other|whether|either|number|user|layer|server|cluster|docker|container|paper)\w{3,}er)\b/i,
  ],
];

/** @returns the exit status: 0 when all were asked, 2 when the arguments or the data are wrong */
export async function scoreYesNo(args: readonly string[]): Promise<number> {
  try {
    const { data, misses } = readArgs(args);
    await score(readQuestions(data), misses);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readArgs(args: readonly string[]): { readonly data: string; readonly misses: boolean } {
  try {
    const { data, misses } = parseArgs({
      args: [...args],
      options: { data: { type: "string" }, misses: { type: "boolean" } },
    }).values;
    if (data !== undefined) return { data, misses: misses === true };
  } catch {
    // Told below, as where the file is missing.
  }
  throw new OperatorError("no file of questions", USAGE);
}

function readQuestions(file: string): readonly Question[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    const parsed = QUESTION.safeParse(JSON.parse(line));
    if (!parsed.success) throw new OperatorError(`${file}:${at + 1} is no yes/no question`, USAGE);
    return parsed.data;
  });
}

async function score(questions: readonly Question[], showsMisses: boolean): Promise<void> {
  const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  const answered: Answered[] = [];
  for (const one of questions) answered.push({ ...one, ...told(await engine.answer(one.question)) });
  const halves: readonly (readonly [string, readonly Answered[]])[] = [
    ["all", answered],
    ["odd ids", answered.filter(isOdd)],
    ["even ids", answered.filter((one) => !isOdd(one))],
    ...[...MECHANISMS.map(([name]) => name), "plain"].map(
      (name) => [name, answered.filter((one) => mechanismOf(one) === name)] as const,
    ),
  ];
  for (const [name, list] of halves) process.stdout.write(`${rowOf(name, list)}\n`);
  if (!showsMisses) return;
  const missed = answered.filter((one) => isOdd(one) && (isFalse(one) || isSilent(one)));
  for (const { id, truth, said, question, got } of missed)
    process.stdout.write(`${id}  ${truth}, ${said === null ? "no word" : `said ${said}`}  ${question}\n    ${got}\n`);
}

function told(reply: Reply): Pick<Answered, "said" | "got"> {
  const text = reply.kind === "answer" ? reply.verdict.text : "";
  const [, word = null] = /^(yes|no)\./i.exec(text) ?? [];
  const said = word === null ? null : word.toLowerCase() === "yes" ? "yes" : "no";
  return { said, got: `${reply.kind}: ${text}` };
}

function rowOf(name: string, list: readonly Answered[]): string {
  const settled = list.filter(({ truth }) => truth !== "unsettled");
  const spoken = list.filter(({ said }) => said !== null);
  const right = settled.filter(({ said, truth }) => said === truth);
  const wrong = list.filter(isFalse);
  return `${name.padEnd(12)}${String(list.length).padStart(4)} asked, ${settled.length} settled: ${right.length} got the word (${asShare(settled.length === 0 ? 0 : right.length / settled.length)}), ${wrong.length} of ${spoken.length} words false`;
}

const isFalse = ({ said, truth }: Answered): boolean => said !== null && said !== truth;
const isSilent = ({ said, truth }: Answered): boolean => said === null && truth !== "unsettled";
const isOdd = ({ id }: Question): boolean => Number(/\d+/.exec(id)?.[0] ?? 0) % 2 === 1;
const mechanismOf = ({ question }: Question): string =>
  MECHANISMS.find(([, words]) => words.test(question))?.[0] ?? "plain";
