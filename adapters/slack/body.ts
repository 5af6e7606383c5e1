// The part of a message that a reply's kind decides: a Reply to blocks.

import type {
  Answer,
  Citation,
  CitedStatement,
  Clarify,
  Comparison,
  Disagreement,
  Reply,
  Unknown,
} from "../../src/reply.ts";
import { NOT_SAID, NOTICE, SOURCES_DIFFER } from "../shared/wording.ts";
import { pressable } from "./buttons.ts";
import { bold, marked, placeOf, sourceLines, state } from "./cite.ts";
import { humanMention, isGroup } from "./human.ts";
import { actions, type Block, contexts, sections, table, within } from "./layout.ts";
import { ACTIONS_MAX } from "./limits.ts";
import type { View } from "./view.ts";

export function bodyOf(reply: Reply, view: View): Block[] {
  switch (reply.kind) {
    case "answer":
      return answerBlocks(reply);
    case "comparison":
      return comparisonBlocks(reply);
    case "unknown":
      return unknownBlocks(reply, view);
    case "clarify":
      return view.asked.kind === "compare" ? topicBlocks(reply, view) : clarifyBlocks(reply);
    case "help":
      return sections([within(reply.text)]);
  }
}

const answerBlocks = ({ verdict, support, disagreement, citations }: Answer): Block[] => [
  ...sections([bold(verdict)]),
  ...sections(support.map((statement) => `• ${state(statement)}`)),
  ...disagreementBlocks(disagreement),
  ...sourceBlocks(citations),
];

function comparisonBlocks({ title, verdict, sides, rows, disagreement, citations }: Comparison): Block[] {
  const cell = (statement: CitedStatement | null): string => (statement === null ? NOT_SAID : marked(statement));
  const grid = table(title, [["Aspect", ...sides], ...rows.map(({ aspect, cells }) => [aspect, ...cells.map(cell)])]);
  const lines = rows.flatMap(({ aspect, cells }) => [
    `*${within(aspect)}*`,
    ...cells.map((one, at) => `• ${within(sides[at] ?? "")}: ${one === null ? `_${NOT_SAID}_` : state(one)}`),
  ]);
  return [
    ...sections([`*${within(title)}*`, ...(verdict === null ? [] : [state(verdict)])]),
    ...(grid === null ? sections(lines) : [grid]),
    ...disagreementBlocks(disagreement),
    ...sourceBlocks(citations),
  ];
}

/** What sets an unknown apart at a glance. */
const UNKNOWN_LEAD: Record<Unknown["reason"], string> = {
  "off-topic": "Not my subject",
  "not-in-documents": "Not in the documents",
  unclear: "Not clear to me",
  "other-language": "English only",
  "not-searched": "Can't search now",
};

function unknownBlocks({ reason, text, nearest }: Unknown, { human }: View): Block[] {
  const places = nearest.map(({ title, section }) => `• ${placeOf(title, section)}`);
  const offer = human === null || isGroup(human) ? [] : [NOTICE.person(humanMention(human))];
  return [
    ...sections([`:grey_question: *${UNKNOWN_LEAD[reason]}*`, within(text)]),
    ...contexts(places.length === 0 ? [] : ["*Nearest sections*", ...places]),
    ...sections(offer),
  ];
}

const clarifyBlocks = ({ text, options }: Clarify): Block[] => [
  ...sections([
    `*${within(text)}*`,
    ...options.flatMap(({ label, question }) =>
      label === question ? [] : [`• ${within(label)}: ${within(question, OPTION_LENGTH_MAX)}`],
    ),
  ]),
  ...actions(
    options.flatMap(({ label, question }, at) =>
      pressable(at, label, { kind: "ask", question, after: [] }, `Ask: ${question}`),
    ),
  ),
];
const OPTION_LENGTH_MAX = 1000;

/** A folder of documents may have hundreds of tables. */
const TOPICS_MAX = 50;

/** Every topic, the closest first. */
function topicBlocks({ text, options }: Clarify, { topics }: View): Block[] {
  const titles = [...new Set([...options.map(({ question }) => question), ...topics])].slice(0, TOPICS_MAX);
  const buttons = titles.flatMap((topic, at) => pressable(at, topic, { kind: "compare", topic }, `Compare: ${topic}`));
  const rows = Array.from({ length: Math.ceil(buttons.length / ACTIONS_MAX) }, (_, row) =>
    buttons.slice(row * ACTIONS_MAX, (row + 1) * ACTIONS_MAX),
  );
  return [...sections([`*${within(text)}*`]), ...rows.flatMap(actions)];
}

function disagreementBlocks(disagreement: Disagreement | null): Block[] {
  if (disagreement === null) return [];
  const sides = disagreement.sides.map((side) => `• ${state(side)}`);
  return [
    { type: "divider" },
    ...sections([`*${SOURCES_DIFFER}* ${within(disagreement.text)}`, ...sides]),
    { type: "divider" },
  ];
}

const sourceBlocks = (citations: readonly Citation[]): Block[] =>
  contexts(citations.length === 0 ? [] : ["*Sources*", ...sourceLines(citations)]);
