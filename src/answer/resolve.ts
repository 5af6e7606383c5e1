// Resolves one question: understands it, looks for it among topics and passages, and has it decided on.

import { SearchUnavailable } from "../errors.ts";
import type { Evidence, EvidenceFinder } from "../evidence/evidence.ts";
import type { FoundPassages, PassageFinder } from "../evidence/passage-finder.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Topic } from "../ingest/faq.ts";
import type { Correction } from "../ingest/vocabulary.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import type { Turn } from "../question/follow-up.ts";
import { analyze, type Lexicon, type Token } from "../text/analyzer.ts";
import { answerability } from "../topics/abstention.ts";
import type { Match, MatchContext, Matcher } from "../topics/matcher.ts";
import { type DecideParts, decide, type Outcome } from "./decide.ts";
import type { Outline } from "./offers.ts";
import { type UnderstandParts, type Understood, understand } from "./understand.ts";

export interface Resolution {
  readonly outcome: Outcome;
  /** Why it gets that, in plain words. */
  readonly because: string;
  /** The question as it was typed. */
  readonly typed: string;
  /** The question as it was understood: spelling corrected, completed from the thread. */
  readonly question: QuestionAnalysis;
  readonly corrected: readonly Correction[];
  readonly subjects: readonly string[];
  readonly fromThread: readonly string[];
  readonly match: Match | null;
  /** The best sentences, searched for when first asked for; none where the documents can't be searched now. */
  readonly evidence: () => Promise<readonly Evidence[]>;
  /** The passages that may answer; null where none is looked for, or nothing that is asked stands in the documents. */
  readonly located: () => Promise<FoundPassages | null>;
  /** Log-odds that the best topic is right; null where no topic was looked for. */
  readonly odds: number | null;
}

export const isAnswered = ({ outcome }: Resolution): boolean =>
  outcome.kind !== "clarify" && outcome.kind !== "unknown" && outcome.kind !== "leads";

export function topicOf({ outcome }: Resolution): Topic | null {
  if (outcome.kind === "statement") return outcome.best.topic;
  return outcome.kind === "comparison" ? outcome.topic : null;
}

/** Whether the documents had to be searched for it, and couldn't be. */
export const isUnsearched = ({ outcome }: Resolution): boolean =>
  outcome.kind === "unknown" && outcome.reason === "not-searched";

/** What a thread remembers of it. */
export const turnOf = (resolution: Resolution): Turn => ({
  question: resolution.question,
  topic: topicOf(resolution)?.id ?? null,
  subjects: resolution.subjects,
  said: resolution.outcome.kind === "statement" ? resolution.outcome.best.statement.id : null,
});

export interface ResolveParts extends DecideParts, UnderstandParts {
  readonly lexicon: Lexicon;
  readonly evidence: EvidenceFinder;
  readonly passages: PassageFinder | null;
}

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const RESOLVING = Object.freeze({
  /** A second hearing must be surer by so much, and what is asked may hold this much weight of unknown words. */
  secondHearingMargin: 0.4,
  askedUnknownMax: 0.9,
  /** With so few words of its own, or with a pronoun, a question is also looked for together with what surrounds it. */
  leaningWordsMax: 1,
  /** More words are held less surely, and yet they say what is meant. */
  joinedMargin: 2,
});

export interface Resolver {
  /**
   * @param turn what the thread was about
   * @param earlier its questions as they were typed, oldest first
   */
  resolve(ask: string, background: string, turn: Turn | null, earlier?: readonly string[]): Promise<Resolution>;
  /** The topic that a phrase names, alone. */
  named(phrase: string): Topic | null;
}

export const createResolver = (parts: ResolveParts): Resolver => new StagedResolver(parts);

class StagedResolver implements Resolver {
  private readonly byName = new Map<string, Topic>();

  constructor(private readonly parts: ResolveParts) {
    for (const topic of parts.topics)
      for (const name of [topic.id, topic.title, ...topic.names])
        for (const key of nameKeys(analyze(name, parts.lexicon)))
          if (!this.byName.has(key)) this.byName.set(key, topic);
  }

  named(phrase: string): Topic | null {
    const tokens = analyze(phrase, this.parts.lexicon);
    if (tokens.length === 0) return null;
    for (const key of nameKeys(tokens)) {
      const topic = this.byName.get(key);
      if (topic !== undefined) return topic;
    }
    return null;
  }

