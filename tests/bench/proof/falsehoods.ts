// `npm run bench -- falsehoods`: which share of statements that were made false `footnote check` refuses, and which true ones.

import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { isAtLeastOne, locate } from "../../../src/document.ts";
import { OperatorError } from "../../../src/errors.ts";
import type { Cell } from "../../../src/ingest/faq.ts";
import type { Corpus } from "../../../src/ingest/library.ts";
import { createProver, statementsOf } from "../../../src/quality/check.ts";
import { openEngine } from "../../../src/store/open.ts";
import { asShare } from "../peers/part.ts";
import { randomFrom, sample, shuffled } from "../peers/random.ts";
import { falsify, WAYS, type Way } from "./falsify.ts";

const USAGE = `npm run bench -- falsehoods [--data FILE] [--survivors]

  --data FILE   further falsehoods, one a line: {"topic", "statement", "quote", "falsehood", "how"}
  --survivors   names those that are not refused
`;

const GENERATED = 200;
const SEED = 20_261_121;

/** A falsehood with the statement it was made of. */
interface Falsehood {
  readonly of: Cell;
  readonly text: string;
  readonly how: string;
}

const WRITTEN = z.object({ statement: z.string(), quote: z.string(), falsehood: z.string(), how: z.string() });

/** @returns the exit status: 1 where a true statement is refused, 2 when the arguments or the data are wrong */
export async function scoreFalsehoods(args: readonly string[]): Promise<number> {
  try {
    const { data, survivors } = readArgs(args);
    const { corpus } = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
    const statements = corpus.faq.topics.flatMap(statementsOf);
    const sets: [string, readonly Falsehood[]][] = [["generated", generate(statements)]];
    if (data !== undefined) sets.push(["written", readWritten(data, corpus, statements)]);
    return score(sets, statements, corpus, survivors);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readArgs(args: readonly string[]): { readonly data: string | undefined; readonly survivors: boolean } {
  try {
    const { data, survivors } = parseArgs({
      args: [...args],
      options: { data: { type: "string" }, survivors: { type: "boolean" } },
    }).values;
    if (data === undefined || existsSync(data)) return { data, survivors: survivors === true };
  } catch {
    // Told below, as where the file is missing.
  }
  throw new OperatorError("an option that is not known, or no such file", USAGE);
}

/** 200 falsehoods: as many by each way, as far as there are, each of another statement. */
export function generate(statements: readonly Cell[]): readonly Falsehood[] {
  const random = randomFrom(SEED);
  const distinct = [...new Map(statements.map((one) => [one.text, one])).values()];
  const made = WAYS.map((way) => ({
    way,
    list: shuffled(
      distinct.flatMap((of) => oneOf(of, way, random)),
      random,
    ),
  }));
  const drawn: Falsehood[] = [];
  for (let at = 0; drawn.length < GENERATED && made.some(({ list }) => at < list.length); at++)
    for (const { list } of made) if (drawn.length < GENERATED) drawn.push(...list.slice(at, at + 1));
  return drawn;
}

const oneOf = (of: Cell, way: Way, random: () => number): Falsehood[] =>
  sample(falsify(of.text, way), 1, random).map((text) => ({ of, text, how: way }));

/** @throws OperatorError where a line is no falsehood or its quote stands nowhere */
function readWritten(file: string, corpus: Corpus, statements: readonly Cell[]): readonly Falsehood[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    const parsed = WRITTEN.safeParse(JSON.parse(line));
    if (!parsed.success) throw new OperatorError(`${file}:${at + 1} is no falsehood`, USAGE);
    const { statement, quote, falsehood, how } = parsed.data;
    const of = statements.find(({ text }) => text === statement) ?? quoted(statement, quote, corpus);
    if (of === null) throw new OperatorError(`${file}:${at + 1} quotes what no document says`, USAGE);
    return { of, text: falsehood, how: how.toLowerCase().split(" ").slice(0, 2).join(" ") };
  });
}

/** A statement that the FAQ does not have, with its quote. */
function quoted(text: string, quote: string, { documents }: Corpus): Cell | null {
  const quotes = documents.flatMap((document) => {
    const located = locate(document, quote);
    return located.ok ? [located.quote] : [];
  });
  return isAtLeastOne(quotes) ? { id: "", text, quotes, declared: {}, line: 0 } : null;
}

function score(
  sets: readonly (readonly [string, readonly Falsehood[]])[],
  statements: readonly Cell[],
  corpus: Corpus,
  showsSurvivors: boolean,
): number {
  const unproven = createProver(corpus);
  const isRefused = (statement: Cell): boolean => unproven(statement).some(({ level }) => level === "error");
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const all = sets.flatMap(([, list]) => list);
  const survivors = all.filter(({ of, text }) => !isRefused({ ...of, text }));
  const row = (name: string, list: readonly Falsehood[]): string => {
    const refused = list.filter((one) => !survivors.includes(one)).length;
    return `${name.padEnd(34)} ${String(refused).padStart(4)} of ${String(list.length).padEnd(4)} refused  ${asShare(refused / list.length)}`;
  };
  for (const [name, list] of sets) {
    print(row(name, list));
    for (const how of [...new Set(list.map((one) => one.how))].sort())
      print(
        row(
          `  ${how.slice(0, 30)}`,
          list.filter((one) => one.how === how),
        ),
      );
  }
  print(row("all", all));
  print("\nby what is found                     of these: by nothing else");
  const reasons = all.map(({ of, text }) => [
    ...new Set(
      unproven({ ...of, text }).flatMap(({ level, problem }) => (level === "error" ? [reasonOf(problem, text)] : [])),
    ),
  ]);
  for (const reason of [...new Set(reasons.flat())].sort()) {
    const found = reasons.filter((list) => list.includes(reason));
    print(
      `${reason.padEnd(66)} ${String(found.length).padStart(4)} ${String(found.filter((list) => list.length === 1).length).padStart(4)}`,
    );
  }
  print("");
  const denied = statements.filter(isRefused);
  print(
    `${"true statements".padEnd(34)} ${String(denied.length).padStart(4)} of ${String(statements.length).padEnd(4)} refused`,
  );
  if (showsSurvivors) {
    for (const { how, text, of } of survivors)
      print(`${how}: ${text}\n    ${of.quotes.map((quote) => quote.text).join("\n    ")}`);
    for (const statement of denied)
      print(
        `TRUE: ${statement.text}\n    ${unproven(statement)
          .map(({ problem }) => problem)
          .join("\n    ")}`,
      );
  }
  return denied.length > 0 ? 1 : 0;
}

/** A finding without what is particular to it. */
const reasonOf = (problem: string, text: string): string =>
  (problem.split(` of "${text.slice(0, 10)}`)[0] ?? "")
    .replace(/"[^"]*"/g, "…")
    .replace(/^(number|unit|name) .*/, "number, unit or name");
