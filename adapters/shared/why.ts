// Gathers what every stage decided on the way to a reply, as data.

import type { Outcome } from "../../src/answer/decide.ts";
import type { Resolution } from "../../src/answer/resolve.ts";
import type { Explanation } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import type { StatementFeatures } from "../../src/topics/statement-ranker.ts";

/** Plain data, as `ask --why --json` prints it. */
export interface Why {
  readonly question: {
    readonly text: string;
    readonly asks: readonly string[];
    readonly background: string;
    readonly wasCut: boolean;
    readonly isEnglish: boolean;
    readonly smalltalk: string | null;
  };
  /** What the thread is about; null at its start. */
  readonly thread: { readonly ask: string; readonly topic: string | null; readonly subjects: readonly string[] } | null;
  /** One for each question of the message that was looked at. */
  readonly asks: readonly WhyAsk[];
  readonly reply: Reply;
}

export interface WhyAsk {
  readonly ask: string;
  /** What is known of it from its words alone. */
  readonly analysis: {
    readonly terms: readonly string[];
    readonly answerType: string;
    readonly focus: readonly string[];
    readonly own: readonly string[];
    readonly pointsBack: boolean;
    readonly names: readonly string[];
    readonly years: readonly string[];
  };
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  readonly subjects: readonly string[];
  readonly fromThread: readonly string[];
  /** Best first, at most five; so are statements and passages. */
  readonly topics: readonly { readonly id: string; readonly title: string; readonly probability: number }[];
  readonly statements: readonly WhyStatement[];
  readonly passages: readonly WhyPassage[];
  readonly unknownWords: readonly string[];
  /** Log-odds; null where no topic was looked for. */
  readonly confidence: number | null;
  readonly outcome: string;
  readonly because: string;
}

export interface WhyStatement {
  readonly id: string;
  readonly text: string;
  readonly probability: number;
  readonly features: StatementFeatures;
}

export interface WhyPassage {
  readonly file: string;
  readonly section: string;
  readonly line: number;
  readonly score: number;
  /** Share of what is asked that the passage holds. */
  readonly covered: number;
  /** Its best sentence. */
  readonly text: string;
}

const SHOWN = 5;

export async function whyOf({ question, turn, resolutions, reply }: Explanation): Promise<Why> {
  const { text, asks, background, wasCut, isEnglish, smalltalk } = question;
  return {
    question: { text, asks, background, wasCut, isEnglish, smalltalk },
    thread: turn === null ? null : { ask: turn.question.text, topic: turn.topic, subjects: turn.subjects },
    asks: await Promise.all(resolutions.map(whyAsk)),
    reply,
  };
}

async function whyAsk(resolution: Resolution): Promise<WhyAsk> {
  const { question, corrected, subjects, fromThread, match, odds, outcome, because } = resolution;
  const { text, terms, answerType, focus, own, pointsBack, names, years } = question;
  return {
    ask: text,
    analysis: {
      terms,
      answerType,
      focus,
      own: own.map(({ surface }) => surface),
      pointsBack,
      names,
      years,
    },
    corrected,
    subjects,
    fromThread,
    topics: (match?.topics ?? [])
      .slice(0, SHOWN)
      .map(({ topic, probability }) => ({ id: topic.id, title: topic.title, probability })),
    statements: (match?.statements ?? []).slice(0, SHOWN).map(({ statement, probability, features }) => ({
      id: statement.id,
      text: statement.text,
      probability,
      features,
    })),
    passages: await passagesOf(resolution),
    unknownWords: match?.unknown ?? [],
    confidence: odds,
    outcome: nameOutcome(outcome),
    because,
  };
}

async function passagesOf({ evidence }: Resolution): Promise<WhyPassage[]> {
  const found = await evidence();
  const best = new Map(found.map((one) => [one.passage, one] as const).reverse());
  return found
    .filter((one) => best.get(one.passage) === one)
    .slice(0, SHOWN)
    .map(({ passage, quotes, score, covered, text }) => ({
      file: passage.document.file,
      section: passage.block.section,
      line: quotes[0].lines.start,
      score,
      covered,
      text,
    }));
}

function nameOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case "statement":
      return `speaks: statement ${outcome.best.statement.id}`;
    case "comparison":
      return `speaks: both sides of ${outcome.topic.id}`;
    case "section":
      return `speaks: opening of ${outcome.section.id}`;
    case "table":
      return `speaks: ${outcome.table.sides.join(" against ")} in a table of ${outcome.table.document.id}`;
    case "passage":
      return "speaks: shows the first passage";
    case "leads":
      return "leads: shows where the answer may stand";
    case "clarify":
      return `asks back: ${outcome.topics.map(({ id }) => id).join(", ")}`;
    case "unknown":
      return `stays silent: ${outcome.reason}`;
  }
}
