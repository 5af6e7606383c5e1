// Assembles a message's reply from what its questions were resolved to, and what to ask next.

import type { Document } from "../document.ts";
import type { FoundPassages } from "../evidence/passage-finder.ts";
import type { Topic } from "../ingest/faq.ts";
import type { Corpus } from "../ingest/library.ts";
import type { SideBySide } from "../ingest/tables.ts";
import type { Turn } from "../question/follow-up.ts";
import type { Question } from "../question/parse.ts";
import {
  type Clarify,
  type Help,
  type Note,
  OPTIONS_MAX,
  type Reading,
  type Reply,
  SUGGESTIONS_MAX,
  type Unknown,
} from "../reply.ts";
import type { Composer } from "./faq-answer.ts";
import type { Offer, Outline } from "./offers.ts";
import type { PassageComposer } from "./passage-answer.ts";
import { isAnswered, type Resolution, topicOf, turnOf } from "./resolve.ts";

/** What makes the bodies of replies. */
export interface Composers {
  readonly faq: Composer;
  /** Loaded with the first reply that shows one. */
  readonly passages: () => Promise<PassageComposer>;
}

/** What may be asked next. */
export interface Next {
  readonly offers: readonly Offer[];
  /** Whether a question, asked next in this thread, gets an answer. */
  isAnswered(question: string, turn: Turn | null): Promise<boolean>;
}

const NEXT_SECTIONS = 3;
const CLOSEST_TOPICS = 3;
const UNKNOWN_SUGGESTIONS = 3;

export class Responder {
  private readonly composer: Composer;
  private readonly passages: Composers["passages"];

  constructor(
    private readonly corpus: Corpus,
    private readonly outline: Outline | null,
    composers: Composers,
    private readonly next: Next,
  ) {
    this.composer = composers.faq;
    this.passages = composers.passages;
  }

  /** @param resolutions one for each question of the message that was looked at */
  async reply(question: Question, resolutions: readonly Resolution[], turn: Turn | null): Promise<Reply> {
    const chosen =
      resolutions.find(isAnswered) ?? resolutions.find(({ outcome }) => outcome.kind === "clarify") ?? resolutions[0];
    if (chosen === undefined) return this.help(question);
    const notes: Note[] = question.wasCut ? ["cut"] : [];
    if (resolutions.length > 1) notes.push("one-of-several");
    const reading = {
      topic: topicOf(chosen)?.id ?? null,
      subjects: chosen.subjects,
      corrected: chosen.corrected,
      fromThread: chosen.fromThread,
      notes,
    };
    const body = await this.body(chosen, turn);
    if (!("suggestions" in body)) return this.finish(body, reading);
    const next = isAnswered(chosen) ? turnOf(chosen) : turn;
    const others = await this.answered(
      resolutions.filter((one) => one !== chosen && isAnswered(one)).map(({ typed }) => typed),
      next,
    );
    const suggestions = [...new Set([...others, ...body.suggestions])].slice(0, SUGGESTIONS_MAX);
    return this.finish({ ...body, suggestions }, reading);
  }

  comparison(topic: Topic): Reply {
    return this.finish(this.composer.compare(topic), { topic: topic.id });
  }

  table(table: SideBySide): Reply {
    return this.finish({ ...this.composer.table(table), suggestions: this.nextTo(table) }, {});
  }

  /** Asks which of the offers to compare, those of these topics where they can be. */
  whichComparison(topics: readonly string[]): Reply {
    const comparable = this.next.offers.filter(({ comparison }) => comparison !== null);
    const closest = topics.flatMap((id) => comparable.find((one) => one.id === id) ?? []);
    const options = (closest.length > 0 ? closest : comparable)
      .slice(0, OPTIONS_MAX)
      .map(({ title, comparison }) => ({ label: title, question: comparison ?? title }));
    if (options.length === 0)
      return this.finish({ ...this.unknown("not-in-documents", [], []), text: NO_COMPARISON }, {});
    return this.finish({ kind: "clarify", text: "Which topic shall I compare?", options }, {});
  }

  help(question: Question): Reply {
    const text =
      question.smalltalk === "thanks"
        ? "You're welcome. Ask another question whenever you like."
        : `Ask me a question and I answer from ${this.corpus.documents.length} documents, with a source for every statement. Where the documents do not say, I say so.`;
    const help: Help = { kind: "help", text, suggestions: this.suggest(this.next.offers, SUGGESTIONS_MAX) };
    return this.finish(help, { notes: question.wasCut ? ["cut"] : [] });
  }

  otherLanguage(): Reply {
    return this.finish(this.unknown("other-language", [], []), { notes: ["other-language"] });
  }

