// Renders a reply as a Discord message: the verdict, what supports it, where the sources differ, and the sources.

import type {
  Answer,
  Citation,
  CitedStatement,
  Clarify,
  Comparison,
  Disagreement,
  Help,
  Leads,
  Passage,
  Reply,
  Unknown,
} from "../../src/reply.ts";
import { cautionOf } from "../shared/age.ts";
import { joinPlace, linesOf } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import {
  alignRows,
  CUT_NOTE,
  drawPieces,
  headerOf,
  holdsVerdict,
  itemLead,
  type Piece,
  readPassage,
  rowLine,
  type Stretch,
} from "../shared/passage-text.ts";
import { readingLine } from "../shared/reading-line.ts";
import { shortQuestion } from "../shared/short-question.ts";
import { shorten } from "../shared/shorten.ts";
import { sourceAddress } from "../shared/source-address.ts";
import { count, FEEDBACK, NOT_SAID, NOTICE, SOURCES_DIFFER, SUGGESTIONS_LEAD } from "../shared/wording.ts";
import { writePress, writeQuestion, writeShows, writeSources, writeVote } from "./buttons.ts";
import { fenced, literal, numbered, prose } from "./escape.ts";
import { type Button, bold, buttons, type Card, createCard, fits, muted, type Part, rule, text } from "./layout.ts";
import { LABEL_SHOWN_MAX } from "./limits.ts";
import type { View } from "./view.ts";

/** An unknown is grey: nobody should take it for an answer. */
const ACCENT: Record<Reply["kind"], number> = {
  answer: 0x2e8b57,
  comparison: 0x2e8b57,
  leads: 0xc9b458,
  unknown: 0x80848e,
  clarify: 0xe0a030,
  help: 0x5865f2,
};

/** How many characters each kind of text may take, its escapes counted. */
interface Room {
  readonly statement: number;
  /** Of each passage. */
  readonly passage: number;
  readonly title: number;
  readonly section: number;
  readonly other: number;
  /** Whether there is room for addresses, which nobody sees. */
  readonly isLinked: boolean;
}

const ALL: Room = {
  ...{ statement: Number.POSITIVE_INFINITY, passage: Number.POSITIVE_INFINITY },
  ...{ title: 160, section: 240, other: 320, isLinked: false },
};

/** From all there is to what always fits: Discord's limit is on the whole message, and places give way to statements. */
const ROOMS: readonly Room[] = [
  { ...ALL, isLinked: true },
  ALL,
  { ...ALL, passage: 1000, title: 60, section: 60, other: 120 },
  { ...ALL, statement: 240, passage: 600, title: 40, section: 0, other: 80 },
  { ...ALL, statement: 130, passage: 300, title: 40, section: 0, other: 60 },
  { ...ALL, statement: 70, passage: 150, title: 30, section: 0, other: 40 },
];

/** A phone breaks longer lines of fixed width. */
const TABLE_WIDTH_MAX = 54;

/** More are a list to be read; what they lead to offers others. */
const SUGGESTIONS_SHOWN = 2;

/** The reply as Discord shows it; what does not fit is behind the button "More". */
export function renderReply(reply: Reply, view: View): Card {
  for (const room of ROOMS) {
    const card = new Page(reply, view, room).draw();
    if (fits(card)) return card;
  }
  throw new Error(`a ${reply.kind} too long for Discord`);
}

/** One reply drawn in one room. */
class Page {
  /** Names of the statements that were cut. */
  private readonly hidden = new Set<string>();
  /** What the button of the sources means; made once, since places are looked for in documents. */
  private sourcesId: { readonly customId: string | null } | null = null;

  constructor(
    private readonly reply: Reply,
    private readonly view: View,
    private readonly room: Room,
  ) {}

