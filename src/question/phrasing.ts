// Ways of putting a question that hide what it is about.

import type { SubjectFinder } from "../ingest/subjects.ts";
import { contentWords, type Vocabulary } from "../ingest/vocabulary.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { ARTICLES, oneOf, THING_PRONOUNS } from "../text/words.ts";
import { questionTypeOf } from "./answer-type.ts";

const FRONTED =
  /^(?:(?:about|re|regarding|(?:a )?question (?:about|on)):?\s+)?(?<front>[^:,?]{2,40}?)(?::|\s[-–—]|(?<=^[\w-]+(?: [\w-]+){0,2}),)\s+(?<rest>.+)$/i;

const FRONT_PRONOUN = new RegExp(String.raw`\b${oneOf(THING_PRONOUNS)}\b`, "i");

/** "docker: how does it start?" is "how does docker start?". */
export function withoutFrontedTopic(ask: string, subjects: SubjectFinder): string {
  const { front, rest } = FRONTED.exec(ask)?.groups ?? {};
  if (front === undefined || rest === undefined || subjects.mentions(front).length === 0) return ask;
  if (/^(?:and|or|but|so|if|when|with|for|in|on|what about|how about)\b/i.test(front)) return ask;
  if (FRONT_PRONOUN.test(rest))
    return rest.replace(FRONT_PRONOUN, (pronoun) =>
      pronoun === "it" && isCommon(front, subjects) ? `a ${front}` : front,
    );
  const isAnnounced = /^(?:about|re\b|regarding|(?:a )?question)/i.test(ask);
  return isAnnounced && subjects.mentions(rest).length > 0 ? rest : ask;
}

/** "container" and "VM" are common nouns and stand in a sentence with an article, "Docker" is a name. */
const isCommon = (front: string, subjects: SubjectFinder): boolean =>
  !ARTICLE_OR_NAME.test(front) && subjects.mentions(front).every(({ isKind }) => !isKind);

const ARTICLE_OR_NAME = new RegExp(String.raw`^${oneOf(ARTICLES)}\b|^\p{Lu}\p{Ll}`, "u");

const SIDES = [
  /\bbetween\s+(?<one>.+?)\s+and\s+(?<other>.+?)\s*(?:[?.,;:!]|$)/i,
  /(?:^|[,:;]\s*)(?<one>[^,:;]+?)\s+(?:vs\.?|versus|compared (?:to|with))\s+(?<other>[^,:;?]+)/i,
];

/** Of two things that a question sets against each other, the one that neither is a subject nor holds a known word. */
export function strangeSide(
  ask: string,
  { lexicon, subjects, vocabulary }: { lexicon: Lexicon; subjects: SubjectFinder; vocabulary: Vocabulary },
): string | null {
  if (questionTypeOf(ask) !== "compare") return null;
  for (const pattern of SIDES) {
    const { one, other } = pattern.exec(ask)?.groups ?? {};
    for (const side of [one, other]) {
      if (side === undefined || subjects.mentions(side).length > 0) continue;
      const told = contentWords(side, lexicon);
      if (!told.some(({ surface }) => surface.split(" ").every(vocabulary.has))) return side;
    }
  }
  return null;
}