  private async body(resolution: Resolution, turn: Turn | null): Promise<Body> {
    const { outcome, match, evidence, located, question } = resolution;
    switch (outcome.kind) {
      case "statement":
        return this.composer.answer(outcome.best, match?.statements ?? []);
      case "comparison":
        return this.composer.compare(outcome.topic);
      case "section":
        return { ...this.composer.section(outcome.section), suggestions: this.nextTo(outcome.section) };
      case "table":
        return { ...this.composer.table(outcome.table), suggestions: this.nextTo(outcome.table) };
      case "passage": {
        const found = await located();
        const answer = found === null ? null : (await this.passages()).answer(question, found, await evidence());
        if (found === null || answer === null) return this.unknown("not-in-documents", [], []);
        return { ...answer, suggestions: this.nextToPassage(found) };
      }
      case "leads": {
        const found = await located();
        const leads = found === null ? null : (await this.passages()).leads(found);
        if (found === null || leads === null) return this.unknown("not-in-documents", [], []);
        return { ...leads, suggestions: this.nextToPassage(found) };
      }
      case "clarify":
        return this.clarify(outcome.topics, resolution, turn);
      case "unknown": {
        const isAbout = outcome.reason === "not-in-documents";
        const closest = isAbout ? (match?.topics.slice(0, CLOSEST_TOPICS).map(({ topic }) => topic.id) ?? []) : [];
        const nearest = isAbout ? this.composer.nearest(await evidence()) : [];
        const sections = nearest.flatMap(
          ({ document, section }) => this.outline?.sections.at(document, section)?.id ?? [],
        );
        const unknown = this.unknown(outcome.reason, asTyped(match?.unknown ?? [], question.text), [
          ...closest,
          ...sections,
        ]);
        return { ...unknown, nearest };
      }
    }
  }

  /** The sections that follow on the same page. */
  private nextTo({ document, section }: { readonly document: Document; readonly section: string }): string[] {
    const following = this.outline?.sections.after(document.id, section) ?? [];
    const names = new Set(this.next.offers.map(({ question }) => question));
    return following.flatMap(({ name }) => (names.has(name) ? [name] : [])).slice(0, NEXT_SECTIONS);
  }

  private nextToPassage({ units: [first] }: FoundPassages): string[] {
    const section = first === undefined ? undefined : first.document.blocks[first.unit.from]?.section;
    return first === undefined ? [] : this.nextTo({ document: first.document, section: section ?? "" });
  }

  private async clarify(topics: readonly Topic[], { match }: Resolution, turn: Turn | null): Promise<Body> {
    const options: Clarify["options"][number][] = [];
    for (const topic of topics) {
      const best = match?.statements.find((entry) => entry.topic === topic)?.statement ?? topic.statements[0];
      for (const { question } of [...best.examples, ...topic.statements[0].examples]) {
        if (!(await this.next.isAnswered(question, turn))) continue;
        options.push({ label: topic.title, question });
        break;
      }
    }
    if (options.length < 2)
      return this.unknown(
        "unclear",
        [],
        topics.map(({ id }) => id),
      );
    return { kind: "clarify", text: "That could mean more than one thing. Which of these do you mean?", options };
  }

  /** @param closest ids of offers that come nearest to what was asked */
  private unknown(reason: Unknown["reason"], strangers: readonly string[], closest: readonly string[]): Unknown {
    const [stranger] = strangers;
    const names = stranger === undefined ? "" : ` They do not mention “${stranger}”.`;
    const near = closest.flatMap((id) => this.next.offers.find((offer) => offer.id === id) ?? []);
    return {
      kind: "unknown",
      reason,
      text: reason === "not-in-documents" ? `${UNKNOWN_TEXT[reason]}${names}` : UNKNOWN_TEXT[reason],
      nearest: [],
      suggestions: this.suggest(near.length > 0 ? near : this.next.offers, UNKNOWN_SUGGESTIONS),
    };
  }

  /** Those of the questions that get an answer, asked next in this thread. */
  private async answered(questions: readonly string[], turn: Turn | null): Promise<string[]> {
    const areAnswered = await Promise.all(questions.map((question) => this.next.isAnswered(question, turn)));
    return questions.filter((_, at) => areAnswered[at]);
  }

  private suggest(offers: readonly Offer[], count: number): string[] {
    return offers.slice(0, count).map(({ question }) => question);
  }

  private finish(body: Body | Help, reading: Partial<Reading>): Reply {
    const whole = { topic: null, subjects: [], corrected: [], fromThread: [], notes: [], ...reading };
    return { ...body, corpus: this.corpus.hash, reading: whole };
  }
}

type Body =
  Exclude<Reply, { kind: "help" }> extends infer T
    ? T extends unknown
      ? Omit<T, "corpus" | "reading">
      : never
    : never;

const UNKNOWN_TEXT: Record<Unknown["reason"], string> = {
  "off-topic": "That is not what my documents are about, so I can't answer it.",
  "not-in-documents": "The documents do not answer that.",
  unclear: "I can't tell what you are asking about. Please name it in your question.",
  "not-searched":
    "The documents can't be searched right now, so I can't tell whether they answer that. Please ask again later.",
  "other-language": "I can only read questions in English, because my documents are in English.",
};
const NO_COMPARISON = "There is nothing to compare in these documents.";

/** Words as they stand in a text: with its capitals, and with what a hyphen ties to them ("Hyper-V"). */
const asTyped = (lower: readonly string[], text: string): string[] =>
  lower.map(
    (word) => new RegExp(`(?:[\\p{L}\\p{N}]+-)*\\b${word}\\b(?:-[\\p{L}\\p{N}]+)*`, "iu").exec(text)?.[0] ?? word,
  );
