// A question of a quiz to how it would be typed in a chat: in lower case, as key words, or with talk around it.

import { EMPTY_FAQ } from "../../../src/ingest/faq.ts";
import { countVocabulary, createVocabulary } from "../../../src/ingest/vocabulary.ts";
import { EMPTY_LEXICON, isStopWord, tokenize } from "../../../src/text/analyzer.ts";

export type Wording = (question: string) => string;

/** Terse questions have so many words. */
const TERSE_WORDS = [3, 2] as const;

const TALK: readonly Wording[] = [
  (question) => `so I just started here and couldn't find it anywhere, ${question}`,
  (question) => `our customer keeps asking ${question}`,
  (question) => `my boss wants to hear by tomorrow ${question}`,
  (question) => `does someone have a link for this, ${question}`,
];

/** Each question gets one of them, by its place. */
export async function createWordings(): Promise<(question: string, place: number) => string> {
  const general = createVocabulary(await countVocabulary([], EMPTY_FAQ, EMPTY_LEXICON));
  const typed: Wording = (question) => question.toLowerCase().replace(/\?$/, "");
  const keyWords = (question: string): string[] => tokenize(question).filter((word) => !isStopWord(word));
  const terse = TERSE_WORDS.map((count): Wording => {
    return (question) => {
      const all = keyWords(question);
      const rarest = [...all].sort((a, b) => general.weight(b) - general.weight(a)).slice(0, count);
      return all.filter((word) => rarest.includes(word)).join(" ");
    };
  });
  const around = TALK.map(
    (talk): Wording =>
      (question) =>
        talk(typed(question)),
  );
  const wordings = [typed, (question: string): string => keyWords(question).join(" "), ...terse];
  return (question, place) => {
    const round = Math.floor(place / (wordings.length + 1));
    const wording = wordings[place % (wordings.length + 1)] ?? around[round % around.length] ?? typed;
    return wording(question);
  };
}