  draw(): Card {
    const { question, forPerson, notice = "" } = this.view;
    const addressed = forPerson !== null && /^\d{15,21}$/.test(forPerson) ? `<@${forPerson}>` : "";
    const asked = question === null || clean(question) === "" ? "" : muted(`“${this.cut(question, 200)}”`);
    const reading = readingLine(this.reply, this.view.names, (one) => this.cut(one, 60));
    // Before the actions, which offer what it had to cut.
    const body = this.body();
    return createCard(ACCENT[this.reply.kind], [
      text(notice, addressed, asked, muted(reading)),
      ...body,
      ...this.actions(),
    ]);
  }

  private body(): Part[] {
    const { reply } = this;
    switch (reply.kind) {
      case "answer":
        return this.answer(reply);
      case "comparison":
        return this.comparison(reply);
      case "leads":
        return this.leads(reply);
      case "unknown":
        return this.unknown(reply);
      case "clarify":
        return this.clarify(reply);
      case "help":
        return this.help(reply);
    }
  }

  private answer({ verdict, support, passage, disagreement, citations }: Answer): Part[] {
    const shown = passage === null ? null : this.passage(passage, verdict);
    return [
      text(shown?.saysVerdict === true ? "" : this.state(verdict, bold)),
      ...(shown?.parts ?? []),
      text(...support.map((statement) => `- ${this.state(statement)}`)),
      ...this.disagreement(disagreement),
      ...this.footing(citations),
    ];
  }

  /** Discord has no tables: an aspect is a paragraph, a side a line, which reads alike on a desktop and on a phone. */
  private comparison({ title, verdict, sides, rows, disagreement, citations }: Comparison): Part[] {
    const [left, right] = sides.map((side) => this.cut(side, 60));
    const half = (mark: string, side: string | undefined, cell: CitedStatement | null): string =>
      `${mark} ${bold(side ?? "")} — ${cell === null ? `*${NOT_SAID}*` : this.state(cell)}`;
    return [
      text(`### ${this.cut(title)}`, verdict === null ? "" : this.state(verdict, bold)),
      ...rows.map(({ aspect, cells }) =>
        text(this.heading(aspect), half("🟦", left, cells[0]), half("🟧", right, cells[1])),
      ),
      ...this.disagreement(disagreement),
      ...this.footing(citations),
    ];
  }

  /** Where the answer may stand: each passage below its place. */
  private leads({ text: said, passages, citations }: Leads): Part[] {
    return [
      text(`**Not sure.** ${this.cut(said)}`),
      ...passages.flatMap((passage) => {
        const cited = citations.find(({ number }) => number === passage.citation);
        const place = this.place(cited?.title ?? "", passage.section);
        return [
          text(`${bold(place)} ${this.marks([passage.citation])}`, muted(linesOf(passage.lines))),
          ...this.passage(passage, null).parts,
        ];
      }),
      text(this.caution(citations)),
    ];
  }

  /** A passage as the document has it; where the verdict is one of its sentences, that is set apart with its marks. */
  private passage(passage: Passage, verdict: CitedStatement | null) {
    const { stretches } = readPassage(passage, verdict);
    let left = this.room.passage;
    const parts: Part[] = [];
    let wasCut = passage.cut;
    // What says the verdict may be cut away: then that stands above.
    let isSaid = false;
    for (const stretch of stretches) {
      const lines = this.stretch(stretch, verdict);
      const length = lines.reduce((sum, one) => sum + one.length + 1, 0);
      if (length <= left) {
        parts.push(text(...lines));
        isSaid ||= holdsVerdict(stretch);
      } else wasCut = true;
      left -= length;
      if (left <= 0) break;
    }
    return { saysVerdict: isSaid, parts: [...parts, text(wasCut ? muted(CUT_NOTE) : "")] };
  }

