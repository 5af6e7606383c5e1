// Renders a reply as one Slack message: the verdict first, then what supports it, then where it stands.

import type {
  Answer,
  Citation,
  CitedStatement,
  Clarify,
  Comparison,
  Disagreement,
  Leads,
  Passage,
  Reply,
  Unknown,
} from "../../src/reply.ts";
import { joinPlace, linesOf, marksOf } from "../shared/citation-text.ts";
import {
  alignRows,
  CUT_NOTE,
  drawPieces,
  headerOf,
  itemLead,
  type Piece,
  readPassage,
  rowLine,
  type Stretch,
} from "../shared/passage-text.ts";
import { readingLine } from "../shared/reading-line.ts";
import { shorten } from "../shared/shorten.ts";
import { FEEDBACK, NOT_SAID, NOTICE, SOURCES_DIFFER, SUGGESTIONS_LEAD } from "../shared/wording.ts";
import { BUTTON, markOf, type Pressed, pressable, type Shown, writeButton } from "./buttons.ts";
import { link } from "./escape.ts";
import {
  actions,
  type Block,
  type Button,
  button,
  contexts,
  fenced,
  type Message,
  messageOf,
  paginate,
  sections,
  table,
  within,
} from "./layout.ts";
import { ACTIONS_MAX } from "./limits.ts";
import { humanMention, isGroup, type View } from "./view.ts";

/** The reply within all of Slack's limits; what doesn't fit is behind a button. */
export function renderReply(reply: Reply, view: View): Message {
  const { lead, asked } = view;
  const shown = { asked, mark: markOf(reply) };
  const [first = [], ...rest] = pagesOf(reply, view);
  const above = lead === null ? [] : leadBlocks(lead);
  const tools = actions([...(rest.length > 0 ? moreButton("rest", 1, shown) : []), ...toolsOf(reply, shown, view)]);
  const next = [...readingBlocks(reply, view), ...suggestionsOf(reply)];
  return messageOf([...above, ...first, ...tools, ...next, ...votes(reply, view)], [...above, ...first, ...next]);
}

/** The body in pages that leave room for all that may stand around it, so that the same reply always parts alike. */
export function pagesOf(reply: Reply, view: View): Block[][] {
  const shown = { asked: view.asked, mark: markOf(reply) };
  const tools = [...moreButton("rest", 1, shown), ...toolsOf(reply, shown, { ...view, isPrivate: true })];
  const above = leadBlocks("x".repeat(LEAD_LENGTH_MAX));
  const below = [...actions(tools), ...readingBlocks(reply, view), ...suggestionsOf(reply), ...votes(reply, view)];
  return paginate(bodyOf(reply, view), [...above, ...below]);
}

const leadBlocks = (lead: string): Block[] => contexts([within(lead, LEAD_LENGTH_MAX)]);
const LEAD_LENGTH_MAX = 500;
/** Of a word that was corrected, or a topic that was carried over. */
const READ_LENGTH_MAX = 120;

const readingBlocks = (reply: Reply, { names }: View): Block[] =>
  contexts([readingLine(reply, names, (text) => within(text, READ_LENGTH_MAX))]);

function suggestionsOf(reply: Reply): Block[] {
  if (reply.kind === "clarify" || reply.suggestions.length === 0) return [];
  const buttons = reply.suggestions.flatMap((question, at) =>
    pressable(at, question, { kind: "ask", question, after: [] }, `Ask: ${question}`),
  );
  return buttons.length === 0 ? [] : [...contexts([SUGGESTIONS_LEAD[reply.kind]]), ...actions(buttons)];
}

