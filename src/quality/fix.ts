// Asks everything that is known again of an engine that was taught a fix: what it mends, what else changes, what gets worse.

import type { Engine } from "../engine.ts";
import type { Reply } from "../reply.ts";
import type { EvalCase } from "./cases.ts";
import { evaluate } from "./evaluate.ts";

/** What a fix is for. */
export interface Wanted {
  readonly question: string;
  readonly after: readonly string[];
  /** The topic that it should be answered from; null where it should not be answered. */
  readonly topic: string | null;
}

export interface Change {
  /** Of the miss, the case or the example. */
  readonly kind: "miss" | "case" | "example" | "outside";
  /** Of the case. */
  readonly id: string | null;
  readonly question: string;
  readonly before: string;
  readonly after: string;
  readonly effect: "better" | "worse" | "other";
}

export interface FixReport {
  /** How many questions were asked again. */
  readonly asked: number;
  /** Of what the fix is for, how many get what they should, and how many there are. */
  readonly mended: number;
  readonly wanted: number;
  /** Every reply that says something else than before, the worse ones first. */
  readonly changes: readonly Change[];
}

interface Asking {
  readonly kind: Change["kind"];
  readonly id: string | null;
  readonly question: string;
  readonly after: readonly string[];
  /** Whether an engine's reply is as it should be. */
  isRight(reply: Reply, by: "before" | "now"): boolean;
}

/** Called now and then with how many questions have been asked, of how many. */
type OnProgress = (done: number, total: number) => void;

/**
 * @param before the engine that answers now, `now` the one that would
 * @param cases what must stay right; one that was wrong may stay so
 */
export async function judgeFix(
  before: Engine,
  now: Engine,
  wanted: readonly Wanted[],
  cases: readonly EvalCase[],
  onProgress?: OnProgress,
): Promise<FixReport> {
  const asking = [...wanted.map(askMiss), ...(await askCases(cases, before, now)), ...examplesIn(before)];
  const changes: Change[] = [];
  let mended = 0;
  for (const [at, { kind, id, question, after, isRight }] of asking.entries()) {
    const [was, is] = [await before.answer(question, after), await now.answer(question, after)];
    const [wasRight, isNowRight] = [isRight(was, "before"), isRight(is, "now")];
    if (kind === "miss" && isNowRight) mended++;
    if (at % PROGRESS_EVERY === 0) onProgress?.(at, asking.length);
    if (gist(was) === gist(is) && wasRight === isNowRight) continue;
    const effect = wasRight === isNowRight ? "other" : isNowRight ? "better" : "worse";
    changes.push({ kind, id, question, before: tell(was), after: tell(is), effect });
  }
  onProgress?.(asking.length, asking.length);
  const order: readonly Change["effect"][] = ["worse", "other", "better"];
  changes.sort((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect));
  return { asked: asking.length, mended, wanted: wanted.length, changes };
}

const PROGRESS_EVERY = 100;

const isFrom = (reply: Reply, topic: string): boolean =>
  (reply.kind === "answer" || reply.kind === "comparison") && reply.topic === topic;
const isUnanswered = ({ kind }: Reply): boolean => kind === "unknown" || kind === "leads";

const askMiss = ({ question, after, topic }: Wanted): Asking => ({
  ...{ kind: "miss", id: null, question, after },
  isRight: (reply) => (topic === null ? isUnanswered(reply) : isFrom(reply, topic)),
});

async function askCases(cases: readonly EvalCase[], before: Engine, now: Engine): Promise<readonly Asking[]> {
  const missedBy = async (engine: Engine): Promise<ReadonlySet<string>> =>
    new Set((await evaluate(cases, engine)).misses.map(({ id }) => id));
  const missed = { before: await missedBy(before), now: await missedBy(now) };
  return cases.map(({ id, question, after }) => ({
    ...{ kind: "case", id, question, after },
    isRight: (_, by) => !missed[by].has(id),
  }));
}

/** What the FAQ was taught before: each question its own topic, and those that are outside no answer. */
const examplesIn = ({ corpus: { faq } }: Engine): Asking[] => [
  ...faq.topics.flatMap(({ id: topic, statements }) =>
    statements.flatMap(({ examples }) =>
      examples.map(
        ({ question }): Asking => ({
          ...{ kind: "example", id: null, question, after: [] },
          isRight: (reply) => isFrom(reply, topic),
        }),
      ),
    ),
  ),
  ...faq.outside.flatMap(({ examples }) =>
    examples.map(
      (question): Asking => ({ ...{ kind: "outside", id: null, question, after: [] }, isRight: isUnanswered }),
    ),
  ),
];

/** What of a reply a person would call another one. */
function gist(reply: Reply): string {
  if (reply.kind === "answer" || reply.kind === "comparison")
    return JSON.stringify([reply.kind, reply.topic, reply.verdict?.text ?? ""]);
  if (reply.kind === "unknown") return JSON.stringify([reply.kind, reply.reason]);
  if (reply.kind === "clarify") return JSON.stringify([reply.kind, reply.options.map(({ question }) => question)]);
  return reply.kind === "leads" ? JSON.stringify(reply.passages.map(({ lines }) => lines)) : reply.kind;
}

/** A reply in a line. */
export function tell(reply: Reply): string {
  switch (reply.kind) {
    case "answer":
      return `${reply.topic ?? "quoted"}: ${reply.verdict.text}`;
    case "comparison":
      return `${reply.topic ?? "table"}: comparison ${reply.title}`;
    case "leads":
      return `leads to ${[...new Set(reply.citations.map(({ document }) => document))].join(", ")}`;
    case "unknown":
      return `no answer (${reply.reason})`;
    case "clarify":
      return `asks back: ${reply.options.map(({ label }) => label).join(" / ")}`;
    case "help":
      return "help";
  }
}