  async resolve(
    ask: string,
    background: string,
    turn: Turn | null,
    earlier: readonly string[] = [],
  ): Promise<Resolution> {
    const { outline, matcher, calibration } = this.parts;
    const understood = understand(ask, background, turn, this.parts);
    const { typed, spelt, question, corrected, subjects, followUp } = understood;
    const search = once(() => this.find(understood));
    const evidence = (): Promise<readonly Evidence[]> => search().catch(noneUnsearched);
    const { passages } = this.parts;
    // A thread is preferred, never put into the sentence: what is looked for is what was typed, its spelling corrected.
    const asked = understood.around === null ? spelt.text : `${understood.around.text} ${spelt.text}`;
    const located = once(async () => passages?.find(asked, earlier, await evidence()) ?? null);
    const base = { typed, question, corrected, subjects, fromThread: followUp.fromThread, evidence, located };
    const topic = turn === null || spelt.own.length > 0 ? this.named(spelt.text) : null;
    const meant = topic !== null ? asTopic(topic) : asHeadings(outline, spelt.text);
    if (meant !== null) return { ...base, ...meant, match: null, odds: null };
    // "cost: containers against VMs" names its topic beside the subjects.
    const aspect = this.named(spelt.own.map(({ surface }) => surface).join(" "));
    const asks = understood.around === null ? {} : { asked: spelt.text };
    const context = { ...followUp, ...asks, lean: aspect?.id ?? followUp.lean };
    const { match, odds } = matcher === null ? UNHEARD : hear(matcher, question, context, calibration);
    const decided = await decide(this.parts, { understood, match, odds, search, located });
    return { ...base, ...decided, match, odds };
  }

  /** The best sentences; a question that leans on what surrounds it is also looked for together with that. */
  private async find({ spelt, question, around }: Understood): Promise<readonly Evidence[]> {
    const { evidence, analyse } = this.parts;
    const leans = spelt.pointsBack || question.own.length <= RESOLVING.leaningWordsMax;
    const alone = await evidence.gather(question);
    if (around === null || !leans) return alone;
    const joined = await evidence.gather(analyse(`${around.text} ${question.text}`));
    return oddsOf(joined) + RESOLVING.joinedMargin >= oddsOf(alone) ? joined : alone;
  }
}

type Named = Pick<Resolution, "outcome" | "because">;

const asTopic = (topic: Topic): Named => ({
  outcome: { kind: "comparison", topic },
  because: `the message is a name of the topic "${topic.id}"`,
});

/** A message that is a heading, or the two sides of a table. */
function asHeadings(outline: Outline | null, message: string): Named | null {
  const section = outline?.sections.named(message) ?? null;
  if (section !== null)
    return {
      outcome: { kind: "section", section },
      because: `the message is the heading of a section of "${section.document.id}"`,
    };
  const table = outline?.tables.named(message) ?? null;
  if (table === null) return null;
  return {
    outcome: { kind: "table", table },
    because: `the message names the two sides of a table of "${table.document.id}"`,
  };
}

type Heard = Pick<Resolution, "match" | "odds">;
const UNHEARD: Heard = { match: null, odds: null };

/**
 * Hears a question, and a long message a second time by the clause that tells its topic: what a story tells around
 * its question need not be known, what it asks must be.
 */
function hear(matcher: Matcher, question: QuestionAnalysis, context: MatchContext, calibration: Calibration): Heard {
  const match = matcher.match(question, context);
  const odds = answerability(match.signals, calibration);
  if (odds >= calibration.answerFrom || match.telling === null) return { match, odds };
  const again = matcher.match(match.telling, { ...context, background: "" });
  const oddsAgain = answerability(again.signals, calibration);
  const asksKnown = match.signals.unknownMass < RESOLVING.askedUnknownMax;
  return asksKnown && oddsAgain >= calibration.answerFrom + RESOLVING.secondHearingMargin
    ? { match: again, odds: oddsAgain }
    : { match, odds };
}

/**
 * A phrase by its words as they are and by what they count as. All of its words: "what is a docker volume" is no name
 * of "docker volumes".
 */
function nameKeys(tokens: readonly Token[]): [exact: string, folded: string] {
  const bare = tokens.filter(({ surface }) => !ARTICLES.has(surface));
  const told = bare.length > 0 ? bare : tokens;
  const exact = told.map(({ surface }) => surface).join(" ");
  return [`is ${exact}`, `counts as ${told.map(({ term }) => term).join(" ")}`];
}
const ARTICLES = new Set(["a", "an", "the", "compare", "comparison", "topic"]);

const oddsOf = ([best]: readonly Evidence[]): number => best?.odds ?? Number.NEGATIVE_INFINITY;

function noneUnsearched(error: unknown): readonly Evidence[] {
  if (error instanceof SearchUnavailable) return [];
  throw error;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
