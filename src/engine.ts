// A corpus and its model to an engine: question in, reply out. Wires the stages; decides nothing itself.

import { type Composer, createComposer } from "./compose.ts";
import { type Document, isAtLeastOne } from "./document.ts";
import { openIndex } from "./either-index.ts";
import { createEvidenceFinder, type EvidenceFinder } from "./evidence.ts";
import type { Topic } from "./faq.ts";
import type { Corpus } from "./library.ts";
import { type Model, matcherOf } from "./model.ts";
import { type Offer, type Outline, offersOf } from "./offers.ts";
import { withPairs } from "./pairs.ts";
import { inMemory, splitPassages } from "./passages.ts";
import { parseQuestion, type Question } from "./question.ts";
import { type Help, type Note, OPTIONS_MAX, type Reading, type Reply, SUGGESTIONS_MAX, type Unknown } from "./reply.ts";
import { createResolver, type Resolution, type Resolver } from "./resolve.ts";
import { createSections, sectionsIn } from "./sections.ts";
import { createStatistics } from "./statistics.ts";
import { createSubjectFinder, lexiconGroups } from "./subjects.ts";
import { createTables, tablesIn } from "./tables.ts";
import { createLexicon } from "./terms.ts";
import type { Turn } from "./thread.ts";
import { createVocabulary } from "./vocabulary.ts";
import { createYesNo, type YesNo } from "./yes-no.ts";

export interface Engine {
  readonly corpus: Corpus;
  /** What it can be asked: topics, or sections and tables where there are none. */
  readonly offers: readonly Offer[];
  /**
   * @param after earlier questions of the thread, oldest first; the last ten count
   * @returns the same bytes for the same corpus, question and thread; never throws, whatever the text
   */
  answer(question: string, after?: readonly string[]): Reply;
  /** The side-by-side view of a topic named by id, title or plain words; the closest topics where none is meant. */
  compare(topic: string): Reply;
  /** What every stage decided on the way to `answer`'s reply. */
  explain(question: string, after?: readonly string[]): Explanation;
}

export interface Explanation {
  readonly question: Question;
  readonly turn: Turn | null;
  /** One for each question of the message that was looked at. */
  readonly resolutions: readonly Resolution[];
  readonly reply: Reply;
}

const THREAD_QUESTIONS_MAX = 10;
const TURNS_KEPT_MAX = 500;
const NEXT_SECTIONS = 3;
/** Of several questions in one message, so many are looked at. */
const ASKS_MAX = 4;

export function createEngine(corpus: Corpus, model: Model): Engine {
  const { faq, documents, kept } = corpus;
  const lexicon = createLexicon(lexiconGroups(faq));
  const vocabulary = createVocabulary(model.vocabulary);
  const subjects = createSubjectFinder(faq, lexicon);
  // Most questions are answered by the FAQ: what searches the documents is made when the first one isn't.
  let finder: EvidenceFinder | undefined;
  const openFinder = (): EvidenceFinder => {
    const passages = kept?.passages ?? inMemory(splitPassages(documents));
    const statistics = createStatistics(model.statistics);
    const { retriever, order } = openIndex(model.index, passages, lexicon);
    return createEvidenceFinder(
      passages,
      withPairs(retriever, order, statistics.idf),
      statistics,
      lexicon,
      (surface, term) => (vocabulary.has(surface) ? vocabulary.termWeight(term) : vocabulary.weight(surface)),
    );
  };
  const evidence: EvidenceFinder = {
    gather(ask) {
      finder ??= openFinder();
      return finder.gather(ask);
    },
  };
  const outline: Outline | null =
    faq.elsewhere === "silent"
      ? null
      : {
          sections: createSections(kept?.sections ?? sectionsIn(documents), lexicon),
          tables: createTables(kept?.tables ?? tablesIn(documents), lexicon),
        };
  const resolver = createResolver({
    lexicon,
    vocabulary,
    subjects,
    matcher: matcherOf(corpus, lexicon, vocabulary, model),
    evidence,
    topics: faq.topics,
    outline,
    calibration: model.calibration,
  });
  const composer = createComposer(documents, faq);
  return new WiredEngine(corpus, outline, resolver, composer, createYesNo(faq, lexicon, subjects));
}

class WiredEngine implements Engine {
  private readonly turns = new Map<string, Turn | null>();

  private offered: readonly Offer[] | null = null;

  constructor(
    readonly corpus: Corpus,
    private readonly outline: Outline | null,
    private readonly resolver: Resolver,
    private readonly composer: Composer,
    private readonly yesNo: YesNo,
  ) {}

