// A corpus and its model to an engine: question in, reply out. Wires the stages; decides nothing itself.

import { type Naming, resolveAll } from "./answer/decompose.ts";
import { type Composer, createComposer } from "./answer/faq-answer.ts";
import { type Offer, type Outline, offersOf } from "./answer/offers.ts";
import { createResolver, isAnswered, type Resolution, type Resolver, topicOf, turnOf } from "./answer/resolve.ts";
import { type Next, Responder } from "./answer/respond.ts";
import { createSuggest, type Suggest, type Suggestion, type SuggestionKind } from "./answer/suggest.ts";
import { createYesNo, type YesNo } from "./answer/yes-no.ts";
import { createEvidenceFinder, type EvidenceFinder } from "./evidence/evidence.ts";
import type { Corpus } from "./ingest/library.ts";
import { inMemory, splitPassages } from "./ingest/passages.ts";
import { createSections, sectionsIn } from "./ingest/sections.ts";
import { createSubjectFinder, lexiconGroups } from "./ingest/subjects.ts";
import { createTables, tablesIn } from "./ingest/tables.ts";
import { createVocabulary } from "./ingest/vocabulary.ts";
import { type Model, matcherOf } from "./model.ts";
import type { Turn } from "./question/follow-up.ts";
import { parseQuestion, type Question } from "./question/parse.ts";
import type { Reply } from "./reply.ts";
import { openIndex } from "./retrieval/choose-index.ts";
import { createStatistics } from "./retrieval/collection-statistics.ts";
import { withProximity } from "./retrieval/proximity.ts";
import { createLexicon } from "./text/analyzer.ts";

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
  /** What somebody may mean who has typed this much; by default questions. */
  suggest(typed: string, limit: number, kind?: SuggestionKind): readonly Suggestion[];
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
      withProximity(retriever, order, statistics.idf),
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
  return new WiredEngine(
    corpus,
    outline,
    resolver,
    { lexicon, subjects },
    composer,
    createYesNo(faq, lexicon, subjects),
  );
}

class WiredEngine implements Engine, Next {
  private readonly responder: Responder;
  private readonly turns = new Map<string, Turn | null>();
  private offered: readonly Offer[] | null = null;
  private suggesting: Suggest | null = null;

  constructor(
    readonly corpus: Corpus,
    private readonly outline: Outline | null,
    private readonly resolver: Resolver,
    private readonly naming: Naming,
    composer: Composer,
    yesNo: YesNo,
  ) {
    this.responder = new Responder(corpus, outline, composer, yesNo, this);
  }

  /** Looked for when it is first asked for: each table is tried. */
  get offers(): readonly Offer[] {
    this.offered ??= offersOf(this.corpus.faq, this.outline, (question) => this.isAnswered(question, null));
    return this.offered;
  }

  answer(question: string, after: readonly string[] = []): Reply {
    return this.explain(question, after).reply;
  }

  explain(message: string, after: readonly string[] = []): Explanation {
    const question = parseQuestion(message);
    const turn = this.remember(after.slice(-THREAD_QUESTIONS_MAX));
    const explanation = { question, turn, resolutions: [] };
    if (question.text === "" || question.smalltalk !== null)
      return { ...explanation, reply: this.responder.help(question) };
    if (!question.isEnglish) return { ...explanation, reply: this.responder.otherLanguage() };
    const resolutions = this.resolve(question, turn);
    return { ...explanation, resolutions, reply: this.responder.reply(question, resolutions, turn) };
  }

  compare(phrase: string): Reply {
    const question = parseQuestion(phrase);
    const { text } = question;
    const topic = this.resolver.named(text);
    if (topic !== null) return this.responder.comparison(topic);
    const table = this.outline?.tables.compare(text) ?? this.outline?.tables.about(text) ?? null;
    if (table !== null) return this.responder.table(table);
    if (text === "") return this.responder.whichComparison([]);
    const resolution = this.resolver.resolve(text, "", null);
    const found = topicOf(resolution);
    if (found !== null) return this.responder.comparison(found);
    if (resolution.outcome.kind === "evidence") return this.responder.reply(question, [resolution], null);
    return this.responder.whichComparison(resolution.match?.topics.map(({ topic: { id } }) => id) ?? []);
  }

  suggest(typed: string, limit: number, kind: SuggestionKind = "question"): readonly Suggestion[] {
    this.suggesting ??= createSuggest(this.corpus.faq, this.offers);
    return this.suggesting(typed, limit, kind);
  }

  isAnswered(question: string, turn: Turn | null): boolean {
    return this.resolve(parseQuestion(question), turn).some(isAnswered);
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
    const resolution = isQuestion ? this.resolve(question, before).find(isAnswered) : undefined;
    const turn = resolution === undefined ? before : turnOf(resolution);
    if (this.turns.size >= TURNS_KEPT_MAX) this.turns.clear();
    this.turns.set(key, turn);
    return turn;
  }

  private resolve(question: Question, turn: Turn | null): readonly Resolution[] {
    return resolveAll(question, turn, this.resolver, this.naming);
  }
}
