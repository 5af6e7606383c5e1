// Shows what every stage decided on the way to a reply, as data or as text for a terminal.

import type { Outcome } from "../../src/answer/decide.ts";
import type { Resolution } from "../../src/answer/resolve.ts";
import type { Explanation } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import type { StatementFeatures } from "../../src/topics/statement-ranker.ts";
import { clean } from "../shared/one-line.ts";
import { PROSE_WIDTH_MAX, type View } from "../shared/terminal.ts";
import { hang, inkOf, stack } from "./layout.ts";

/** Plain data, as `ask --why --json` prints it. */
export interface Why {
  readonly question: {
    readonly text: string;
    readonly asks: readonly string[];
    readonly background: string;
    readonly wasCut: boolean;
    readonly isEnglish: boolean;
    readonly smalltalk: string | null;
  };
  /** What the thread is about; null at its start. */
  readonly thread: { readonly ask: string; readonly topic: string | null; readonly subjects: readonly string[] } | null;
  /** One for each question of the message that was looked at. */
  readonly asks: readonly WhyAsk[];
  readonly reply: Reply;
}

export interface WhyAsk {
  readonly ask: string;
  /** What is known of it from its words alone. */
  readonly analysis: {
    readonly terms: readonly string[];
    readonly answerType: string;
    readonly focus: readonly string[];
    readonly own: readonly string[];
    readonly pointsBack: boolean;
    readonly names: readonly string[];
    readonly years: readonly string[];
  };
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  readonly subjects: readonly string[];
  readonly fromThread: readonly string[];
  /** Best first, at most five; so are statements and passages. */
  readonly topics: readonly { readonly id: string; readonly title: string; readonly probability: number }[];
  readonly statements: readonly WhyStatement[];
  readonly passages: readonly WhyPassage[];
  readonly unknownWords: readonly string[];
  /** Log-odds; null where no topic was looked for. */
  readonly confidence: number | null;
  readonly outcome: string;
  readonly because: string;
}

interface WhyStatement {
  readonly id: string;
  readonly text: string;
  readonly probability: number;
  readonly features: StatementFeatures;
}

interface WhyPassage {
  readonly file: string;
  readonly section: string;
  readonly line: number;
  readonly score: number;
  /** Share of what is asked that the passage holds. */
  readonly covered: number;
  /** Its best sentence. */
  readonly text: string;
}

const SHOWN = 5;

export async function whyOf({ question, turn, resolutions, reply }: Explanation): Promise<Why> {
  const { text, asks, background, wasCut, isEnglish, smalltalk } = question;
  return {
    question: { text, asks, background, wasCut, isEnglish, smalltalk },
    thread: turn === null ? null : { ask: turn.question.text, topic: turn.topic, subjects: turn.subjects },
    asks: await Promise.all(resolutions.map(whyAsk)),
    reply,
  };
}

async function whyAsk(resolution: Resolution): Promise<WhyAsk> {
  const { question, corrected, subjects, fromThread, match, odds, outcome, because } = resolution;
  const { text, terms, answerType, focus, own, pointsBack, names, years } = question;
  return {
    ask: text,
    analysis: {
      terms,
      answerType,
      focus,
      own: own.map(({ surface }) => surface),
      pointsBack,
      names,
      years,
    },
    corrected,
    subjects,
    fromThread,
    topics: (match?.topics ?? [])
      .slice(0, SHOWN)
      .map(({ topic, probability }) => ({ id: topic.id, title: topic.title, probability })),
    statements: (match?.statements ?? []).slice(0, SHOWN).map(({ statement, probability, features }) => ({
      id: statement.id,
      text: statement.text,
      probability,
      features,
    })),
    passages: await passagesOf(resolution),
    unknownWords: match?.unknown ?? [],
    confidence: odds,
    outcome: nameOutcome(outcome),
    because,
  };
}

async function passagesOf({ evidence }: Resolution): Promise<WhyPassage[]> {
  const found = await evidence();
  const best = new Map(found.map((one) => [one.passage, one] as const).reverse());
  return found
    .filter((one) => best.get(one.passage) === one)
    .slice(0, SHOWN)
    .map(({ passage, quotes, score, covered, text }) => ({
      file: passage.document.file,
      section: passage.block.section,
      line: quotes[0].lines.start,
      score,
      covered,
      text,
    }));
}

function nameOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case "statement":
      return `speaks: statement ${outcome.best.statement.id}`;
    case "comparison":
      return `speaks: both sides of ${outcome.topic.id}`;
    case "section":
      return `speaks: opening of ${outcome.section.id}`;
    case "table":
      return `speaks: ${outcome.table.sides.join(" against ")} in a table of ${outcome.table.document.id}`;
    case "passage":
      return "speaks: shows the first passage";
    case "leads":
      return "leads: shows where the answer may stand";
    case "clarify":
      return `asks back: ${outcome.topics.map(({ id }) => id).join(", ")}`;
    case "unknown":
      return `stays silent: ${outcome.reason}`;
  }
}