  /** Looked for when it is first asked for: each table is tried. */
  get offers(): readonly Offer[] {
    this.offered ??= offersOf(this.corpus.faq, this.outline, (question) => this.answersIn(question, null));
    return this.offered;
  }

  answer(question: string, after: readonly string[] = []): Reply {
    return this.explain(question, after).reply;
  }

  explain(message: string, after: readonly string[] = []): Explanation {
    const question = parseQuestion(message);
    const turn = this.remember(after.slice(-THREAD_QUESTIONS_MAX));
    const explanation = { question, turn, resolutions: [] };
    if (question.text === "" || question.smalltalk !== null) return { ...explanation, reply: this.help(question) };
    if (!question.isEnglish) return { ...explanation, reply: this.otherLanguage() };
    const resolutions = this.resolve(question, turn);
    return { ...explanation, resolutions, reply: this.reply(question, resolutions, turn) };
  }

  compare(phrase: string): Reply {
    const { text } = parseQuestion(phrase);
    const topic = this.resolver.named(text);
    if (topic !== null) return this.finish(this.composer.compare(topic), { topic: topic.id });
    const table = this.outline?.tables.compare(text) ?? this.outline?.tables.about(text) ?? null;
    if (table !== null) return this.finish({ ...this.composer.table(table), suggestions: this.nextTo(table) }, {});
    const resolution = text === "" ? null : this.resolver.resolve(text, "", null);
    const found = resolution === null ? null : topicOf(resolution);
    if (found !== null) return this.finish(this.composer.compare(found), { topic: found.id });
    if (resolution?.outcome.kind === "evidence") return this.reply(parseQuestion(phrase), [resolution], null);
    const comparable = this.offers.filter(({ comparison }) => comparison !== null);
    const matched = resolution?.match?.topics.map(({ topic: one }) => one.id) ?? [];
    const closest = matched.flatMap((id) => comparable.find((one) => one.id === id) ?? []);
    const options = (closest.length > 0 ? closest : comparable)
      .slice(0, OPTIONS_MAX)
      .map(({ title, comparison }) => ({ label: title, question: comparison ?? title }));
    if (options.length === 0)
      return this.finish({ ...this.unknown("not-in-documents", [], []), text: NO_COMPARISON }, {});
    return this.finish({ kind: "clarify", text: "Which topic shall I compare?", options }, {});
  }

  /**
   * The thread's last question that was about something, as it was understood then. What was understood of a thread
   * is kept for its next question.
   */
  private remember(after: readonly string[]): Turn | null {
    const message = after.at(-1);
    if (message === undefined) return null;
    const key = JSON.stringify(after);
    const known = this.turns.get(key);
    if (known !== undefined) return known;
    const before = this.remember(after.slice(0, -1));
    const question = parseQuestion(message);
    const isQuestion = question.text !== "" && question.smalltalk === null && question.isEnglish;
    const resolution = isQuestion ? this.resolve(question, before).find(answers) : undefined;
    const turn = resolution === undefined ? before : turnOf(resolution);
    if (this.turns.size >= TURNS_KEPT_MAX) this.turns.clear();
    this.turns.set(key, turn);
    return turn;
  }

  private resolve(question: Question, turn: Turn | null): Resolution[] {
    return question.asks.slice(0, ASKS_MAX).map((ask) => {
      const others = question.asks.filter((other) => other !== ask);
      const background = [question.background, ...(question.background === "" ? [] : others)].join(" ").trim();
      return this.resolver.resolve(ask, background, turn);
    });
  }

  private reply(question: Question, resolutions: readonly Resolution[], turn: Turn | null): Reply {
    const chosen =
      resolutions.find(answers) ?? resolutions.find(({ outcome }) => outcome.kind === "clarify") ?? resolutions[0];
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
    const body = this.body(chosen, turn);
    if (!("suggestions" in body)) return this.finish(body, reading);
    const next = answers(chosen) ? turnOf(chosen) : turn;
    const others = resolutions
      .filter((one) => one !== chosen && answers(one) && this.answersIn(one.typed, next))
      .map(({ typed }) => typed);
    const suggestions = [...new Set([...others, ...body.suggestions])].slice(0, SUGGESTIONS_MAX);
    return this.finish({ ...body, suggestions }, reading);
  }

