// Moves a topic named in front ("docker: how does it start?") to where the question means it.

import { ARTICLES, oneOf, THING_PRONOUNS } from "../text/words.ts";
import type { AnalyseQuestion, QuestionAnalysis } from "./analysis.ts";

const FRONTED =
  /^(?:(?:about|re|regarding|(?:a )?question (?:about|on)):?\s+)?(?<front>[^:,?]{2,40}?)(?::|\s[-–—]|(?<=^[\w-]+(?: [\w-]+){0,2}),)\s+(?<rest>.+)$/i;

const FRONT_PRONOUN = new RegExp(String.raw`\b${oneOf(THING_PRONOUNS)}\b`, "i");

/** "docker: how does it start?" is "how does docker start?". */
export function withoutFrontedTopic(question: QuestionAnalysis, analyse: AnalyseQuestion): QuestionAnalysis {
  const { text } = question;
  const { front, rest } = FRONTED.exec(text)?.groups ?? {};
  if (front === undefined || rest === undefined) return question;
  if (/^(?:and|or|but|so|if|when|with|for|in|on|what about|how about)\b/i.test(front)) return question;
  const { mentions } = analyse(front);
  if (mentions.length === 0) return question;
  // "container" and "VM" are common nouns and stand in a sentence with an article, "Docker" is a name.
  const isCommon = !ARTICLE_OR_NAME.test(front) && mentions.every(({ isKind }) => !isKind);
  if (FRONT_PRONOUN.test(rest))
    return analyse(rest.replace(FRONT_PRONOUN, (pronoun) => (pronoun === "it" && isCommon ? `a ${front}` : front)));
  const isAnnounced = /^(?:about|re\b|regarding|(?:a )?question)/i.test(text);
  return isAnnounced && analyse(rest).mentions.length > 0 ? analyse(rest) : question;
}

const ARTICLE_OR_NAME = new RegExp(String.raw`^${oneOf(ARTICLES)}\b|^\p{Lu}\p{Ll}`, "u");