function toolsOf(reply: Reply, shown: Shown, { human, isPrivate, receipt, canTellLater }: View): Button[] {
  const states = reply.kind === "answer" || reply.kind === "comparison" || reply.kind === "leads";
  const ids: [id: string, text: string, pressed: Pressed, label: string][] = [];
  if (reply.kind === "unknown" && human !== null && isGroup(human))
    ids.push([BUTTON.human, "Ask a person", { kind: "human" }, "Show how to reach a person"]);
  if (receipt !== undefined && canTellLater === true && (reply.kind === "unknown" || reply.kind === "leads"))
    ids.push([BUTTON.hear, FEEDBACK.hear, { kind: "hear", receipt }, FEEDBACK.hear]);
  if (isPrivate && states)
    ids.push([BUTTON.share, "Share in channel", { kind: "share", of: shown }, "Share this reply with everybody here"]);
  const buttons = ids.flatMap(([id, text, pressed, label]) => {
    const value = writeButton(pressed);
    return value === null ? [] : [button(`${id}:0`, text, value, label)];
  });
  // What is led to stands there whole.
  const hasQuotes = states && reply.kind !== "leads" && reply.citations.length > 0;
  return [...(hasQuotes ? moreButton("quotes", 0, shown) : []), ...buttons];
}

export function moreButton(what: "quotes" | "rest", page: number, shown: Shown): Button[] {
  const value = writeButton({ kind: "show", what, page, of: shown });
  const text = what === "rest" ? "Show the rest" : page === 0 ? "Show the quotes" : "More quotes";
  return value === null ? [] : [button(`${BUTTON.show}:${what}`, text, value)];
}

function votes(reply: Reply, { receipt }: View): Block[] {
  if (reply.kind === "clarify" || reply.kind === "help") return [];
  const vote = (value: "up" | "down") =>
    writeButton({ kind: "vote", value, topic: reply.reading.topic?.slice(0, 100) ?? null, receipt });
  const [up, down] = [vote("up"), vote("down")];
  if (up === null || down === null) return [];
  const face = (text: string) => ({ type: "plain_text" as const, text, emoji: false });
  return [
    {
      type: "context_actions",
      elements: [
        {
          type: "feedback_buttons",
          action_id: `${BUTTON.vote}:0`,
          positive_button: { text: face("Helpful"), value: up, accessibility_label: "This reply was helpful" },
          negative_button: {
            text: face("Not helpful"),
            value: down,
            accessibility_label: "This reply was not helpful",
          },
        },
      ],
    },
  ];
}

function bodyOf(reply: Reply, view: View): Block[] {
  switch (reply.kind) {
    case "answer":
      return answerBlocks(reply);
    case "comparison":
      return comparisonBlocks(reply);
    case "leads":
      return leadBodyBlocks(reply);
    case "unknown":
      return unknownBlocks(reply, view);
    case "clarify":
      return view.asked.kind === "compare" ? topicBlocks(reply, view) : clarifyBlocks(reply, view);
    case "help":
      return sections([within(reply.text)]);
  }
}

function answerBlocks({ verdict, support, passage, disagreement, citations }: Answer): Block[] {
  const shown = passage === null ? null : passageBlocks(passage, verdict);
  return [
    ...(shown?.saysVerdict === true ? [] : sections([bold(verdict)])),
    ...(shown?.blocks ?? []),
    ...sections(support.map((statement) => `• ${state(statement)}`)),
    ...disagreementBlocks(disagreement),
    ...sourceBlocks(citations),
  ];
}

/** Where the answer may stand: each passage below its place. */
const leadBodyBlocks = ({ text, passages, citations }: Leads): Block[] => [
  ...sections([`:mag: *${LEADS_LEAD}*`, within(text)]),
  ...passages.flatMap((passage) => {
    const cited = citations.find(({ number }) => number === passage.citation);
    const place = placeOf(cited?.title ?? "", passage.section, cited?.url ?? null);
    return [
      ...sections([`*${place}*, ${linesOf(passage.lines)} [${passage.citation}]`]),
      ...passageBlocks(passage, null).blocks,
    ];
  }),
];
const LEADS_LEAD = "Not sure";