  private body(resolution: Resolution, turn: Turn | null): Body {
    const { outcome, match, evidence, ask } = resolution;
    switch (outcome.kind) {
      case "point":
        return this.composer.answer(outcome.best, match?.points ?? [], this.yesNo.read(ask, outcome.best.point));
      case "comparison":
        return this.composer.compare(outcome.topic);
      case "section":
        return { ...this.composer.section(outcome.section), suggestions: this.nextTo(outcome.section) };
      case "table":
        return { ...this.composer.table(outcome.table), suggestions: this.nextTo(outcome.table) };
      case "evidence": {
        const found = evidence();
        if (!isAtLeastOne(found)) return this.unknown("not-in-documents", [], []);
        const [{ passage }] = found;
        const suggestions = this.nextTo({ document: passage.document, section: passage.block.section });
        return { ...this.composer.quote(ask, found), suggestions };
      }
      case "clarify":
        return this.clarify(outcome.topics, resolution, turn);
      case "unknown": {
        const isAbout = outcome.reason === "not-in-documents";
        const closest = isAbout ? (match?.topics.slice(0, 3).map(({ topic }) => topic.id) ?? []) : [];
        const nearest = isAbout ? this.composer.nearest(evidence()) : [];
        const sections = nearest.flatMap(
          ({ document, section }) => this.outline?.sections.at(document, section)?.id ?? [],
        );
        const unknown = this.unknown(outcome.reason, asTyped(match?.unknown ?? [], ask), [...closest, ...sections]);
        return { ...unknown, nearest };
      }
    }
  }

  /** The sections that follow on the same page. */
  private nextTo({ document, section }: { readonly document: Document; readonly section: string }): string[] {
    const following = this.outline?.sections.after(document.id, section) ?? [];
    const names = new Set(this.offers.map(({ question }) => question));
    return following.flatMap(({ name }) => (names.has(name) ? [name] : [])).slice(0, NEXT_SECTIONS);
  }

  private clarify(topics: readonly Topic[], { match }: Resolution, turn: Turn | null): Body {
    const options = topics.flatMap((topic) => {
      const best = match?.points.find((entry) => entry.topic === topic)?.point ?? topic.points[0];
      const question = [...best.asked, ...topic.points[0].asked].find((asked) =>
        this.answersIn(asked.question, turn),
      )?.question;
      return question === undefined ? [] : [{ label: topic.title, question }];
    });
    if (options.length < 2)
      return this.unknown(
        "unclear",
        [],
        topics.map(({ id }) => id),
      );
    return { kind: "clarify", text: "That could mean more than one thing. Which of these do you mean?", options };
  }

  /** Whether a suggestion, asked next in this thread, gets an answer. */
  private answersIn(question: string, turn: Turn | null): boolean {
    return this.resolve(parseQuestion(question), turn).some(answers);
  }

  /** @param closest ids of offers that come nearest to what was asked */
  private unknown(reason: Unknown["reason"], strangers: readonly string[], closest: readonly string[]): Unknown {
    const [stranger] = strangers;
    const names = stranger === undefined ? "" : ` They do not mention “${stranger}”.`;
    const near = closest.flatMap((id) => this.offers.find((offer) => offer.id === id) ?? []);
    return {
      kind: "unknown",
      reason,
      text: reason === "not-in-documents" ? `${UNKNOWN_TEXT[reason]}${names}` : UNKNOWN_TEXT[reason],
      nearest: [],
      suggestions: this.suggest(near.length > 0 ? near : this.offers, 3),
    };
  }

  private help(question: Question): Reply {
    const text =
      question.smalltalk === "thanks"
        ? "You're welcome. Ask another question whenever you like."
        : `Ask me a question and I answer from ${this.corpus.documents.length} documents, with a source for every statement. Where the documents do not say, I say so.`;
    const help: Help = { kind: "help", text, suggestions: this.suggest(this.offers, SUGGESTIONS_MAX) };
    return this.finish(help, { notes: question.wasCut ? ["cut"] : [] });
  }

  private suggest(offers: readonly Offer[], count: number): string[] {
    return offers.slice(0, count).map(({ question }) => question);
  }

  private otherLanguage(): Reply {
    return this.finish(this.unknown("other-language", [], []), { notes: ["other-language"] });
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
  "other-language": "I can only read questions in English, because my documents are in English.",
};
const NO_COMPARISON = "There is nothing to compare in these documents.";

const answers = ({ outcome }: Resolution): boolean => outcome.kind !== "clarify" && outcome.kind !== "unknown";

const turnOf = (resolution: Resolution): Turn => ({
  ask: resolution.ask,
  topic: topicOf(resolution)?.id ?? null,
  subjects: resolution.subjects,
});

/** Words as they stand in a text, which may have written them with capitals. */
const asTyped = (lower: readonly string[], text: string): string[] =>
  lower.map((word) => new RegExp(`\\b${word}\\b`, "i").exec(text)?.[0] ?? word);

function topicOf({ outcome }: Resolution): Topic | null {
  if (outcome.kind === "point") return outcome.best.topic;
  return outcome.kind === "comparison" ? outcome.topic : null;
}
