// Wires the stages into an engine, question in and reply out; decides nothing itself.

import { type Naming, resolveAll } from "./answer/decompose.ts";
import { createComposer } from "./answer/faq-answer.ts";
import { type Offer, type Outline, offersOf } from "./answer/offers.ts";
import {
  createResolver,
  isAnswered,
  isUnsearched,
  type Resolution,
  type Resolver,
  topicOf,
  turnOf,
} from "./answer/resolve.ts";
import { type Composers, type Next, Responder } from "./answer/respond.ts";
import { createSuggest, type Suggest, type Suggestion, type SuggestionKind } from "./answer/suggest.ts";
import type { EvidenceFinder } from "./evidence/evidence.ts";
import type { PassageFinder } from "./evidence/passage-finder.ts";
import type { Corpus } from "./ingest/library.ts";
import type { Proof } from "./ingest/proof.ts";
import { createSectionPairs } from "./ingest/section-pairs.ts";
import { createSections, sectionsIn } from "./ingest/sections.ts";
import { createSubjectFinder, lexiconGroups } from "./ingest/subjects.ts";
import { createTables, type SideBySide, tablesIn } from "./ingest/tables.ts";
import { createVocabulary, type Vocabulary } from "./ingest/vocabulary.ts";
import { type Model, matcherOf } from "./model.ts";
import { createQuestionAnalyser } from "./question/analysis.ts";
import type { Turn } from "./question/follow-up.ts";
import { parseQuestion, type Question } from "./question/parse.ts";
import type { Reply } from "./reply.ts";
import { createLexicon, type Lexicon } from "./text/analyzer.ts";

export interface Engine {
  readonly corpus: Corpus;
  /** What it can be asked: topics, or sections and tables where there are none. */
  readonly offers: readonly Offer[];
  /**
   * @param after earlier questions of the thread, oldest first; the last ten count
   * @returns the same bytes for the same corpus, question and thread; never throws, whatever the text
   */
  answer(question: string, after?: readonly string[]): Promise<Reply>;
  /** The side-by-side view of a topic named by id, title or plain words; the closest topics where none is meant. */
  compare(topic: string): Promise<Reply>;
  /** What somebody may mean who has typed this much; by default questions. */
  suggest(typed: string, limit: number, kind?: SuggestionKind): readonly Suggestion[];
  /** What every stage decided on the way to `answer`'s reply. */
  explain(question: string, after?: readonly string[]): Promise<Explanation>;
}

export interface Explanation {
  readonly question: Question;
  readonly turn: Turn | null;
  /** One for each question of the message that was looked at. */
  readonly resolutions: readonly Resolution[];
  readonly reply: Reply;
}

/** Of a thread, so many questions count. */
export const THREAD_QUESTIONS_MAX = 10;
const TURNS_KEPT_MAX = 500;

/** What a thread is about, and whether every search was made on the way to that. */
interface Remembered {
  readonly turn: Turn | null;
  readonly isSearched: boolean;
}

export async function createEngine(corpus: Corpus, model: Model): Promise<Engine> {
  const { faq, documents } = corpus;
  const lexicon = createLexicon(lexiconGroups(faq));
  const vocabulary = createVocabulary(model.vocabulary);
  const subjects = createSubjectFinder(faq, lexicon);
  const analyse = createQuestionAnalyser(lexicon, subjects);
  const outline = faq.elsewhere === "quote" ? outlineOf(corpus, lexicon) : null;
  const resolver = createResolver({
    lexicon,
    vocabulary,
    analyse,
    matcher: matcherOf(corpus, lexicon, vocabulary, analyse, model),
    ...searchesOf(corpus, model, lexicon, vocabulary),
    elsewhere: faq.elsewhere,
    topics: faq.topics,
    outline,
    calibration: model.calibration,
  });
  const composer = createComposer(documents, faq);
  const naming = { lexicon, analyse };
  const offers = await offersOf(faq, outline, async (question) =>
    (await resolveAll(parseQuestion(question), null, resolver, naming)).some(isAnswered),
  );
  const composers = {
    faq: composer,
    passages: async () => {
      const { PassageComposer } = await import("./answer/passage-answer.ts");
      return new PassageComposer(new Map(documents.map((document) => [document.id, document])));
    },
  };
  const engine = new WiredEngine(corpus, offers, outline, resolver, naming, composers);
  return corpus.proof === undefined ? engine : proven(engine, corpus.proof);
}

/** Most questions are answered by the FAQ: what searches the documents is loaded and made when the first one isn't. */
function searchesOf(corpus: Corpus, model: Model, lexicon: Lexicon, vocabulary: Vocabulary) {
  let evidence: Promise<EvidenceFinder> | undefined;
  let passages: Promise<PassageFinder | null> | undefined;
  const finder: EvidenceFinder = {
    async gather(question) {
      evidence ??= import("./search.ts").then(({ openEvidence }) => openEvidence(corpus, model, lexicon, vocabulary));
      return (await evidence).gather(question);
    },
  };
  const passageFinder: PassageFinder = {
    async find(question, earlier, found) {
      passages ??= import("./search.ts").then(({ openPassageFinder }) => openPassageFinder(corpus, model));
      return (await passages)?.find(question, earlier, found) ?? null;
    },
  };
  return { evidence: finder, passages: corpus.faq.elsewhere === "silent" ? null : passageFinder };
}