  private stretch(stretch: Stretch, verdict: CitedStatement | null): string[] {
    const marks = verdict === null ? "" : ` ${this.marks(verdict.citations)}`;
    const say = (pieces: readonly Piece[]): string => drawPieces(pieces, prose, bold, marks);
    switch (stretch.kind) {
      case "text":
        return [say(stretch.pieces)];
      case "items":
        return stretch.items.map((item) => `${itemLead(item, "-")}${say(item.pieces)}`);
      case "code":
        return fenced(stretch.lines, stretch.language);
      case "rows": {
        const aligned = alignRows(stretch.rows, TABLE_WIDTH_MAX);
        const header = headerOf(stretch.rows);
        if (aligned !== null) return fenced(aligned, null);
        return stretch.rows
          .filter((row) => !row.header)
          .map((row) => `- ${row.marked ? bold(prose(rowLine(row, header))) : prose(rowLine(row, header))}`);
      }
    }
  }

  private unknown({ text: said, nearest, suggestions }: Unknown): Part[] {
    const { human } = this.view;
    const sections = nearest.map(({ title, section }) => `- ${this.place(title, section)}`);
    return [
      text(`**No answer.** ${this.cut(said)}`),
      text(sections.length === 0 ? "" : bold("Nearest sections"), ...sections),
      text(human === null ? "" : NOTICE.person(human)),
      ...this.suggestions(SUGGESTIONS_LEAD.unknown, suggestions),
    ];
  }

  /** The button by which somebody is told of a better answer. */
  private later(): Button[] {
    const { receipt, canTellLater } = this.view;
    if (receipt === undefined || canTellLater !== true) return [];
    return [{ label: FEEDBACK.hear, customId: writePress({ kind: "hear", receipt, of: null }) }];
  }

  private clarify({ text: said, options }: Clarify): Part[] {
    const { receipt } = this.view;
    const lines = options.map(({ label, question }, at) => {
      const extra = clean(question) === clean(label) ? "" : ` — ${this.cut(question)}`;
      return `${at + 1}. ${bold(this.cut(label))}${extra}`;
    });
    return [
      text(bold(this.cut(said))),
      text(...lines),
      buttons([
        ...options.map(({ label, question }) => ({ label, customId: this.asks(question), isMain: true })),
        ...(receipt === undefined ? [] : [{ label: FEEDBACK.none, customId: writePress({ kind: "none", receipt }) }]),
      ]),
    ];
  }

  private help({ text: said, suggestions }: Help): Part[] {
    return [text(this.cut(said)), ...this.suggestions(SUGGESTIONS_LEAD.help, suggestions)];
  }

  private disagreement(disagreement: Disagreement | null): Part[] {
    if (disagreement === null) return [];
    const sides = disagreement.sides.map((side) => `> - ${this.state(side)}`);
    return [text(`⚖️ **${SOURCES_DIFFER}** ${this.cut(disagreement.text)}`, ...sides)];
  }

  /** What stands below all that is claimed: a word of caution, and the sources themselves where no button can show them. */
  private footing(citations: readonly Citation[]): Part[] {
    const isFolded = citations.length === 0 || this.sourcesButton(citations) !== null;
    const lines = citations.map(({ number, title, section, lines: range }) =>
      muted(`${this.marks([number])} ${this.place(title, section)} · ${linesOf(range)}`),
    );
    return [text(this.caution(citations)), ...(isFolded ? [] : [rule, text(bold("Sources"), ...lines)])];
  }

  private caution(citations: readonly Citation[]): string {
    const { updates, now } = this.view;
    return muted(cautionOf(citations, updates, now(), (title) => this.cut(title, 80)) ?? "");
  }

  /** The button that folds the sources away, with how many documents they are and what these are called. */
  private sourcesButton(citations: readonly Citation[]): Button | null {
    this.sourcesId ??= { customId: writeSources(citations, this.view.places) };
    const { customId } = this.sourcesId;
    if (customId === null) return null;
    const titles = [...new Map(citations.map(({ document, title }) => [document, clean(title)])).values()];
    const label = `${count(titles.length, "source")}: ${titles.join(", ")}`;
    return { label: shorten(label, LABEL_SHOWN_MAX).text, customId };
  }

