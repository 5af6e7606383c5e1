// Understands one question of a message with its story and its thread: corrects its spelling, makes it stand alone.

import type { Correction, Vocabulary } from "../ingest/vocabulary.ts";
import type { AnalyseQuestion, QuestionAnalysis } from "../question/analysis.ts";
import { type FollowUp, rewriteFollowUp, type Turn } from "../question/follow-up.ts";
import { withoutFrontedTopic } from "../question/phrasing.ts";
import type { Matcher } from "../topics/matcher.ts";

/** A question as it was understood. */
export interface Understood {
  /** As it was typed. */
  readonly typed: string;
  /** Its spelling corrected. */
  readonly spelt: QuestionAnalysis;
  /** Completed from its thread, or from what the message says around it. */
  readonly question: QuestionAnalysis;
  readonly corrected: readonly Correction[];
  /** What the message says around it; null where it says nothing. */
  readonly around: QuestionAnalysis | null;
  readonly turn: Turn | null;
  readonly followUp: FollowUp;
  /** Those it names, else those that it carries on with. */
  readonly subjects: readonly string[];
}

export interface UnderstandParts {
  readonly vocabulary: Vocabulary;
  readonly analyse: AnalyseQuestion;
  /** Null where the corpus has no topics. */
  readonly matcher: Matcher | null;
}

/** @param turn what the thread was about */
export function understand(typed: string, background: string, turn: Turn | null, parts: UnderstandParts): Understood {
  const { vocabulary, analyse } = parts;
  const { text, corrected } = vocabulary.correct(typed);
  const spelt = analyse(text);
  const around = background === "" ? null : analyse(vocabulary.correct(background).text);
  const straight = withoutFrontedTopic(spelt, analyse);
  const before = turn === null ? null : carriedOn(turn, spelt, parts);
  const followUp = rewriteFollowUp(straight, before, analyse) ?? fromBackground(straight, around, analyse);
  const { question } = followUp;
  const subjects = question.mentions.length > 0 ? question.subjects : followUp.subjects;
  return { typed, spelt, question, corrected, around, turn, followUp, subjects };
}

/** A word says what is asked for from this weight on: "free" does, "work" and "well" don't. Set by hand. */
const OWN_WEIGHT_MIN = 0.2;

/**
 * What of a thread a question goes on with: all of it where it says nothing of its own or the topic knows a word of
 * that, else only what the thread is about: "is it free?" after "how does KVM work?" asks of KVM, not of its workings.
 */
function carriedOn(turn: Turn, { own }: QuestionAnalysis, { vocabulary, analyse, matcher }: UnderstandParts): Turn {
  const [mention] = turn.question.mentions;
  const telling = own.filter(({ surface }) => vocabulary.weight(surface) >= OWN_WEIGHT_MIN);
  if (telling.length === 0 || mention === undefined || turn.topic === null) return turn;
  if (matcher === null || matcher.knows(turn.topic, telling.map(({ surface }) => surface).join(" "))) return turn;
  const isDefinition = turn.question.answerType === "definition";
  return { ...turn, question: isDefinition ? turn.question : analyse(mention.surface), topic: null };
}

/** A question that only points at what the message says around it is read together with that. */
function fromBackground(
  question: QuestionAnalysis,
  around: QuestionAnalysis | null,
  analyse: AnalyseQuestion,
): FollowUp {
  const isJoined = around !== null && question.own.length === 0;
  return {
    question: isJoined ? analyse(`${around.text} ${question.text}`) : question,
    background: isJoined ? "" : (around?.text ?? ""),
    lean: null,
    subjects: around?.subjects ?? [],
    answerType: question.answerType,
    fromThread: [],
  };
}