/** An engine none of whose replies is seen before each of its quotes was found in its file as the file is now. */
function proven(engine: Engine, proof: Proof): Engine {
  const checked = async (reply: Reply): Promise<Reply> => {
    await proof.check(reply);
    return reply;
  };
  return {
    corpus: engine.corpus,
    offers: engine.offers,
    answer: async (question, after) => checked(await engine.answer(question, after)),
    compare: async (topic) => checked(await engine.compare(topic)),
    suggest: (typed, limit, kind) => engine.suggest(typed, limit, kind),
    async explain(question, after) {
      const explanation = await engine.explain(question, after);
      await checked(explanation.reply);
      return explanation;
    },
  };
}

const sideBySideIn = ({ tables, pairs }: Outline, asked: string): SideBySide | null =>
  tables.compare(asked) ?? tables.about(asked) ?? pairs.compare(asked);

function outlineOf({ documents, kept }: Corpus, lexicon: Lexicon): Outline {
  const sections = kept?.sections ?? sectionsIn(documents);
  return {
    sections: createSections(sections, lexicon),
    pairs: createSectionPairs(sections, lexicon),
    tables: createTables(kept?.tables ?? tablesIn(documents), lexicon),
  };
}

class WiredEngine implements Engine, Next {
  private readonly responder: Responder;
  private readonly turns = new Map<string, Turn | null>();
  private suggesting: Suggest | null = null;

  constructor(
    readonly corpus: Corpus,
    readonly offers: readonly Offer[],
    private readonly outline: Outline | null,
    private readonly resolver: Resolver,
    private readonly naming: Naming,
    composers: Composers,
  ) {
    this.responder = new Responder(corpus, outline, composers, this);
  }

  async answer(question: string, after: readonly string[] = []): Promise<Reply> {
    return (await this.explain(question, after)).reply;
  }

  async explain(message: string, after: readonly string[] = []): Promise<Explanation> {
    const question = parseQuestion(message);
    const earlier = after.slice(-THREAD_QUESTIONS_MAX);
    const { turn } = await this.remember(earlier);
    const explanation = { question, turn, resolutions: [] };
    if (question.text === "" || question.smalltalk !== null)
      return { ...explanation, reply: this.responder.help(question) };
    if (!question.isEnglish) return { ...explanation, reply: this.responder.otherLanguage() };
    const resolutions = await this.resolve(question, turn, earlier);
    return { ...explanation, resolutions, reply: await this.responder.reply(question, resolutions, turn) };
  }

  async compare(phrase: string): Promise<Reply> {
    const question = parseQuestion(phrase);
    const { text } = question;
    const topic = this.resolver.named(text);
    if (topic !== null) return this.responder.comparison(topic);
    const table = this.outline === null ? null : sideBySideIn(this.outline, text);
    if (table !== null) return this.responder.table(table);
    if (text === "") return this.responder.whichComparison([]);
    const resolution = await this.resolver.resolve(text, "", null);
    const found = topicOf(resolution);
    if (found !== null) return this.responder.comparison(found);
    if (resolution.outcome.kind === "passage" || isUnsearched(resolution))
      return this.responder.reply(question, [resolution], null);
    return this.responder.whichComparison(resolution.match?.topics.map(({ topic: { id } }) => id) ?? []);
  }

  suggest(typed: string, limit: number, kind: SuggestionKind = "question"): readonly Suggestion[] {
    this.suggesting ??= createSuggest(this.corpus.faq, this.offers);
    return this.suggesting(typed, limit, kind);
  }

  async isAnswered(question: string, turn: Turn | null): Promise<boolean> {
    return (await this.resolve(parseQuestion(question), turn, [])).some(isAnswered);
  }

  /**
   * The thread's last question that was about something, as it was understood then. What was understood of a thread
   * is kept for its next question, unless a search failed: the next one may not.
   */
  private async remember(after: readonly string[]): Promise<Remembered> {
    const message = after.at(-1);
    if (message === undefined) return { turn: null, isSearched: true };
    const key = JSON.stringify(after);
    const known = this.turns.get(key);
    if (known !== undefined) return { turn: known, isSearched: true };
    const before = await this.remember(after.slice(0, -1));
    const question = parseQuestion(message);
    const resolutions = asks(question) ? await this.resolve(question, before.turn, after.slice(0, -1)) : [];
    const resolution = resolutions.find(isAnswered);
    const turn = resolution === undefined ? before.turn : turnOf(resolution);
    const isSearched = before.isSearched && !resolutions.some(isUnsearched);
    if (!isSearched) return { turn, isSearched };
    if (this.turns.size >= TURNS_KEPT_MAX) this.turns.clear();
    this.turns.set(key, turn);
    return { turn, isSearched };
  }

  /** @param earlier the thread's questions as they were typed, oldest first */
  private resolve(question: Question, turn: Turn | null, earlier: readonly string[]): Promise<readonly Resolution[]> {
    const asked = earlier.filter((message) => asks(parseQuestion(message)));
    return resolveAll(question, turn, this.resolver, this.naming, asked);
  }
}

/** Whether a message asks for something: "yes", "thanks" and the like tell nothing of what a thread is about. */
const asks = ({ text, smalltalk, isEnglish }: Question): boolean => text !== "" && smalltalk === null && isEnglish;
