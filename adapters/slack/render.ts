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
import { joinPlace, linesOf } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import {
  alignRows,
  CUT_NOTE,
  headerOf,
  type Piece,
  readPassage,
  rowLine,
  type Stretch,
} from "../shared/passage-text.ts";
import { readingLine } from "../shared/reading-line.ts";
import { shortQuestion } from "../shared/short-question.ts";
import { shorten } from "../shared/shorten.ts";
import { count, FEEDBACK, NOT_SAID, NOTICE, SOURCES_DIFFER } from "../shared/wording.ts";
import { BUTTON, markOf, type Pressed, pressable, type Shown, TOPIC_MENU, writeButton } from "./buttons.ts";
import {
  actions,
  type Block,
  type Button,
  button,
  comparisonTable,
  contexts,
  documentTable,
  fixedWidth,
  listed,
  type Message,
  menu,
  messageOf,
  paginate,
  paragraphs,
  roomBeside,
  sections,
  within,
} from "./layout.ts";
import { BUTTON_LENGTH_MAX } from "./limits.ts";
import { type Inline, labelled, prose, words } from "./rich-text.ts";
import { humanMention, isGroup, type View } from "./view.ts";

/** The reply within all of Slack's limits; what doesn't fit, and what its sources say, is behind a button. */
export function renderReply(reply: Reply, view: View): Message {
  const { lead, asked } = view;
  const shown = { asked, mark: markOf(reply) };
  const [first = [], ...rest] = pagesOf(reply, view);
  const above = lead === null ? [] : leadBlocks(lead);
  const notes = [...cautionBlocks(reply, view), ...readingBlocks(reply, view)];
  const more = rest.length > 0 ? moreButton("rest", 1, shown) : [];
  const next = suggestionsOf(reply);
  const buttons = actions([...more, ...sourcesButton(reply, shown), ...next, ...toolsOf(reply, shown, view)]);
  // Where the blocks can't be shown, neither can the buttons: then the sources stand in the text.
  const spoken = [...above, ...first, ...notes, ...sourceBlocks(reply), ...actions(next)];
  return messageOf([...above, ...first, ...notes, ...buttons, ...votes(reply, view)], spoken);
}

/** The body in pages that leave room for all that may stand around it, so that the same reply always parts alike. */
export function pagesOf(reply: Reply, view: View): Block[][] {
  const shown = { asked: view.asked, mark: markOf(reply) };
  const tools = [...moreButton("rest", 1, shown), ...sourcesButton(reply, shown), ...suggestionsOf(reply)];
  const above = leadBlocks("x".repeat(LEAD_LENGTH_MAX));
  const below = [
    ...actions([...tools, ...toolsOf(reply, shown, { ...view, isPrivate: true })]),
    ...cautionBlocks(reply, view),
    ...readingBlocks(reply, view),
    ...votes(reply, view),
  ];
  const foot = [...above, ...below];
  return paginate(bodyOf(reply, { ...view, room: roomBeside(foot) }), foot);
}

/** What a body is drawn for. */
interface Canvas extends View {
  /** How much a page of it can hold, as JSON. */
  readonly room: number;
}

const leadBlocks = (lead: string): Block[] => contexts([within(lead, LEAD_LENGTH_MAX)]);
const LEAD_LENGTH_MAX = 500;
/** Of a word that was corrected, or a topic that was carried over. */
const READ_LENGTH_MAX = 120;

const readingBlocks = (reply: Reply, { names }: View): Block[] =>
  contexts([readingLine(reply, names, (text) => within(text, READ_LENGTH_MAX))]);

/** A word on documents that are cited and old. */
const cautionBlocks = (reply: Reply, { cautionOf }: View): Block[] =>
  contexts([within(cautionOf(citationsOf(reply)) ?? "", LINE_LENGTH_MAX)]);

const citationsOf = (reply: Reply): readonly Citation[] => ("citations" in reply ? reply.citations : []);

/** More would push the answer off a phone's screen. */
const SUGGESTIONS_SHOWN = 2;

function suggestionsOf(reply: Reply): Button[] {
  if (reply.kind === "clarify") return [];
  return (
    reply.suggestions
      .map((question) => ({ question, label: shortQuestion(question, BUTTON_LENGTH_MAX) }))
      // Two that are shortened alike can't be told apart.
      .filter(({ label }, at, all) => all.findIndex((one) => one.label === label) === at)
      .flatMap(({ question, label }, at) =>
        pressable(at, label, { kind: "ask", question, after: [] }, `Ask: ${question}`),
      )
      .slice(0, SUGGESTIONS_SHOWN)
  );
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
  return ids.flatMap(([id, text, pressed, label]) => {
    const value = writeButton(pressed);
    return value === null ? [] : [button(`${id}:0`, text, value, label)];
  });
}

