// Answers questions that come as JSON lines on stdin, with a reply as a JSON line on stdout for each.

import { once } from "node:events";
import { z } from "zod";
import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { type CorpusOptions, open } from "../shared/corpus.ts";
import { linesOfInput } from "./lines.ts";

const id = z.union([z.string(), z.number()]).nullish();
const schema = z.object({ id, question: z.string(), after: z.array(z.string()).nullish() });
const withId = z.object({ id: z.union([z.string(), z.number()]) });

type BatchLine =
  | { readonly id: string | number | null; readonly reply: Reply }
  | { readonly id: string | number | null; readonly error: string; readonly status: 1 | 2 };

const PROGRESS_EVERY = 25;

/** @returns the exit status of `answerLines` */
export async function batch(options: CorpusOptions): Promise<number> {
  const engine = await open(options);
  if (process.stdin.isTTY) process.stderr.write('Type lines like {"id":"a","question":"…"}; Ctrl-D ends.\n');
  return answerLines(linesOfInput(), engine, async (line) => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
  });
}

/**
 * Answers line by line, in order; empty lines count and get nothing.
 * @returns the exit status: 2 when a line could not be read, else 1 when a search failed
 */
export async function answerLines(
  lines: AsyncIterable<string>,
  engine: Engine,
  write: (line: string) => Promise<void>,
): Promise<number> {
  const showsProgress = process.stderr.isTTY === true;
  let number = 0;
  let answered = 0;
  let failed = 0;
  let status = 0;
  const tell = (): boolean => process.stderr.write(`\r${answered} answered${failed > 0 ? `, ${failed} not` : ""}`);
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const out = await answerLine(line, number, engine);
    "error" in out ? failed++ : answered++;
    if ("error" in out) status = Math.max(status, out.status);
    const shown = "error" in out ? { id: out.id, error: out.error } : out;
    await write(JSON.stringify(shown));
    if (showsProgress && answered % PROGRESS_EVERY === 0) tell();
  }
  if (showsProgress) {
    tell();
    process.stderr.write("\n");
  }
  return status;
}

/** One line in, one line out, whatever the line is. */
export async function answerLine(line: string, number: number, engine: Engine): Promise<BatchLine> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: `line ${number} is not JSON; write one object a line`, status: 2 };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const { id: asked = null, question, after } = parsed.data;
    const reply = await engine.answer(question, after ?? []);
    const isSearched = reply.kind !== "unknown" || reply.reason !== "not-searched";
    return isSearched ? { id: asked, reply } : { id: asked, error: reply.text, status: 1 };
  }
  const [issue] = parsed.error.issues;
  const key = issue?.path.join(".") ?? "";
  const what = key === "" ? "is not an object" : `has a wrong or missing "${key}"`;
  const named = withId.safeParse(value);
  return {
    id: named.success ? named.data.id : null,
    error: `line ${number} ${what}; write {"id": …, "question": "…", "after": ["…"]}`,
    status: 2,
  };
}
