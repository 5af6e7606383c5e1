// Shows what every stage decided on the way to a reply, as text for a terminal.

import type { Reply } from "../../src/reply.ts";
import type { StatementFeatures } from "../../src/topics/statement-ranker.ts";
import { clean } from "../shared/one-line.ts";
import { PROSE_WIDTH_MAX, type View } from "../shared/terminal.ts";
import type { Why, WhyAsk, WhyPassage, WhyStatement } from "../shared/why.ts";
import { hang, inkOf, stack } from "./layout.ts";

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