/** Where all of it stands, word for word. What is led to stands there whole already. */
function sourcesButton(reply: Reply, shown: Shown): Button[] {
  const titles = [...new Set(citationsOf(reply).map(({ title }) => clean(title)))];
  const value = writeButton({ kind: "show", what: "quotes", page: 0, of: shown });
  if (reply.kind === "leads" || titles.length === 0 || value === null) return [];
  const text = shorten(`${count(titles.length, "source")}: ${titles.join(", ")}`, BUTTON_LENGTH_MAX).text;
  return [button(`${BUTTON.show}:quotes`, text, value, "Show where the documents say so, word for word")];
}

export function moreButton(what: "quotes" | "rest", page: number, shown: Shown): Button[] {
  const value = writeButton({ kind: "show", what, page, of: shown });
  const text = what === "rest" ? "Show the rest" : "More sources";
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

function bodyOf(reply: Reply, view: Canvas): Block[] {
  switch (reply.kind) {
    case "answer":
      return answerBlocks(reply, view);
    case "comparison":
      return comparisonBlocks(reply, view);
    case "leads":
      return leadBodyBlocks(reply, view);
    case "unknown":
      return unknownBlocks(reply, view);
    case "clarify":
      return view.asked.kind === "compare" ? topicBlocks(reply, view) : clarifyBlocks(reply, view);
    case "help":
      return sections([within(reply.text)]);
  }
}

/** A statement's numbers in ascending order, each leading to where it stands. */
type Marks = (statement: CitedStatement) => Inline[];

const marksFor =
  (citations: readonly Citation[], { sourceOf }: View): Marks =>
  (statement) =>
    [...statement.citations]
      .sort((a, b) => a - b)
      .flatMap((number) => {
        const cited = citations.find((one) => one.number === number);
        return labelled(cited === undefined ? null : sourceOf(cited).address, `[${number}]`);
      });

/** What is said, and its marks. */
const state = (statement: CitedStatement, marks: Marks, isBold = false): Inline[] => [
  ...prose(statement.text, { isBold }),
  ...words(" "),
  ...marks(statement),
];

function answerBlocks({ verdict, support, passage, disagreement, citations }: Answer, view: Canvas): Block[] {
  const marks = marksFor(citations, view);
  const shown = passage === null ? null : passageBlocks(passage, { verdict, marks, room: view.room });
  return [
    ...(shown?.saysVerdict === true ? [] : paragraphs([state(verdict, marks, true)])),
    ...(shown?.blocks ?? []),
    ...bulleted(support.map((statement) => state(statement, marks))),
    ...disagreementBlocks(disagreement, marks),
  ];
}

const bulleted = (items: readonly Inline[][]): Block[] =>
  listed(items.map((parts) => ({ number: null, depth: 0, parts })));

/** Where the answer may stand: each passage below its place. */
function leadBodyBlocks({ text, passages, citations }: Leads, view: Canvas): Block[] {
  const marks = marksFor(citations, view);
  const firstTable = passages.findIndex(({ kind }) => kind === "table");
  return [
    ...sections([`:mag: *${LEADS_LEAD}*`, within(text)]),
    ...passages.flatMap((passage, nth) => {
      const cited = citations.find(({ number }) => number === passage.citation);
      const { address = null, updated = null } = cited === undefined ? {} : view.sourceOf(cited);
      const place = placeOf(cited?.title ?? "", passage.section);
      const at = `, ${whereOf({ lines: passage.lines, page: cited?.page ?? null })}${updated === null ? "" : ` · ${updated}`} [${passage.citation}]`;
      return [
        ...paragraphs([[...labelled(address, place, true), ...words(at)]]),
        // A message holds one table of Slack's.
        ...passageBlocks(passage, { verdict: null, marks, room: nth === firstTable ? view.room : 0 }).blocks,
      ];
    }),
  ];
}
const LEADS_LEAD = "Not sure";

/** A passage as the document has it; where the verdict is one of its sentences, that is set apart with its marks. */
function passageBlocks(
  passage: Passage,
  { verdict, marks, room }: { readonly verdict: CitedStatement | null; readonly marks: Marks; readonly room: number },
) {
  const { stretches, saysVerdict } = readPassage(passage, verdict);
  const after = verdict === null ? [] : [...words(" "), ...marks(verdict)];
  const blocks = stretches.flatMap((stretch) => stretchBlocks(stretch, after, room));
  return { saysVerdict, blocks: [...blocks, ...(passage.cut ? contexts([CUT_NOTE]) : [])] };
}

function stretchBlocks(stretch: Stretch, after: readonly Inline[], room: number): Block[] {
  const draw = ({ text, marked, isVerdict }: Piece): Inline[] => [
    ...prose(text, { isBold: marked }),
    ...(isVerdict ? after : []),
  ];
  switch (stretch.kind) {
    case "text":
      return paragraphs(stretch.pieces.map(draw));
    case "items":
      return listed(
        stretch.items.map(({ number, depth, pieces }) => ({
          ...{ number, depth },
          parts: pieces.flatMap((piece, at) => (at === 0 ? draw(piece) : [...words(" "), ...draw(piece)])),
        })),
      );
    case "code":
      return fixedWidth(stretch.lines);
    case "rows":
      return rowBlocks(stretch.rows, room);
  }
}

/** Rows as Slack's own table, else in columns of fixed width, else a line for each. */
function rowBlocks(rows: Extract<Stretch, { kind: "rows" }>["rows"], room: number): Block[] {
  const header = headerOf(rows);
  const body = rows.filter((row) => !row.header);
  const width = Math.max(header.length, ...body.map(({ cells }) => cells.length));
  const head = Array.from({ length: width }, (_, at) => header[at] ?? "");
  const grid = documentTable(
    head,
    body.map(({ cells, marked }) => head.map((_, at) => prose(cells[at] ?? "", { isBold: marked }))),
    room,
  );
  if (grid !== null) return [grid];
  const aligned = alignRows(rows, TABLE_WIDTH_MAX);
  if (aligned !== null) return fixedWidth(aligned);
  return bulleted(body.map((row) => prose(rowLine(row, header), { isBold: row.marked })));
}
/** A phone breaks longer lines of fixed width. */
const TABLE_WIDTH_MAX = 60;

function comparisonBlocks({ title, verdict, sides, rows, disagreement, citations }: Comparison, view: Canvas): Block[] {
  const marks = marksFor(citations, view);
  const cell = (statement: CitedStatement | null): Inline[] =>
    statement === null ? words(NOT_SAID) : state(statement, marks);
  const grid = comparisonTable(
    title,
    ["Aspect", ...sides],
    rows.map(({ aspect, cells }) => [prose(aspect), ...cells.map(cell)]),
    view.room,
  );
  const written = rows.flatMap(({ aspect, cells }) => [
    ...paragraphs([prose(aspect, { isBold: true })]),
    ...bulleted(cells.map((one, at) => [...prose(sides[at] ?? ""), ...words(": "), ...cell(one)])),
  ]);
  return [
    ...paragraphs([prose(title, { isBold: true })]),
    ...(verdict === null ? [] : paragraphs([state(verdict, marks)])),
    ...(grid === null ? written : [grid]),
    ...disagreementBlocks(disagreement, marks),
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
  const places = nearest.map(({ title, section }) => `• ${within(placeOf(title, section))}`);
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

/** Every topic, the closest first, in one menu. */
const topicBlocks = ({ text, options }: Clarify, { topics }: View): Block[] => [
  ...sections([`*${within(text)}*`]),
  ...menu(TOPIC_MENU, "Choose a topic", [...new Set([...options.map(({ question }) => question), ...topics])]),
];

function disagreementBlocks(disagreement: Disagreement | null, marks: Marks): Block[] {
  if (disagreement === null) return [];
  return [
    ...paragraphs([words(SOURCES_DIFFER, true), prose(disagreement.text)]),
    ...bulleted(disagreement.sides.map((side) => state(side, marks))),
  ];
}

/** A line for each citation, for where there are no buttons. */
function sourceBlocks(reply: Reply): Block[] {
  const citations = citationsOf(reply);
  if (citations.length === 0 || reply.kind === "leads") return [];
  return contexts(["*Sources*", ...citations.map((citation) => within(sourceLine(citation), LINE_LENGTH_MAX))]);
}
const LINE_LENGTH_MAX = 500;

/** Number, title, section and lines. */
const sourceLine = ({ number, title, section, lines, page }: Citation): string =>
  `[${number}] ${placeOf(title, section)}, ${whereOf({ lines, page })}`;

/** The page of what has pages, else the lines. */
export const whereOf = ({ lines, page }: Pick<Citation, "lines" | "page">): string =>
  page === null ? linesOf(lines) : `page ${page}`;

/** Title and section. */
export const placeOf = (title: string, section: string): string =>
  joinPlace(shorten(clean(title), PLACE_LENGTH_MAX).text, shorten(clean(section), PLACE_LENGTH_MAX).text);
const PLACE_LENGTH_MAX = 200;