  /** The buttons below a reply that claims something: what to ask next, the rest of it, and the votes. */
  private actions(): Part[] {
    const { reply, view } = this;
    const { receipt } = view;
    const later = reply.kind === "unknown" || reply.kind === "leads" ? this.later() : [];
    const sharing = view.isHidden ? [{ label: "Show to all", customId: writePress({ kind: "share" }) }] : [];
    if (reply.kind !== "answer" && reply.kind !== "comparison" && reply.kind !== "leads")
      return [buttons([...later, ...sharing])];
    const topic =
      reply.kind !== "leads" && reply.topic !== null && /^[a-z0-9-]{1,80}$/.test(reply.topic) ? reply.topic : null;
    const vote = (value: "up" | "down", label: string): Button => ({
      label,
      customId: writeVote({ kind: "vote", value, topic, ...(receipt === undefined ? {} : { receipt }) }),
    });
    return [
      ...this.suggestions("", reply.suggestions),
      buttons([
        ...(reply.kind === "leads" ? [] : [this.sourcesButton(reply.citations)]).filter((one) => one !== null),
        ...show("More", writeShows([...this.hidden], view.places)),
        vote("up", "👍"),
        vote("down", "👎"),
        ...later,
        ...sharing,
      ]),
    ];
  }

  /** As buttons, shortened where they are long: a press asks the whole question, and its reply shows it. */
  private suggestions(lead: string, suggestions: readonly string[]): Part[] {
    const list = suggestions
      .filter((one) => clean(one) !== "")
      .map((one) => ({ label: shortQuestion(one, LABEL_SHOWN_MAX), customId: this.asks(one) }))
      .filter(({ label, customId }, at, all) => {
        // Two that are shortened alike can't be told apart.
        return customId !== null && all.findIndex((one) => one.label === label) === at;
      })
      .slice(0, SUGGESTIONS_SHOWN);
    return [text(list.length === 0 ? "" : muted(lead)), buttons(list)];
  }

  private asks = (question: string): string | null =>
    clean(question) === "" ? null : writeQuestion(clean(question), this.view.places);

  private heading = (aspect: string): string => bold(this.cut(aspect, 120));

  /** A statement with its marks. One that is cut is told to the button "More". */
  private state(statement: CitedStatement, draw: (line: string) => string = (line) => line): string {
    const short = shorten(statement.text, this.room.statement, (part) => prose(part).length);
    if (short.wasCut) {
      const cited = "citations" in this.reply ? this.reply.citations : [];
      const name = this.view.places.nameStatement(statement, cited);
      if (name !== null) this.hidden.add(name);
    }
    return `${draw(prose(short.text))} ${this.marks(statement.citations)}`;
  }

  /** Numbers of citations, each a link to its line where that has an address. */
  private marks(numbers: readonly number[]): string {
    const { reply, room, view } = this;
    const cited = "citations" in reply ? reply.citations : [];
    return numbered(numbers, (number) => {
      const citation = room.isLinked ? cited.find((one) => one.number === number) : undefined;
      return citation === undefined ? null : sourceAddress(citation, reply.corpus, view.addresses);
    });
  }

  private cut = (whole: string, max = this.room.other): string =>
    literal(shorten(whole, Math.min(max, this.room.other), (part) => literal(part).length).text);

  private place(title: string, section: string): string {
    const short = (whole: string, max: number): string =>
      literal(shorten(whole, max, (part) => literal(part).length).text);
    return joinPlace(short(title, this.room.title), short(section, this.room.section));
  }
}

/** A button for each group of places, numbered where there are several. */
const show = (label: string, customIds: readonly string[]): Button[] =>
  customIds.map((customId, at) => ({ label: customIds.length === 1 ? label : `${label} (${at + 1})`, customId }));