/** A passage as the document has it; where the verdict is one of its sentences, that is set apart with its marks. */
function passageBlocks(passage: Passage, verdict: CitedStatement | null) {
  const { stretches, saysVerdict } = readPassage(passage, verdict);
  const blocks = stretches.flatMap((stretch) => stretchBlocks(stretch, verdict));
  return { saysVerdict, blocks: [...blocks, ...(passage.cut ? contexts([CUT_NOTE]) : [])] };
}

function stretchBlocks(stretch: Stretch, verdict: CitedStatement | null): Block[] {
  const marks = verdict === null ? "" : ` ${marksOf(verdict)}`;
  const say = (pieces: readonly Piece[]): string => drawPieces(pieces, within, (drawn) => `*${drawn}*`, marks);
  switch (stretch.kind) {
    case "text":
      return sections([say(stretch.pieces)]);
    case "items":
      return sections(stretch.items.map((item) => `${itemLead(item, "•")}${say(item.pieces)}`));
    case "code":
      return fenced(stretch.lines);
    case "rows": {
      const aligned = alignRows(stretch.rows, TABLE_WIDTH_MAX);
      const header = headerOf(stretch.rows);
      if (aligned !== null) return fenced(aligned);
      return sections(
        stretch.rows
          .filter((row) => !row.header)
          .map((row) => `• ${row.marked ? `*${within(rowLine(row, header))}*` : within(rowLine(row, header))}`),
      );
    }
  }
}
/** A phone breaks longer lines of fixed width. */
const TABLE_WIDTH_MAX = 60;

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

const clarifyBlocks = ({ text, options }: Clarify, { receipt }: View): Block[] => [
  ...sections([
    `*${within(text)}*`,
    ...options.flatMap(({ label, question }) =>
      label === question ? [] : [`• ${within(label)}: ${within(question, OPTION_LENGTH_MAX)}`],
    ),
  ]),
  ...actions([
    ...options.flatMap(({ label, question }, at) =>
      pressable(at, label, { kind: "ask", question, after: [] }, `Ask: ${question}`),
    ),
    ...noneButton(receipt),
  ]),
];

function noneButton(receipt: string | undefined): Button[] {
  const value = receipt === undefined ? null : writeButton({ kind: "none", receipt });
  return value === null ? [] : [button(`${BUTTON.none}:0`, FEEDBACK.none, value)];
}

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

/** A statement and its marks in ascending order, as mrkdwn. */
const state = (statement: CitedStatement): string => `${within(statement.text)} ${marksOf(statement)}`;
const bold = (statement: CitedStatement): string => `*${within(statement.text)}* ${marksOf(statement)}`;

/** The same as foreign text. */
const marked = (statement: CitedStatement): string => `${statement.text} ${marksOf(statement)}`;

/** Number, title, section and lines. */
export const sourceLine = ({ number, title, section, lines, url }: Citation): string =>
  `[${number}] ${placeOf(title, section, url)}, ${linesOf(lines)}`;

/** A line for each document, in the order of first use: a long title is said once, and a section where it changes. */
function sourceLines(citations: readonly Citation[]): string[] {
  const byDocument = new Map<string, Citation[]>();
  for (const citation of citations) {
    const key = JSON.stringify([citation.document, citation.title, citation.url]);
    byDocument.set(key, [...(byDocument.get(key) ?? []), citation]);
  }
  const further = (citation: Citation, before: Citation | undefined): string => {
    const { number, section, lines } = citation;
    const changed = section === before?.section ? "" : within(section, PLACE_LENGTH_MAX);
    return `[${number}] ${[changed, linesOf(lines)].filter((part) => part !== "").join(", ")}`;
  };
  return [...byDocument.values()].map((cited) =>
    cited.map((citation, at) => (at === 0 ? sourceLine(citation) : further(citation, cited[at - 1]))).join(" · "),
  );
}

/** Title and section; linked where the document has an address. */
const placeOf = (title: string, section: string, url: string | null = null): string =>
  joinPlace(link(url, shorten(title, PLACE_LENGTH_MAX).text), within(section, PLACE_LENGTH_MAX));
const PLACE_LENGTH_MAX = 200;