export function renderWhy({ question, thread, asks, reply }: Why, view: View): string {
  const ink = inkOf(view.colour);
  const width = Math.min(view.width, PROSE_WIDTH_MAX);
  const name = (id: string): string => view.names.get(id) ?? id;
  /** A label and its lines; the label stands before the first. A pair hangs its text behind its first part. */
  const entry = (label: string, ...lines: readonly (string | readonly [string, string])[]): string[] =>
    lines.flatMap((line, at) => {
      const [first, text] = typeof line === "string" ? ["", line] : line;
      const lead = (at === 0 ? label : "").padEnd(LABEL_WIDTH);
      return hang(lead + first, text, width, (at === 0 ? ink.heading(lead) : lead) + first);
    });
  const list = (ids: readonly string[], otherwise: string): string =>
    ids.length === 0 ? otherwise : ids.map((id) => clean(name(id))).join(", ");

  const heard = [
    ...entry("Question", clean(question.text) || "nothing is left of it once it is cleaned"),
    ...(question.background === "" ? [] : entry("Around it", clean(question.background))),
    ...(question.wasCut ? entry("Cut", "only the beginning of the message was read") : []),
    ...(question.isEnglish ? [] : entry("Language", "not English")),
    ...(question.smalltalk === null ? [] : entry("Small talk", question.smalltalk)),
    ...entry(
      "Thread",
      thread === null ? "nothing to carry over" : `“${clean(thread.ask)}”, ${list([thread.topic ?? "no topic"], "")}`,
    ),
  ];
  const read = asks.map((one) => [
    ...entry("Read as", clean(one.ask)),
    ...entry(
      "Spelling",
      one.corrected.map(({ from, to }) => `${clean(from)} → ${clean(to)}`).join(", ") || "nothing corrected",
    ),
    ...entry("Terms", one.analysis.terms.map(clean).join(", ") || "none"),
    ...entry("Expects", drawExpected(one.analysis)),
    ...entry("Subjects", list(one.subjects, "none named")),
    ...(one.fromThread.length === 0 ? [] : entry("Carried over", list(one.fromThread, ""))),
    ...(one.unknownWords.length === 0 ? [] : entry("Unknown", one.unknownWords.map(clean).join(", "))),
    ...entry("Topics", ...(one.topics.length === 0 ? ["not looked for"] : one.topics.map(drawTopic))),
    ...entry(
      "Statements",
      ...(one.statements.length === 0
        ? ["not looked for"]
        : one.statements.flatMap((statement) => [
            drawStatement(statement),
            [BESIDE, ink.muted(drawFeatures(statement.features))] as const,
          ])),
    ),
    ...entry(
      "Passages",
      ...(one.passages.length === 0
        ? ["none found or looked for"]
        : one.passages.flatMap((passage) => [
            drawPassage(passage),
            [BESIDE, ink.muted(`“${clean(passage.text)}”`)] as const,
          ])),
    ),
    ...entry("Confidence", one.confidence === null ? "not computed" : `${one.confidence.toFixed(2)} (log-odds)`),
    ...entry("Gate", `${one.outcome}, because ${one.because}`),
  ]);
  return stack([heard, ...read, entry("Reply", drawReply(reply))]);
}

/** "a number; named by “users”; points back". */
const drawExpected = ({ answerType, focus, pointsBack }: WhyAsk["analysis"]): string =>
  [
    answerType,
    ...(focus.length === 0 ? [] : [`named by ${focus.map((word) => `“${clean(word)}”`).join(" or ")}`]),
    ...(pointsBack ? ["points back"] : []),
  ].join("; ");

const LABEL_WIDTH = 14;
/** As wide as a share or a score. */
const BESIDE = " ".repeat(9);
const percent = (share: number): string => `${(100 * share).toFixed(1).padStart(5)} %  `;

const drawTopic = ({ id, title, probability }: WhyAsk["topics"][number]): readonly [string, string] => [
  percent(probability),
  `${clean(title)} (${id})`,
];

const drawStatement = ({ id, text, probability }: WhyStatement): readonly [string, string] => [
  percent(probability),
  `${id}: ${clean(text)}`,
];

const drawFeatures = (features: StatementFeatures): string =>
  Object.entries(features)
    .map(([name, value]: [string, number]) => `${name} ${value.toFixed(2)}`)
    .join(" · ");

const drawPassage = ({ file, line, score, covered }: WhyPassage): readonly [string, string] => [
  score.toFixed(1).padStart(5).padEnd(BESIDE.length),
  `${clean(file)}:${line}, holds ${(100 * covered).toFixed(0)} % of what is asked`,
];

function drawReply(reply: Reply): string {
  switch (reply.kind) {
    case "answer":
      return `answer: ${clean(reply.verdict.text)}`;
    case "comparison":
      return `comparison: ${clean(reply.title)}`;
    case "leads":
    case "unknown":
    case "clarify":
    case "help":
      return `${reply.kind}: ${clean(reply.text)}`;
  }
}
